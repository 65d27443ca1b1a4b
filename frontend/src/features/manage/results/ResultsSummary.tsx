import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { resultsQuery } from "../../../api/manage";
import type { ResultsSummary as Summary } from "../../../api/manageTypes";
import { useAcademy } from "../../../app/academy";
import { useFormats } from "../../../app/formats";
import { BarChart } from "../../../components/BarChart";
import { SkeletonRows } from "../../../components/DataList";
import { Panel } from "../../../components/Panel";
import { Problem } from "../../../components/Problem";
import { useDelivery } from "../delivery/useDelivery";
import { highestBy, lowestBy, withoutEmptyEnds } from "./findings";
import classes from "./results.module.css";

export function ResultsSummary() {
  const { t } = useTranslation("manage");
  const { slug } = useAcademy();
  const delivery = useDelivery();
  const { number, percent } = useFormats();
  const results = useQuery(resultsQuery(slug, delivery.id));
  if (!results.data) {
    return results.error ? (
      <Problem error={results.error} onRetry={() => void results.refetch()} />
    ) : (
      <SkeletonRows rows={2} height={120} />
    );
  }
  const { summary } = results.data;
  return (
    <>
      {results.error ? <Problem error={results.error} onRetry={() => void results.refetch()} /> : null}
      <dl className={classes.figures}>
        <div>
          <dt>{t("results.marked")}</dt>
          <dd>{number(summary.marked)}</dd>
        </div>
        <div>
          <dt>{t("results.mean")}</dt>
          <dd>{summary.mean_scaled === null ? t("results.no_score") : number(summary.mean_scaled)}</dd>
        </div>
        <div>
          <dt>{t("results.pass_rate")}</dt>
          <dd>{summary.pass_rate === null ? t("results.no_pass_mark") : percent(summary.pass_rate)}</dd>
        </div>
      </dl>
      {summary.marked > 0 ? (
        <div className={classes.charts}>
          <Distribution summary={summary} />
          <Domains summary={summary} />
        </div>
      ) : null}
    </>
  );
}

function Distribution({ summary }: { summary: Summary }) {
  const { t } = useTranslation("manage");
  const { number } = useFormats();
  const buckets = withoutEmptyEnds(summary.distribution);
  const fullest = highestBy(buckets, (bucket) => bucket.count);
  if (!fullest) return null;
  const range = (bucket: { from: number; to: number }) =>
    t("results.range", { from: number(bucket.from), to: number(bucket.to) });
  return (
    <Panel>
      <BarChart
        title={t("results.distribution", { range: range(fullest), count: fullest.count, total: number(summary.marked) })}
        category={t("results.column.score")}
        axis={t("results.attempts_axis")}
        max={fullest.count}
        bars={buckets.map((bucket) => ({
          key: String(bucket.from),
          label: range(bucket),
          value: bucket.count,
          text: number(bucket.count),
        }))}
      />
    </Panel>
  );
}

function Domains({ summary }: { summary: Summary }) {
  const { t } = useTranslation("manage");
  const { percent } = useFormats();
  const weakest = lowestBy(summary.domains, (domain) => domain.percent);
  if (!weakest) return null;
  return (
    <Panel>
      <BarChart
        title={t("results.weakest", { domain: weakest.title, percent: percent(weakest.percent) })}
        category={t("exam.domain")}
        axis={t("results.percent_axis")}
        max={100}
        bars={summary.domains.map((domain) => ({
          key: domain.code,
          label: domain.title,
          value: domain.percent,
          text: percent(domain.percent),
        }))}
      />
    </Panel>
  );
}
