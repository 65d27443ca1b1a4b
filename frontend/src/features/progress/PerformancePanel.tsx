import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Performance } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { EmptyState } from "../../components/EmptyState";
import { DailyChart } from "./DailyChart";
import { movementOf } from "./findings";
import classes from "./Progress.module.css";
import { useDays } from "./useDays";

/** The finding in words, then what it rests on. */
export function PerformancePanel({ performance }: { performance: Performance }) {
  const { t } = useTranslation("progress");
  const { slug } = useAcademy();
  const { number, percent, duration } = useFormats();
  const { day } = useDays();
  const { totals, best_day: bestDay, best_score: bestScore, change_points: change } = performance;
  if (totals.answers === 0 || totals.percent === null) {
    return (
      <EmptyState title={t("empty.title")} action={<ButtonLink to={`/a/${slug}/practice`}>{t("empty.action")}</ButtonLink>}>
        {t("empty.words")}
      </EmptyState>
    );
  }
  const movement = movementOf(performance);
  const points = number(Math.abs(change ?? 0));
  return (
    <div className={classes.parts}>
      <p className={classes.finding}>
        <strong>{t("finding.percent", { percent: percent(totals.percent) })}</strong> {t(`finding.${movement}`, { points })}
      </p>
      <dl className={classes.facts}>
        <div>
          <dt>{t("facts.answers")}</dt>
          <dd>{number(totals.answers)}</dd>
        </div>
        <div>
          <dt>{t("facts.time")}</dt>
          <dd>{duration(totals.seconds)}</dd>
        </div>
        {bestDay ? (
          <div>
            <dt>{t("facts.best_day")}</dt>
            <dd>{t("facts.best_day_words", { percent: percent(bestDay.percent), count: bestDay.answers, day: day(bestDay.date) })}</dd>
          </div>
        ) : null}
        {bestScore ? (
          <div>
            <dt>{t("facts.best_score")}</dt>
            <dd>
              <Link to={`/a/${slug}/attempts/${bestScore.attempt}/result`}>
                {t("facts.best_score_words", { score: number(bestScore.scaled), title: bestScore.title })}
              </Link>
            </dd>
          </div>
        ) : null}
      </dl>
      <DailyChart
        title={t("daily.finding", {
          count: performance.days.filter((each) => each.answers > 0).length,
        })}
        days={performance.days}
        from={performance.from}
        to={performance.to}
      />
    </div>
  );
}
