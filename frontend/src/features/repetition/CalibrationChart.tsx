import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Retention } from "../../api/types";
import { useFormats } from "../../app/formats";
import classes from "./Charts.module.css";

const SIZE = 200;

/** What was foreseen against what was recalled: on the line, the forecast is honest. */
export function CalibrationChart({ buckets }: { buckets: Retention["calibration"] }) {
  const { t } = useTranslation("repetition");
  const { t: shared } = useTranslation();
  const { number, percent } = useFormats();
  const titleId = useId();
  const reviews = buckets.reduce((sum, each) => sum + each.reviews, 0);
  const foreseen = buckets.reduce((sum, each) => sum + each.predicted * each.reviews, 0) / reviews;
  const recalled = buckets.reduce((sum, each) => sum + each.recalled, 0) / reviews;
  const most = Math.max(...buckets.map((each) => each.reviews));
  return (
    <figure className={classes.figure} aria-labelledby={titleId}>
      <figcaption id={titleId} className={classes.title}>
        {t("retention.calibration_finding", { foreseen: percent(100 * foreseen), recalled: percent(100 * recalled) })}
      </figcaption>
      <div aria-hidden="true" className={classes.square}>
        <svg viewBox={`-10 -10 ${SIZE + 20} ${SIZE + 20}`}>
          <rect className={classes.frame} width={SIZE} height={SIZE} />
          <line className={classes.reference} x1={0} y1={SIZE} x2={SIZE} y2={0} />
          {buckets.map((each) => (
            <circle
              key={each.from}
              className={classes.dot}
              cx={each.predicted * SIZE}
              cy={SIZE - (each.recalled / each.reviews) * SIZE}
              r={3 + 6 * Math.sqrt(each.reviews / most)}
            />
          ))}
        </svg>
        <p className={classes.ends}>
          <span>{percent(0)}</span>
          <span>{t("retention.foreseen")}</span>
          <span>{percent(100)}</span>
        </p>
      </div>
      <p className={classes.words}>{t("retention.calibration_words")}</p>
      <details className={classes.details}>
        <summary>{shared("chart.as_table")}</summary>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t("retention.foreseen")}</th>
              <th scope="col">{t("retention.recalled")}</th>
              <th scope="col">{t("retention.reviews")}</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map((each) => (
              <tr key={each.from}>
                <th scope="row">{percent(100 * each.predicted)}</th>
                <td>{percent((100 * each.recalled) / each.reviews)}</td>
                <td>{number(each.reviews)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
