import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";
import { reviewQuery } from "../../api/learner";
import { isProblem } from "../../api/problem";
import type { Review } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Icon } from "../../components/Icon";
import { PageTitle } from "../../components/PageTitle";
import { Problem } from "../../components/Problem";
import { FILTERS, filtered, isReviewFilter, verdictOf, type ReviewFilter } from "./filters";
import { ReviewedItem } from "./ReviewedItem";
import { VerdictIcon } from "./Verdict";
import classes from "./ReviewPage.module.css";

export function ReviewPage() {
  const { t } = useTranslation();
  const { slug, name } = useAcademy();
  const { attempt = "" } = useParams();
  const { data: review, error, refetch } = useQuery(reviewQuery(slug, attempt));
  return (
    <>
      <PageTitle
        title={t("review.title")}
        place={name}
        lead={review?.attempt.delivery.title}
        actions={
          review?.attempt.result.available ? (
            <ButtonLink to={`/a/${slug}/attempts/${attempt}/result`} variant="default">
              {t("review.to_result")}
            </ButtonLink>
          ) : null
        }
      />
      {review ? (
        <Browser review={review} />
      ) : isProblem(error, "review_not_available") ? (
        <EmptyState title={t("review.not_yet")} action={<ButtonLink to={`/a/${slug}`}>{t("action.go_home")}</ButtonLink>}>
          {error.message}
        </EmptyState>
      ) : error ? (
        <Problem error={error} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={3} height={140} />
      )}
    </>
  );
}

/** One question at a time; the filter and the question stand in the address, so that both can be shared and come back to. */
function Browser({ review }: { review: Review }) {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const counts = Object.fromEntries(FILTERS.map((each) => [each, filtered(review.items, each).length])) as Record<ReviewFilter, number>;
  const wanted = params.get("show");
  const filter: ReviewFilter = isReviewFilter(wanted) ? wanted : counts.wrong > 0 ? "wrong" : "all";
  const items = filtered(review.items, filter);
  const position = Number(params.get("question"));
  const at = Math.max(0, items.findIndex((item) => item.position === position));
  const item = items[at];
  const shown = useRef<HTMLDivElement>(null);
  const hasMoved = useRef(false);

  const show = (change: { filter?: ReviewFilter; position?: number }) => {
    hasMoved.current = change.position !== undefined;
    setParams(
      { show: change.filter ?? filter, ...(change.position === undefined ? {} : { question: String(change.position) }) },
      { replace: true, preventScrollReset: true },
    );
  };
  const goTo = (index: number) => {
    const target = items[index];
    if (target) show({ position: target.position });
  };

  useEffect(() => {
    if (hasMoved.current) shown.current?.querySelector<HTMLElement>("h2")?.focus();
  }, [item?.position]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey) return;
      const by = { KeyN: 1, KeyP: -1 }[event.code];
      if (by === undefined) return;
      event.preventDefault();
      goTo(at + by);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  });

  return (
    <>
      <fieldset className={classes.filter}>
        <legend className="visually-hidden">{t("review.show")}</legend>
        {FILTERS.map((each) => (
          <label key={each}>
            <input type="radio" name="filter" checked={filter === each} onChange={() => show({ filter: each })} />
            {t(`review.filter.${each}`)} ({counts[each]})
          </label>
        ))}
      </fieldset>
      {item ? (
        <div className={classes.columns}>
          <nav aria-label={t("review.questions")} className={classes.list}>
            <ol>
              {items.map((each, index) => (
                <li key={each.position}>
                  <button
                    type="button"
                    aria-current={each === item ? "true" : undefined}
                    aria-label={`${t("sitting.question", { number: each.position })}, ${t(`review.verdict.${verdictOf(each)}`)}`}
                    onClick={() => goTo(index)}
                  >
                    <VerdictIcon verdict={verdictOf(each)} />
                    {each.position}
                    {each.flagged ? <Icon name="flag" size={13} /> : null}
                  </button>
                </li>
              ))}
            </ol>
          </nav>
          <div ref={shown} className={classes.item}>
            <ReviewedItem key={item.position} item={item} stimulus={item.stimulus ? review.stimuli[item.stimulus] : undefined} />
            <div className={classes.moves}>
              <Button variant="default" disabled={at === 0} onClick={() => goTo(at - 1)}>
                {t("sitting.previous")}
              </Button>
              <span>{t("review.position", { number: at + 1, count: items.length })}</span>
              <Button variant="default" disabled={at === items.length - 1} onClick={() => goTo(at + 1)}>
                {t("sitting.next")}
              </Button>
            </div>
            <p className={classes.keys}>{t("review.keys")}</p>
          </div>
        </div>
      ) : (
        <EmptyState title={filter === "wrong" ? t("review.none_wrong") : t("review.none_flagged")} />
      )}
    </>
  );
}
