import { useTranslation } from "react-i18next";
import type { PerformanceDay } from "../../api/types";
import { useFormats } from "../../app/formats";
import { ChartFigure } from "../../components/ChartFigure";
import { dayNumber } from "./findings";
import classes from "./Progress.module.css";
import { useDays } from "./useDays";

const WIDTH = 720;
const HEIGHT = 180;

interface DailyChartProps {
  title: string;
  days: PerformanceDay[];
  from: string | null;
  to: string;
}

/** Answers as bars, per cent right as a line. */
export function DailyChart({ title, days, from, to }: DailyChartProps) {
  const { t } = useTranslation("progress");
  const { number, percent, duration } = useFormats();
  const { day } = useDays();
  const practised = days.filter((each) => each.answers > 0);
  const first = from ?? practised[0]?.date ?? to;
  const span = Math.max(1, dayNumber(to) - dayNumber(first) + 1);
  const most = Math.max(1, ...practised.map((each) => each.answers));
  const step = WIDTH / span;
  const x = (date: string) => (dayNumber(date) - dayNumber(first) + 0.5) * step;
  const y = (share: number) => HEIGHT - (share / 100) * HEIGHT;
  const points = practised.flatMap((each) => (each.percent === null ? [] : [{ x: x(each.date), y: y(each.percent) }]));
  return (
    <ChartFigure
      title={title}
      table={{
        heads: [t("daily.day"), t("daily.answers"), t("daily.percent"), t("daily.time")],
        rows: practised.map((each) => ({
          key: each.date,
          cells: [
            day(each.date),
            number(each.answers),
            each.percent === null ? "–" : percent(each.percent),
            duration(each.seconds),
          ],
        })),
        boxLabel: t("daily.table"),
      }}
    >
      <div className={classes.legend} aria-hidden="true">
        <span className={classes.barKey}>{t("daily.answers_axis", { count: most, most: number(most) })}</span>
        <span className={classes.lineKey}>{t("daily.percent_axis")}</span>
      </div>
      <svg className={classes.chart} viewBox={`-2 -6 ${WIDTH + 4} ${HEIGHT + 12}`} preserveAspectRatio="none" aria-hidden="true">
        {[0, 50, 100].map((share) => (
          <line key={share} className={classes.gridline} x1={0} x2={WIDTH} y1={y(share)} y2={y(share)} />
        ))}
        {practised.map((each) => {
          const height = (each.answers / most) * HEIGHT;
          const width = Math.max(2, Math.min(28, step * 0.7));
          return (
            <rect key={each.date} className={classes.bar} x={x(each.date) - width / 2} y={HEIGHT - height} width={width} height={height} />
          );
        })}
        <polyline className={classes.trendline} points={points.map((each) => `${each.x},${each.y}`).join(" ")} />
        {points.map((each) => (
          <line key={each.x} className={classes.dot} x1={each.x} x2={each.x} y1={each.y} y2={each.y} />
        ))}
      </svg>
      <div className={classes.ends} aria-hidden="true">
        <span>{day(first)}</span>
        <span>{day(to)}</span>
      </div>
    </ChartFigure>
  );
}
