import { useTranslation } from "react-i18next";
import type { Result } from "../../api/types";
import { useFormats } from "../../app/formats";
import { ChartFigure } from "../../components/ChartFigure";
import { Icon } from "../../components/Icon";
import classes from "./ResultPage.module.css";

/** One thin column per question. */
export function TimePerItem({ items, total }: { items: Result["items"]; total: number }) {
  const { t } = useTranslation();
  const { duration } = useFormats();
  const longest = items.reduce((most, each) => (each.seconds > most.seconds ? each : most));
  const mean = total / items.length;
  const hasMarks = items.some((each) => each.fraction !== null);
  return (
    <ChartFigure
      title={t("result.times_finding", { position: longest.position, longest: duration(longest.seconds), mean: duration(mean) })}
      table={{
        heads: [t("result.question"), t("result.time"), ...(hasMarks ? [t("result.mark")] : [])],
        rows: items.map((item) => ({
          key: item.position,
          cells: [item.position, duration(item.seconds), ...(hasMarks ? [<Mark key="mark" fraction={item.fraction} />] : [])],
        })),
        boxLabel: t("result.times_table"),
      }}
    >
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
    </ChartFigure>
  );
}

function Mark({ fraction }: { fraction: number | null }) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  if (fraction === null) return null;
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
