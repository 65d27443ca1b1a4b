import { useTranslation } from "react-i18next";
import type { TimeUse } from "../../api/types";
import { useFormats } from "../../app/formats";
import { BarChart } from "../../components/BarChart";
import { EmptyState } from "../../components/EmptyState";
import { busiest, weekOf } from "./findings";
import classes from "./Progress.module.css";
import { useDays } from "./useDays";

/** Where the time went: when, on what, and how long right and wrong answers took. */
export function TimeUsePanel({ time }: { time: TimeUse }) {
  const { t } = useTranslation("progress");
  const { duration } = useFormats();
  const { weekday, weekdayShort } = useDays();
  const cells = weekOf(time.week);
  const most = busiest(cells);
  if (!most) return <EmptyState title={t("time.empty")} />;
  const timed = time.pace.filter((each) => each.right.answers + each.wrong.answers > 0);
  return (
    <div className={classes.parts}>
      <p className={classes.caption}>{t("time.finding", { weekday: weekday(most.weekday), part: t(`part.${most.part}`) })}</p>
      <div className={classes.tableBox}>
        <table className={classes.week}>
          <caption className="visually-hidden">{t("time.week")}</caption>
          <thead>
            <tr>
              <th scope="col">
                <span className="visually-hidden">{t("time.part")}</span>
              </th>
              {Array.from({ length: 7 }, (_, at) => (
                <th key={at} scope="col">
                  {weekdayShort(at + 1)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row) => (
              <tr key={row[0]?.part}>
                <th scope="row">{t(`part.${row[0]?.part ?? "night"}`)}</th>
                {row.map((cell) => (
                  <td key={cell.weekday} title={duration(cell.seconds)}>
                    <span className={classes.heat} style={{ opacity: cell.seconds / most.seconds }} aria-hidden="true" />
                    <span className="visually-hidden">{duration(cell.seconds)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <BarChart
        title={t("time.by_source", { time: duration(time.seconds) })}
        category={t("time.source")}
        axis={t("time.minutes")}
        max={Math.max(1, Math.ceil(Math.max(...time.sources.map((each) => each.seconds)) / 60))}
        bars={time.sources.map((each) => ({
          key: each.source,
          label: t(`source.${each.source}`),
          value: each.seconds / 60,
          text: duration(each.seconds),
        }))}
      />
      {timed.length > 0 ? (
        <div className={classes.tableBox}>
          <table>
            <caption className={classes.caption}>{t("time.pace")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("readiness.domain")}</th>
                <th scope="col">{t("time.right")}</th>
                <th scope="col">{t("time.wrong")}</th>
              </tr>
            </thead>
            <tbody>
              {timed.map((each) => (
                <tr key={each.domain.id}>
                  <th scope="row">
                    {each.domain.code} {each.domain.title}
                  </th>
                  <td>{each.right.seconds_mean === null ? "–" : duration(each.right.seconds_mean)}</td>
                  <td>{each.wrong.seconds_mean === null ? "–" : duration(each.wrong.seconds_mean)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </div>
  );
}
