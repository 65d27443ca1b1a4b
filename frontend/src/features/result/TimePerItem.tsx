import { useTranslation } from "react-i18next";
import type { Result } from "../../api/types";
import { useFormats } from "../../app/formats";
import { Icon } from "../../components/Icon";
import classes from "./ResultPage.module.css";

/** One thin column per question; the table behind it has the same numbers for everybody. */
export function TimePerItem({ items, total }: { items: Result["items"]; total: number }) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const longest = items.reduce((most, each) => (each.seconds > most.seconds ? each : most));
  const mean = total / items.length;
  const hasMarks = items.some((each) => each.fraction !== null);
  return (
    <figure className={classes.times}>
      <figcaption>
        {t("result.times_finding", { position: longest.position, longest: duration(longest.seconds), mean: duration(mean) })}
      </figcaption>
      <div className={classes.columns} aria-hidden="true">
        {items.map((item) => (
          <span
            key={item.position}
            className={classes.column}
            data-wrong={(item.fraction !== null && item.fraction < 1) || undefined}
            style={{ blockSize: `${longest.seconds > 0 ? Math.max(2, (item.seconds / longest.seconds) * 100) : 2}%` }}
          />
        ))}
      </div>
      <div className={classes.columnsAxis} aria-hidden="true">
        <span>1</span>
        <span>{hasMarks ? t("result.times_axis_marks") : t("result.times_axis")}</span>
        <span>{items.length}</span>
      </div>
      <details>
        <summary>{t("chart.as_table")}</summary>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard */}
        <div className={classes.tableBox} tabIndex={0} role="region" aria-label={t("result.times_table")}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t("result.question")}</th>
                <th scope="col">{t("result.time")}</th>
                {hasMarks ? <th scope="col">{t("result.mark")}</th> : null}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.position}>
                  <th scope="row">{item.position}</th>
                  <td>{duration(item.seconds)}</td>
                  {hasMarks ? <td>{item.fraction === null ? "" : <Mark fraction={item.fraction} />}</td> : null}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function Mark({ fraction }: { fraction: number }) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  if (fraction >= 1) {
    return (
      <>
        <Icon name="check" size={14} /> {t("result.right")}
      </>
    );
  }
  return (
    <>
      <Icon name="cross" size={14} /> {fraction > 0 ? t("result.partly", { percent: percent(fraction * 100) }) : t("result.wrong")}
    </>
  );
}
