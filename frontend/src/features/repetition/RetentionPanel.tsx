import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { retentionQuery } from "../../api/repetition";
import type { Retention, RetentionPeriod } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { ButtonLink } from "../../components/ButtonLink";
import { Problem } from "../../components/Problem";
import { CalibrationChart } from "./CalibrationChart";
import { ColumnChart } from "./ColumnChart";
import classes from "./Repetition.module.css";

const DAY_MS = 24 * 3600_000;
const PERIODS: RetentionPeriod[] = ["7d", "30d", "90d", "all"];

/** How well the learner remembers, whether that was foreseen, and what comes. */
export function RetentionPanel() {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const [period, setPeriod] = useState<RetentionPeriod>("30d");
  const { data, error, refetch } = useQuery({ ...retentionQuery(slug, period), placeholderData: (before) => before });
  return (
    <Panel title={t("retention.title")}>
      <fieldset className={classes.periods}>
        <legend className="visually-hidden">{t("retention.period")}</legend>
        {PERIODS.map((each) => (
          <label key={each}>
            <input type="radio" name="period" checked={period === each} onChange={() => setPeriod(each)} />
            {t(`period.${each}`)}
          </label>
        ))}
      </fieldset>
      {data ? <Charts retention={data} /> : error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={2} height={160} />}
    </Panel>
  );
}

function Charts({ retention }: { retention: Retention }) {
  const { t } = useTranslation("repetition");
  const { slug } = useAcademy();
  const { percent, number } = useFormats();
  const day = useDay();
  const { points, reviews, recalled, forecast } = retention;
  const share = (of: { reviews: number; recalled: number }) => (100 * of.recalled) / of.reviews;
  const busiest = forecast.reduce((most, each) => (each.cards > most.cards ? each : most), forecast[0] ?? { date: "", cards: 0 });
  return (
    <div className={classes.charts}>
      {reviews === 0 ? (
        <EmptyState title={t("retention.nothing")} action={<ButtonLink to={`/a/${slug}/review`}>{t("due.start")}</ButtonLink>}>
          {t("retention.nothing_words")}
        </EmptyState>
      ) : (
        <>
          <ColumnChart
            title={t("retention.finding", { share: percent((100 * recalled) / reviews), count: reviews })}
            columns={withoutGaps(points, retention.by).map(({ date, point }) => ({
              key: date,
              label: retention.by === "week" ? t("retention.week_of", { date: day(date) }) : day(date),
              value: point ? share(point) : null,
              text: point
                ? t("retention.of", { share: percent(share(point)), recalled: number(point.recalled), reviews: number(point.reviews) })
                : t("retention.none"),
            }))}
            max={100}
            axis={t("retention.recalled")}
            category={t(`retention.by.${retention.by}`)}
            reference={{
              value: 100 * retention.desired_retention,
              label: t("retention.aim", { share: percent(100 * retention.desired_retention) }),
            }}
          />
          {retention.calibration.length > 0 ? <CalibrationChart buckets={retention.calibration} /> : null}
        </>
      )}
      {busiest.cards > 0 ? (
        <ColumnChart
          title={t("forecast.finding", { count: busiest.cards, date: day(busiest.date) })}
          columns={forecast.map((each) => ({ key: each.date, label: day(each.date), value: each.cards, text: number(each.cards) }))}
          max={busiest.cards}
          axis={t("forecast.cards")}
          category={t("retention.by.day")}
        />
      ) : null}
    </div>
  );
}

/** Every day or week from the first to the last, also those without a review: time goes on evenly. */
function withoutGaps(points: Retention["points"], by: Retention["by"]) {
  const known = new Map(points.map((point) => [point.date, point]));
  const last = Date.parse(points.at(-1)?.date ?? "");
  const step = (by === "week" ? 7 : 1) * DAY_MS;
  const all: { date: string; point: Retention["points"][number] | undefined }[] = [];
  for (let at = Date.parse(points[0]?.date ?? ""); at <= last; at += step) {
    const date = new Date(at).toISOString().slice(0, 10);
    all.push({ date, point: known.get(date) });
  }
  return all;
}

/** "21 Nov": a date without a time belongs to no zone. */
function useDay(): (date: string) => string {
  const { i18n } = useTranslation();
  const format = new Intl.DateTimeFormat(i18n.language, { day: "numeric", month: "short", timeZone: "UTC" });
  return (date) => (date ? format.format(new Date(`${date}T00:00:00Z`)) : "");
}
