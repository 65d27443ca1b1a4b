import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { isProblem } from "../../api/problem";
import { checkReview, gradeReview, reviewQueueQuery, reviewTodayQuery, suspendCard, undoGrade } from "../../api/repetition";
import type { Answer, ReviewCard, ReviewQueue, ReviewRating, Uuid } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { useAnnounce } from "../../components/Announcer";
import { Problem } from "../../components/Problem";
import { ReviewedItem } from "../review/ReviewedItem";
import { CardQuestion } from "./CardQuestion";
import { DoneScreen } from "./DoneScreen";
import { Grades } from "./Grades";
import classes from "./Repetition.module.css";

/** What a card refuses when it has moved on elsewhere: the queue is asked for anew. */
const MOVED_ON = ["card_not_due", "stale_review", "review_not_answered"];

/** One card after the other: answer, see the truth, say how well it was known. */
export function ReviewPlayer({ queue }: { queue: ReviewQueue }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const announce = useAnnounce();
  const client = useQueryClient();
  const { queryKey } = reviewQueueQuery(slug);
  const [lastGrade, setLastGrade] = useState<Uuid | null>(null);
  const player = useRef<HTMLDivElement>(null);
  const hasActed = useRef(false);
  const { today, cards } = queue;
  const card = cards[0];

  const put = ({ today: day, cards: next }: ReviewQueue) => {
    client.setQueryData(queryKey, { today: day, cards: next });
    client.setQueryData(reviewTodayQuery(slug).queryKey, day);
  };
  const onError = (error: unknown) => {
    if (!MOVED_ON.some((code) => isProblem(error, code))) return;
    announce(t("player.moved_on"));
    void client.invalidateQueries({ queryKey });
  };
  const check = useMutation({
    mutationFn: ({ of, answer, seconds }: { of: ReviewCard; answer: Answer | null; seconds: number }) =>
      checkReview(slug, of.id, answer, seconds),
    onSuccess: (checked) => put({ today, cards: [checked, ...cards.slice(1)] }),
    onError,
  });
  const grade = useMutation({
    mutationFn: ({ of, rating }: { of: ReviewCard; rating: ReviewRating }) => gradeReview(slug, of.id, of.sequence, rating),
    onSuccess: (graded) => {
      setLastGrade(graded.grade.id);
      put(graded);
      announce(t("player.left", { count: graded.today.left }));
    },
    onError,
  });
  const undo = useMutation({
    mutationFn: (wanted: Uuid) => undoGrade(slug, wanted),
    onSuccess: (before) => {
      setLastGrade(null);
      put(before);
      announce(t("player.undone"));
    },
    onError,
  });
  const suspend = useMutation({
    mutationFn: (of: ReviewCard) => suspendCard(slug, of.id),
    onSuccess: () => {
      announce(t("player.suspended"));
      return client.invalidateQueries({ queryKey });
    },
  });
  const isBusy = check.isPending || grade.isPending || undo.isPending || suspend.isPending;
  const failed = [check, grade, undo, suspend].find((each) => each.error && !MOVED_ON.some((code) => isProblem(each.error, code)));

  const act = (run: () => void) => {
    hasActed.current = true;
    for (const each of [check, grade, undo, suspend]) each.reset();
    run();
  };
  const give = (rating: ReviewRating) => {
    if (card?.check && !isBusy) act(() => grade.mutate({ of: card, rating }));
  };

  // The heading of what has just appeared; not when the page is opened.
  const shown = `${card?.id} ${card?.sequence} ${card?.check ? "truth" : "question"}`;
  useEffect(() => {
    if (hasActed.current) player.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [shown]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if ((event.target as HTMLElement).closest("input, textarea, select, dialog, [role='dialog']")) return;
    const wanted = card?.check?.grades[Number(event.key) - 1];
    if (!wanted) return;
    event.preventDefault();
    give(wanted.rating);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys that only work where the focus is inside
    <div ref={player} className={classes.player} onKeyDown={onKeyDown}>
      <div className={classes.bar}>
        <p className={classes.left}>
          {today.left > 0 ? <strong>{t("player.left", { count: today.left })}</strong> : null}
          {today.done > 0 ? <span>{t("player.done", { count: today.done })}</span> : null}
        </p>
        {lastGrade ? (
          <Button variant="default" size="xs" disabled={isBusy} onClick={() => act(() => undo.mutate(lastGrade))}>
            {t("player.undo")}
          </Button>
        ) : null}
      </div>
      {today.left > 0 ? (
        <progress className={classes.progress} max={today.done + today.left} value={today.done} aria-label={t("player.progress")} />
      ) : null}
      <PlanNotice queue={queue} />
      {failed ? <Problem error={failed.error} heading={t("player.failed")} /> : null}
      {card === undefined ? (
        <DoneScreen today={today} />
      ) : card.check ? (
        <>
          <ReviewedItem
            key={shown}
            item={{ ...card.check.item, position: today.done + 1 }}
            stimulus={card.stimulus ?? undefined}
          />
          <section className={classes.verdict} aria-labelledby="how-well">
            <h3 id="how-well">{t("player.how_well")}</h3>
            <Grades check={card.check} isBusy={isBusy} onGrade={give} />
            <p className={classes.keys}>{t("player.keys")}</p>
          </section>
          <div className={classes.tools}>
            <Button variant="subtle" size="compact-sm" disabled={isBusy} onClick={() => act(() => suspend.mutate(card))}>
              {t("player.suspend")}
            </Button>
          </div>
        </>
      ) : (
        <CardQuestion
          key={shown}
          card={{ ...card, item: { ...card.item, position: today.done + 1 } }}
          isBusy={isBusy}
          onCheck={(answer, seconds) => act(() => check.mutate({ of: card, answer, seconds }))}
        />
      )}
    </div>
  );
}

/** With an exam ahead: whether the day's limit is enough to see every card before it. */
function PlanNotice({ queue: { today } }: { queue: ReviewQueue }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const { date } = useFormats();
  if (today.target_date === null || today.needed_per_day === null || today.needed_per_day <= today.daily_limit) return null;
  return (
    <p className={classes.notice}>
      {t("plan.not_enough", { limit: today.daily_limit, needed: today.needed_per_day, date: date(`${today.target_date}T12:00:00`) })}{" "}
      <Link to={`/a/${slug}/review/settings`}>{t("plan.change")}</Link>
    </p>
  );
}
