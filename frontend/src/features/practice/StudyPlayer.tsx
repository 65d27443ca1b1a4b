import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { skipQuestion, type PracticeDetail, type PracticeItem, type Told, type Truth } from "../../api/practice";
import { isProblem } from "../../api/problem";
import type { Answer } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useAnnounce } from "../../components/Announcer";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { ReviewedItem } from "../review/ReviewedItem";
import type { Saver } from "../sitting/saver";
import { SaveState } from "../sitting/SaveState";
import { pressOption, useCommands } from "../sitting/useCommands";
import { handIn } from "./answerSaver";
import { PracticeDesk } from "./desk";
import { KeyHelp } from "./KeyHelp";
import { Positions, type PlaceState } from "./Positions";
import { QuestionCard } from "./QuestionCard";
import { reviewItemOf } from "./reviewItem";
import { useStopwatch } from "./stopwatch";
import classes from "./Player.module.css";

interface PlayerProps {
  detail: PracticeDetail;
  saver: Saver;
  /** What was told since the page was opened, by position. */
  told: ReadonlyMap<number, Told>;
  onFinished: (detail: PracticeDetail) => void;
  /** What is on the server is not what this page believes: ask again. */
  onReload: () => void;
}

/** One question after the other, without a clock; each answer is told at once and stands. */
export function StudyPlayer({ detail, saver, told, onFinished, onReload }: PlayerProps) {
  const { t } = useTranslation("practice");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const { session, stimuli } = detail;
  const saved = useSyncExternalStore(saver.subscribe, saver.snapshot);
  const [skipped, setSkipped] = useState<ReadonlySet<number>>(new Set());
  const items = detail.items.map((each) => ({
    ...each,
    is_skipped: each.is_skipped || skipped.has(each.position),
    ...told.get(each.position),
  }));
  const [position, setPosition] = useState(() => firstOpen(items));
  const [isGuess, setIsGuess] = useState(false);
  const [helps, setHelps] = useState(false);
  const desk = useMemo(
    () => new PracticeDesk(detail.items.map((each) => ({ ...each, answer: saver.response(String(each.slot)).answer }))),
    [detail.items, saver],
  );
  const seconds = useStopwatch(position);
  const place = useRef<HTMLDivElement>(null);
  const focusNext = useRef(false);
  const item = items[position - 1];
  const answered = items.filter((each) => each.truth).length;

  /** Given here, and not on the server yet: it stands like one that was checked, because the server may have it. */
  const isKept = ({ slot, truth }: PracticeItem) =>
    !truth && Boolean(saved.responses.get(String(slot))?.answer) && !saved.refused.has(String(slot));
  const goTo = (to: number) => {
    if (to < 1 || to > items.length) return;
    focusNext.current = true;
    setIsGuess(false);
    check.reset();
    setPosition(to);
  };

  const check = useMutation({
    mutationFn: (answer: Answer) => {
      const slot = String(position);
      saver.spend(slot, seconds(position));
      saver.answer(slot, answer, "now", isGuess);
      return saver.drain();
    },
  });
  const skip = useMutation({
    mutationFn: () => skipQuestion(slug, session.id, position, seconds(position)),
    onSuccess: () => {
      setSkipped((before) => new Set(before).add(position));
      goTo(next ?? position);
    },
    onError: (error) => {
      if (isProblem(error, "practice_over")) onReload();
    },
  });
  const finish = useMutation({
    mutationFn: () => handIn(saver, slug, session.id),
    onSuccess: (finished) => {
      if (finished) onFinished(finished);
    },
  });

  // The heading of what is new takes the focus: the next question, or the verdict on this one, which is also said.
  const seen = useRef({ position, truth: item?.truth });
  useEffect(() => {
    const before = seen.current;
    const truth = item?.truth;
    seen.current = { position, truth };
    const isTold = before.position === position && !before.truth && truth;
    if (isTold) announce(t(`told.${verdict(truth)}`));
    if (!isTold && !focusNext.current) return;
    focusNext.current = false;
    place.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [position, item?.truth, announce, t]);

  const next = nextOpen(items.filter((each) => !isKept(each)), position);
  const forward = () => (next === null ? finish.mutate() : goTo(next));
  useCommands((command) => {
    if (command.kind === "next") goTo(position + 1);
    else if (command.kind === "previous") goTo(position - 1);
    else if (command.kind === "help") setHelps(true);
    else if (command.kind === "choose" || command.kind === "strike") pressOption(position, command.kind, command.option);
  }, helps);

  function submit(event: FormEvent) {
    event.preventDefault();
    const { answer } = desk.saver.response(String(position));
    if (answer) check.mutate(answer);
    else announce(t("player.answer_first"));
  }

  if (!item) return null;
  const isWaiting = isKept(item) && !check.isPending;
  return (
    <>
      <PageTitle
        title={session.bank.title}
        lead={t("player.progress", { answered, count: items.length })}
        actions={
          <>
            <Button variant="subtle" onClick={() => setHelps(true)}>
              {t("keys.open")}
            </Button>
            <Button variant="default" loading={finish.isPending} onClick={() => finish.mutate()}>
              {t("player.finish_study")}
            </Button>
          </>
        }
      />
      <progress className={classes.progress} max={items.length} value={answered} aria-label={t("player.progress_label")} />
      <Positions places={items.map((each) => ({ position: each.position, state: isKept(each) ? "answered" : stateOf(each) }))} position={position} onGo={goTo} />
      {saved.pending > 0 && !check.isPending ? (
        <div className={classes.status}>
          <SaveState saved={saved} />
        </div>
      ) : null}
      {finish.data === null && saved.pending > 0 ? (
        <p className={classes.trouble} role="alert">
          {t("player.unsent", { count: saved.pending })}
        </p>
      ) : null}
      {finish.error ? <Problem error={finish.error} onRetry={() => finish.mutate()} /> : null}
      <div ref={place} className={classes.place}>
        {item.truth ? (
          <>
            <ReviewedItem item={reviewItemOf(item, item.truth)} stimulus={item.stimulus ? stimuli[item.stimulus] : undefined} />
            <div className={classes.buttons}>
              <Button loading={finish.isPending} onClick={forward}>
                {next === null ? t("player.finish_study") : t("player.next")}
              </Button>
            </div>
          </>
        ) : (
          <form onSubmit={submit}>
            <QuestionCard
              item={item}
              stimulus={item.stimulus ? stimuli[item.stimulus] : undefined}
              desk={desk}
              isGuess={isGuess || (isWaiting && saver.response(String(position)).flagged)}
              onGuess={setIsGuess}
              refusal={saved.refused.get(String(position))}
              disabled={check.isPending || isWaiting}
            >
              {skip.error ? <Problem error={skip.error} /> : null}
              {isWaiting ? <p role="status">{t("player.kept")}</p> : null}
              <div className={classes.buttons}>
                {isWaiting ? (
                  <Button onClick={forward}>{next === null ? t("player.finish_study") : t("player.next")}</Button>
                ) : (
                  <>
                    <Button type="submit" loading={check.isPending}>
                      {t("player.check")}
                    </Button>
                    <Button variant="default" loading={skip.isPending} onClick={() => skip.mutate()}>
                      {t("player.skip")}
                    </Button>
                  </>
                )}
              </div>
            </QuestionCard>
          </form>
        )}
      </div>
      <KeyHelp isOpen={helps} onClose={() => setHelps(false)} checks />
    </>
  );
}

function verdict(truth: Truth): "right" | "partly" | "wrong" {
  if (truth.fraction === 1) return "right";
  return truth.fraction ? "partly" : "wrong";
}

function stateOf(item: PracticeItem): PlaceState {
  if (item.truth) return verdict(item.truth);
  return item.is_skipped ? "skipped" : "open";
}

/** Where a session goes on: at the first question not dealt with, else at the first that was skipped. */
function firstOpen(items: PracticeItem[]): number {
  const open = items.find((item) => !item.truth && !item.is_skipped) ?? items.find((item) => !item.truth);
  return open?.position ?? 1;
}

/** The next question without an answer, round the end; null when there is none but this one. */
function nextOpen(items: PracticeItem[], position: number): number | null {
  const waiting = items.filter((item) => !item.truth && item.position !== position);
  return (waiting.find((item) => item.position > position) ?? waiting[0])?.position ?? null;
}
