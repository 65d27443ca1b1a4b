import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { resultQuery } from "../../api/learner";
import { isProblem } from "../../api/problem";
import type { Result } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { ButtonLink } from "../../components/ButtonLink";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Icon } from "../../components/Icon";
import { PageTitle } from "../../components/PageTitle";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";
import { DomainBars } from "./DomainBars";
import { TimePerItem } from "./TimePerItem";
import classes from "./ResultPage.module.css";

export function ResultPage() {
  const { t } = useTranslation();
  const { slug, name } = useAcademy();
  const { attempt = "" } = useParams();
  const { data: result, error, refetch } = useQuery(resultQuery(slug, attempt));

  if (!result) {
    return (
      <>
        <PageTitle title={t("result.title")} place={name} />
        {isProblem(error, "result_not_available") ? (
          <EmptyState title={t("result.not_yet")} action={<ButtonLink to={`/a/${slug}`}>{t("action.go_home")}</ButtonLink>}>
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
  return (
    <>
      <PageTitle title={result.attempt.delivery.title} place={name} lead={<Lead result={result} />} />
      <div className={classes.parts}>
        <OneThing result={result} />
        {result.domains.length > 0 ? (
          <Panel>
            <DomainBars domains={result.domains} />
          </Panel>
        ) : null}
        {result.items.length > 0 ? (
          <Panel>
            <TimePerItem items={result.items} total={result.seconds_total} />
          </Panel>
        ) : null}
      </div>
    </>
  );
}

function Lead({ result }: { result: Result }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const { number, submitted_at: submittedAt } = result.attempt;
  return (
    <>
      {submittedAt ? t("result.attempt_on", { number, when: dateTime(submittedAt) }) : t("result.attempt", { number })}
      {result.regraded_at ? ` ${t("result.regraded", { when: dateTime(result.regraded_at) })}` : ""}
    </>
  );
}

/** The one thing a person came for, then what it rests on, then what to do next. */
function OneThing({ result }: { result: Result }) {
  const { t } = useTranslation();
  const { number, percent, duration } = useFormats();
  const { slug } = useAcademy();
  const isBand = result.scale.label === "Band";
  const digits = result.scale.step < 1 ? 1 : 0;
  const next = result.next;
  const to = {
    review: `/a/${slug}/attempts/${next.attempt ?? result.attempt.id}/review`,
    retake: `/a/${slug}/exams/${next.delivery ?? result.attempt.delivery.id}`,
    home: `/a/${slug}`,
  }[next.kind];
  const facts = [
    { name: t("result.raw"), value: t("result.raw_of", { raw: number(result.raw), max: number(result.raw_max), percent: percent(result.percent) }) },
    result.cut === null ? null : { name: t("result.cut"), value: number(result.cut, digits) },
    result.percentile === null
      ? null
      : { name: t("result.percentile"), value: t("result.percentile_words", { share: percent(result.percentile), count: result.peers }) },
    { name: t("result.time"), value: duration(result.seconds_total) },
  ].filter((each) => each !== null);
  return (
    <Panel className={classes.one}>
      <div>
        {result.passed === null ? null : (
          <p className={classes.verdict} data-passed={result.passed}>
            <Icon name={result.passed ? "check" : "cross"} size={22} />
            {result.passed ? t("result.passed") : t("result.not_passed")}
          </p>
        )}
        <p className={classes.score}>
          <span className={classes.scoreName}>{isBand ? t("result.band") : t("result.score")}</span>
          <strong>{number(result.scaled, digits)}</strong>
          <span className={classes.range}>
            {t("result.range", { min: number(result.scale.min, digits), max: number(result.scale.max, digits) })}
          </span>
        </p>
        <ButtonLink to={to} size="md">
          {t(`result.next.${next.kind}`)}
        </ButtonLink>
      </div>
      <dl className={classes.facts}>
        {facts.map((fact) => (
          <div key={fact.name}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
