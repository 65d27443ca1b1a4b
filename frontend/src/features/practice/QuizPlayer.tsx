import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import type { PracticeDetail } from "../../api/practice";
import { useAcademy } from "../../app/academy";
import { Dialog } from "../../components/Dialog";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import type { Saver } from "../sitting/saver";
import { SaveState } from "../sitting/SaveState";
import type { Desk } from "../sitting/sittingContext";
import { pressOption, useCommands } from "../sitting/useCommands";
import { handIn } from "./answerSaver";
import { KeyHelp } from "./KeyHelp";
import { Positions } from "./Positions";
import { QuestionCard } from "./QuestionCard";
import { QuizClock } from "./QuizClock";
import { useStopwatch } from "./stopwatch";
import classes from "./Player.module.css";

interface PlayerProps {
  detail: PracticeDetail;
  saver: Saver;
  /** The question that another device has answered anew, if one did. */
  elsewhere: number | null;
  onFinished: (detail: PracticeDetail) => void;
}

/** A quiz against the clock: answers may change until it is handed in, and nothing is told before. */
export function QuizPlayer({ detail, saver, elsewhere, onFinished }: PlayerProps) {
  const { t } = useTranslation("practice");
  const { t: shared } = useTranslation();
  const { slug } = useAcademy();
  const { session, items, stimuli } = detail;
  const saved = useSyncExternalStore(saver.subscribe, saver.snapshot);
  const isAnswered = (at: number) => Boolean(saved.responses.get(String(at))?.answer);
  const unanswered = items.filter((each) => !isAnswered(each.position));
  const [position, setPosition] = useState(unanswered[0]?.position ?? 1);
  const [isTimeUp, setTimeUp] = useState(false);
  const [open, setOpen] = useState<"help" | "submit" | null>(null);
  const seconds = useStopwatch(position);
  const latest = useRef({ position, seconds });
  useLayoutEffect(() => {
    latest.current = { position, seconds };
  });
  const place = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);

  const desk = useMemo<Desk>(() => {
    const before = saver.snapshot().responses;
    return {
      attend: () => undefined,
      spendNow: () => {
        const slot = String(latest.current.position);
        saver.spend(slot, (before.get(slot)?.seconds ?? 0) + latest.current.seconds(latest.current.position));
      },
      saver,
    };
  }, [saver]);

  const finish = useMutation({
    mutationFn: () => handIn(saver, slug, session.id),
    onSuccess: (finished) => {
      if (finished) onFinished(finished);
    },
  });

  const goTo = (to: number) => {
    if (to < 1 || to > items.length) return;
    hasMoved.current = true;
    setOpen(null);
    setPosition(to);
  };
  useEffect(() => {
    if (hasMoved.current) place.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [position]);
  useCommands((command) => {
    if (command.kind === "next") goTo(position + 1);
    else if (command.kind === "previous") goTo(position - 1);
    else if (command.kind === "help") setOpen("help");
    else if (command.kind === "choose" || command.kind === "strike") pressOption(position, command.kind, command.option);
  }, open !== null);

  function guess(isGuess: boolean) {
    desk.spendNow();
    saver.flag(String(position), isGuess);
  }

  function onTimeUp() {
    setTimeUp(true);
    finish.mutate();
  }

  const isUnsent = finish.data === null && saved.pending > 0;
  const unsent = (
    <p className={classes.trouble} role="alert">
      {t("hand_in.unsent", { count: saved.pending })}
    </p>
  );
  const item = items[position - 1];
  if (!item || !session.deadline_at) return null;
  return (
    <>
      <PageTitle
        title={session.bank.title}
        lead={t("player.progress", { answered: items.length - unanswered.length, count: items.length })}
        actions={
          <>
            <Button variant="subtle" onClick={() => setOpen("help")}>
              {t("keys.open")}
            </Button>
            <Button onClick={() => setOpen("submit")}>{t("player.hand_in")}</Button>
          </>
        }
      />
      <div className={classes.status}>
        <QuizClock deadline={session.deadline_at} serverTime={detail.server_time} onEnd={onTimeUp} />
        <SaveState saved={saved} />
      </div>
      <Positions places={items.map((each) => ({ position: each.position, state: isAnswered(each.position) ? "answered" : "open" }))} position={position} onGo={goTo} />
      <div role="status">{elsewhere ? <p className={classes.trouble}>{shared("notice.answered_elsewhere", { number: elsewhere })}</p> : null}</div>
      {isUnsent && open !== "submit" ? unsent : null}
      {finish.error && open !== "submit" ? <Problem error={finish.error} heading={t("player.not_handed_in")} onRetry={() => finish.mutate()} /> : null}
      <div ref={place} className={classes.place}>
        <QuestionCard
          item={item}
          stimulus={item.stimulus ? stimuli[item.stimulus] : undefined}
          desk={desk}
          isGuess={saved.responses.get(String(position))?.flagged ?? false}
          onGuess={guess}
          refusal={saved.refused.get(String(position))}
          disabled={finish.isPending || isTimeUp}
        >
          <div className={classes.buttons}>
            <Button variant="default" disabled={position === 1} onClick={() => goTo(position - 1)}>
              {t("player.previous")}
            </Button>
            {position < items.length ? (
              <Button onClick={() => goTo(position + 1)}>{t("player.next")}</Button>
            ) : (
              <Button onClick={() => setOpen("submit")}>{t("player.hand_in")}</Button>
            )}
          </div>
        </QuestionCard>
      </div>
      <KeyHelp isOpen={open === "help"} onClose={() => setOpen(null)} checks={false} />
      <Dialog
        isOpen={open === "submit"}
        onClose={() => setOpen(null)}
        title={t("hand_in.title")}
        footer={
          <>
            <Button variant="default" disabled={finish.isPending} onClick={() => setOpen(null)}>
              {t("hand_in.back")}
            </Button>
            <Button loading={finish.isPending} onClick={() => finish.mutate()}>
              {t("player.hand_in")}
            </Button>
          </>
        }
      >
        <p>{unanswered.length === 0 ? t("hand_in.all") : t("hand_in.open", { count: unanswered.length })}</p>
        {unanswered.length > 0 ? (
          <div className={classes.links}>
            {unanswered.map((each) => (
              <Button key={each.position} size="xs" variant="default" aria-label={t("hand_in.go_to", { number: each.position })} onClick={() => goTo(each.position)}>
                {each.position}
              </Button>
            ))}
          </div>
        ) : null}
        {isUnsent ? unsent : null}
        {finish.error ? <Problem error={finish.error} heading={t("player.not_handed_in")} /> : null}
      </Dialog>
    </>
  );
}
