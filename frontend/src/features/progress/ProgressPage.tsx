import { keepPreviousData, useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { domainsQuery, performanceQuery, PERIODS, readinessQuery, timeUseQuery, weakAreasQuery, type Period } from "../../api/insights";
import { useAcademy } from "../../app/academy";
import { PageTitle } from "../../components/PageTitle";
import { DomainTable } from "./DomainTable";
import { ExportPanel } from "./ExportPanel";
import { NextSteps } from "./NextSteps";
import { PerformancePanel } from "./PerformancePanel";
import classes from "./Progress.module.css";
import { ReadinessList } from "./ReadinessList";
import { Section } from "./Section";
import { TimeUsePanel } from "./TimeUsePanel";
import { WeakAreas } from "./WeakAreas";

await i18next.loadNamespaces("progress");

const USUAL: Period = "30";

export function ProgressPage() {
  const { t } = useTranslation("progress");
  const { slug, name } = useAcademy();
  const [params, setParams] = useSearchParams();
  const period = PERIODS.find((each) => each === params.get("period")) ?? USUAL;
  const performance = useQuery({ ...performanceQuery(slug, period), placeholderData: keepPreviousData });
  const domains = useQuery({ ...domainsQuery(slug, period), placeholderData: keepPreviousData });
  const time = useQuery({ ...timeUseQuery(slug, period), placeholderData: keepPreviousData });
  const weak = useQuery(weakAreasQuery(slug));
  const readiness = useQuery(readinessQuery(slug));
  return (
    <>
      <PageTitle title={t("title")} place={name} lead={t("lead")} />
      <div className={classes.parts}>
        <PeriodSwitch
          period={period}
          onChange={(chosen) => setParams(chosen === USUAL ? {} : { period: chosen }, { replace: true, preventScrollReset: true })}
        />
        <Section query={performance} height={360}>
          {(data) => <PerformancePanel performance={data} />}
        </Section>
        <NextSteps />
        <div className={classes.columns}>
          <Section title={t("weak.title")} query={weak}>
            {(areas) => <WeakAreas areas={areas} />}
          </Section>
          <Section title={t("readiness.title")} query={readiness}>
            {(exams) => <ReadinessList exams={exams} />}
          </Section>
        </div>
        <div className={classes.columns}>
          <Section title={t("domains.title")} query={domains}>
            {(rows) => <DomainTable domains={rows} />}
          </Section>
          <Section title={t("time.title")} query={time}>
            {(data) => <TimeUsePanel time={data} />}
          </Section>
        </div>
        <ExportPanel period={period} />
      </div>
    </>
  );
}

function PeriodSwitch({ period, onChange }: { period: Period; onChange: (period: Period) => void }) {
  const { t } = useTranslation("progress");
  return (
    <fieldset className={classes.periods}>
      <legend className="visually-hidden">{t("period.label")}</legend>
      {PERIODS.map((each) => (
        <label key={each}>
          <input type="radio" name="period" value={each} checked={period === each} onChange={() => onChange(each)} />
          <span>{t(`period.${each}`)}</span>
        </label>
      ))}
    </fieldset>
  );
}
