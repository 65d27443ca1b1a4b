import { useTranslation } from "react-i18next";
import type { LiveRow } from "../../../api/manageTypes";
import { useFormats } from "../../../app/formats";
import { clockFace, inWords, timeLeft } from "./timeLeft";
import { useSecond } from "./useSecond";
import classes from "./live.module.css";

const OPEN = new Set<LiveRow["state"]>(["created", "in_progress", "paused"]);

/** A clock for the eyes; in words, to the minute, for screen readers. */
export function TimeLeft({ row, receivedAt }: { row: LiveRow; receivedAt: number }) {
  const { t } = useTranslation("manage");
  const { duration, time } = useFormats();
  const now = useSecond();
  if (!OPEN.has(row.state)) {
    return row.submitted_at ? <span>{t("live.ended", { time: time(row.submitted_at) })}</span> : <span>{t("live.over")}</span>;
  }
  const seconds = timeLeft(row, receivedAt, now);
  if (seconds === null) return <span>{t("live.no_limit")}</span>;
  if (seconds === 0) return <span>{t("live.time_up")}</span>;
  return (
    <>
      <span className={classes.clock} aria-hidden="true">
        {clockFace(seconds)}
      </span>
      <span className="visually-hidden">{duration(inWords(seconds))}</span>
      {row.state === "paused" ? <div className={classes.detail}>{t("live.stands")}</div> : null}
    </>
  );
}
