import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { reportsQuery } from "../../api/saved";
import type { ReportState } from "../../api/types";
import { useAcademy } from "../../app/academy";
import { useFormats } from "../../app/formats";
import { EmptyState } from "../../components/EmptyState";
import { Tag, type Tone } from "../../components/Tag";
import { KeptList, Question } from "./KeptList";
import classes from "./SavedPage.module.css";

const TONE: Record<ReportState, Tone> = { open: "neutral", triaged: "accent", upheld: "good", dismissed: "neutral" };

export function ReportsTab() {
  const { t } = useTranslation("saved");
  const { slug } = useAcademy();
  const { dateTime } = useFormats();
  const list = useInfiniteQuery(reportsQuery(slug));
  return (
    <KeptList list={list} empty={<EmptyState title={t("no_reports")}>{t("no_reports_words")}</EmptyState>}>
      {(report) => (
        <li key={report.id} className={classes.row}>
          <p className={classes.tags}>
            <Tag tone={TONE[report.state]}>{t(`report_state.${report.state}`)}</Tag>
            <span className={classes.where}>
              {t(`reason.${report.reason}`)} · {dateTime(report.created_at)}
            </span>
          </p>
          <Question question={report.question} />
          {report.comment ? <p className={classes.note}>{report.comment}</p> : null}
          {report.reply ? (
            <p className={classes.reply}>
              <strong>{t("reply")}</strong> {report.reply}
            </p>
          ) : null}
        </li>
      )}
    </KeptList>
  );
}
