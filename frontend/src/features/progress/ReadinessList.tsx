import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { calibrationQuery } from "../../api/insights";
import type { Calibration, Readiness } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { SkeletonRows } from "../../components/DataList";
import { EmptyState } from "../../components/EmptyState";
import { Problem } from "../../components/Problem";
import { Tag } from "../../components/Tag";
import classes from "./Progress.module.css";

export function ReadinessList({ exams }: { exams: Readiness[] }) {
  const { t } = useTranslation("progress");
  if (exams.length === 0) return <EmptyState title={t("readiness.none")}>{t("readiness.none_words")}</EmptyState>;
  return (
    <ul className={classes.rows}>
      {exams.map((each) => (
        <li key={each.exam.id} className={classes.exam}>
          <h3>
            {each.exam.title} {each.is_target ? <Tag tone="accent">{t("readiness.target")}</Tag> : null}
          </h3>
          {each.probability === null || each.low === null || each.high === null ? (
            <p>{t("readiness.not_yet", { count: each.answers_needed })}</p>
          ) : (
            <Estimate probability={each.probability} low={each.low} high={each.high} readiness={each} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Estimate({ probability, low, high, readiness }: { probability: number; low: number; high: number; readiness: Readiness }) {
  const { t } = useTranslation("progress");
  const { number, percent } = useFormats();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <p>
        <strong className={classes.big}>{percent(probability)}</strong>{" "}
        {t("readiness.interval", { low: percent(low), high: percent(high), count: readiness.answers })}
      </p>
      <div className={classes.interval} aria-hidden="true">
        <span className={classes.range} style={{ insetInlineStart: `${low}%`, inlineSize: `${Math.max(0.5, high - low)}%` }} />
        <span className={classes.mark} style={{ insetInlineStart: `${probability}%` }} />
      </div>
      <div className={classes.ends} aria-hidden="true">
        <span>{percent(0)}</span>
        <span>{percent(100)}</span>
      </div>
      <p className={classes.note}>
        {readiness.recalibrated_on === null
          ? t("readiness.not_corrected")
          : t("readiness.corrected", { count: readiness.recalibrated_on, attempts: number(readiness.recalibrated_on) })}
      </p>
      <details className={classes.details} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>{t("readiness.how", { exam: readiness.exam.title })}</summary>
        {isOpen ? <How readiness={readiness} /> : null}
      </details>
    </>
  );
}

/** What the estimate rests on, and how such estimates came true. */
function How({ readiness }: { readiness: Readiness }) {
  const { t } = useTranslation("progress");
  const { slug } = useAcademy();
  const { number, percent } = useFormats();
  const { data, error, refetch } = useQuery(calibrationQuery(slug, readiness.exam.id));
  return (
    <div className={classes.how}>
      <p>
        {t("readiness.method", {
          cut: readiness.cut === null ? "–" : percent(readiness.cut),
          expected: readiness.expected === null ? "–" : percent(readiness.expected),
        })}
      </p>
      <div className={classes.tableBox}>
        <table>
          <caption className="visually-hidden">{t("readiness.by_domain")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("readiness.domain")}</th>
              <th scope="col">{t("readiness.share")}</th>
              <th scope="col">{t("readiness.answers")}</th>
              <th scope="col">{t("readiness.expected")}</th>
            </tr>
          </thead>
          <tbody>
            {readiness.domains.map((each) => (
              <tr key={each.id}>
                <th scope="row">
                  {each.code} {each.title}
                </th>
                <td>{percent(each.share)}</td>
                <td>{number(each.answers)}</td>
                <td>{t("readiness.between", { expected: percent(each.expected), low: percent(each.low), high: percent(each.high) })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {data ? <CameTrue calibration={data} /> : error ? <Problem error={error} onRetry={() => void refetch()} /> : <SkeletonRows rows={1} />}
    </div>
  );
}

function CameTrue({ calibration }: { calibration: Calibration }) {
  const { t } = useTranslation("progress");
  const { number, percent } = useFormats();
  if (calibration.brier === null) {
    return <p>{t("calibration.too_few", { count: calibration.attempts, minimum: calibration.minimum })}</p>;
  }
  return (
    <>
      <p>{t("calibration.brier", { count: calibration.attempts, brier: number(calibration.brier, 3) })}</p>
      <div className={classes.tableBox}>
        <table>
          <caption className="visually-hidden">{t("calibration.table")}</caption>
          <thead>
            <tr>
              <th scope="col">{t("calibration.said")}</th>
              <th scope="col">{t("calibration.attempts")}</th>
              <th scope="col">{t("calibration.passed")}</th>
              <th scope="col">{t("calibration.interval")}</th>
            </tr>
          </thead>
          <tbody>
            {calibration.bins.map((bin) => (
              <tr key={bin.start}>
                <th scope="row">{percent(bin.predicted)}</th>
                <td>{number(bin.count)}</td>
                <td>{percent(bin.observed)}</td>
                <td>
                  {percent(bin.low)}–{percent(bin.high)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
