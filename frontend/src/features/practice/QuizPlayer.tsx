import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { finishPractice, type PracticeDetail } from "../../api/practice";
import { isProblem } from "../../api/problem";
import { useAcademy } from "../../app/academy";
import { Dialog } from "../../components/Dialog";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { pressOption, useCommands } from "../sitting/useCommands";
import { PracticeDesk } from "./desk";
import { KeyHelp } from "./KeyHelp";
import { Positions } from "./Positions";
import { QuestionCard } from "./QuestionCard";
import { QuizClock } from "./QuizClock";
import { QuizSaver, type QuizSaveState } from "./quizSaver";
import { useStopwatch } from "./stopwatch";
import classes from "./Player.module.css";

interface PlayerProps {
  detail: PracticeDetail;
  onFinished: (detail: PracticeDetail) => void;
  onReload: () => void;
}

/** A quiz against the clock: answers may change until it is handed in, and nothing is told before. */
export function QuizPlayer({ detail, onFinished, onReload }: PlayerProps) {
  const { t } = useTranslation("practice");
  const { slug } = useAcademy();
  const { session, items, stimuli } = detail;
  const [position, setPosition] = useState(() => items.find((item) => item.answer === null)?.position ?? 1);
  const [guesses, setGuesses] = useState(() => new Set(items.filter((item) => item.is_guess).map((item) => item.position)));
  const [saveState, setSaveState] = useState<QuizSaveState>("saved");
  const [refusal, setRefusal] = useState<unknown>(null);
  const [open, setOpen] = useState<"help" | "submit" | null>(null);
  const seconds = useStopwatch(position);
  const latest = useRef({ guesses, seconds });
  useLayoutEffect(() => {
    latest.current = { guesses, seconds };
  });
  const place = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);

  const { desk, saver } = useMemo(() => {
    const keeper = new QuizSaver(
      detail,
      (at) => ({
        answer: answers.saver.response(String(at)).answer,
        seconds: latest.current.seconds(at) + (items[at - 1]?.seconds ?? 0),
        is_guess: latest.current.guesses.has(at),
      }),
      setSaveState,
      (error) => {
        if (isProblem(error, "practice_over") || isProblem(error, "token_invalid")) onReload();
        else setRefusal(error);
      },
    );
    const answers: PracticeDesk = new PracticeDesk(items, (slot, pace) => keeper.changed(Number(slot), pace));
    return { desk: answers, saver: keeper };
    // oxlint-disable-next-line react/exhaustive-deps -- one desk for one session
  }, [detail]);
  useEffect(() => {
    const leave = () => saver.leave();
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [saver]);

  const finish = useMutation({
    mutationFn: async () => {
      await saver.flush().catch((error: unknown) => {
        // After the end there is nothing left to save.
        if (!isProblem(error, "practice_over")) throw error;
      });
      return finishPractice(slug, session.id);
    },
    onSuccess: onFinished,
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

  const [responses, setResponses] = useState(desk.saver.snapshot().responses);
  useEffect(() => desk.saver.subscribe(() => setResponses(desk.saver.snapshot().responses)), [desk]);
  const isAnswered = (at: number) => Boolean(responses.get(String(at))?.answer);
  const unanswered = items.filter((each) => !isAnswered(each.position));

  function guess(isGuess: boolean) {
    const after = new Set(guesses);
    if (isGuess) after.add(position);
    else after.delete(position);
    setGuesses(after);
    latest.current = { ...latest.current, guesses: after };
    if (isAnswered(position)) saver.changed(position, "now");
  }

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
        <QuizClock deadline={session.deadline_at} serverTime={detail.server_time} onEnd={() => finish.mutate()} />
        <span role="status" data-state={saveState}>
          {t(`save.${saveState}`)}
        </span>
      </div>
      <Positions places={items.map((each) => ({ position: each.position, state: isAnswered(each.position) ? "answered" : "open" }))} position={position} onGo={goTo} />
      {refusal ? <Problem error={refusal} /> : null}
      {finish.error && open !== "submit" ? <Problem error={finish.error} heading={t("player.not_handed_in")} onRetry={() => finish.mutate()} /> : null}
      <div ref={place} className={classes.place}>
        <QuestionCard
          item={item}
          stimulus={item.stimulus ? stimuli[item.stimulus] : undefined}
          desk={desk}
          isGuess={guesses.has(position)}
          onGuess={guess}
          disabled={finish.isPending}
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
        {finish.error ? <Problem error={finish.error} heading={t("player.not_handed_in")} /> : null}
      </Dialog>
    </>
  );
}
