import { useTranslation } from "react-i18next";
import type { Retention } from "../../api/types";
import { useFormats } from "../../app/formats";
import { ChartFigure } from "../../components/ChartFigure";
import classes from "./Charts.module.css";

const SIZE = 200;

/** What was foreseen against what was recalled: on the line, the forecast is honest. */
export function CalibrationChart({ buckets }: { buckets: Retention["calibration"] }) {
  const { t } = useTranslation("repetition");
  const { number, percent } = useFormats();
  const reviews = buckets.reduce((sum, each) => sum + each.reviews, 0);
  const foreseen = buckets.reduce((sum, each) => sum + each.predicted * each.reviews, 0) / reviews;
  const recalled = buckets.reduce((sum, each) => sum + each.recalled, 0) / reviews;
  const most = Math.max(...buckets.map((each) => each.reviews));
  return (
    <ChartFigure
      title={t("retention.calibration_finding", { foreseen: percent(100 * foreseen), recalled: percent(100 * recalled) })}
      table={{
        heads: [t("retention.foreseen"), t("retention.recalled"), t("retention.reviews")],
        rows: buckets.map((each) => ({
          key: each.from,
          cells: [percent(100 * each.predicted), percent((100 * each.recalled) / each.reviews), number(each.reviews)],
        })),
      }}
    >
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
    </ChartFigure>
  );
}
