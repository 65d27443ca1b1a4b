import { useFormats } from "../app/formats";
import classes from "./BarChart.module.css";
import { ChartFigure } from "./ChartFigure";

export interface Bar {
  key: string;
  label: string;
  value: number;
  /** Shown at the end of the bar and in the table, e.g. "12 of 20". */
  text: string;
}

interface BarChartProps {
  /** Says the finding, not the subject: "Weakest: Networking, 41%". */
  title: string;
  bars: Bar[];
  /** The value of a full bar. */
  max: number;
  /** Name of the value axis, e.g. "Per cent right"; also heads the table's second column. */
  axis: string;
  /** Heads the table's first column. */
  category: string;
  /** A line across the bars, e.g. the pass mark. */
  reference?: { value: number; label: string };
}

/** Horizontal bars in plain markup. */
export function BarChart({ title, bars, max, axis, category, reference }: BarChartProps) {
  const { number } = useFormats();
  const share = (value: number) => `${max > 0 ? Math.max(0, Math.min(100, (value / max) * 100)) : 0}%`;
  return (
    <ChartFigure
      title={title}
      table={{ heads: [category, axis], rows: bars.map((bar) => ({ key: bar.key, cells: [bar.label, bar.text] })) }}
    >
      <div className={classes.plot} aria-hidden="true">
        {bars.map((bar) => (
          <div key={bar.key} className={classes.row}>
            <span className={classes.label}>{bar.label}</span>
            <span className={classes.track}>
              {bar.value > 0 ? <span className={classes.fill} style={{ inlineSize: share(bar.value) }} /> : null}
              {reference ? <span className={classes.line} style={{ insetInlineStart: share(reference.value) }} /> : null}
            </span>
            <span className={classes.value}>{bar.text}</span>
          </div>
        ))}
        <div className={classes.row}>
          <span className={classes.axis}>
            <span>{number(0)}</span>
            <span>{reference?.label ?? axis}</span>
            <span>{number(max)}</span>
          </span>
        </div>
      </div>
    </ChartFigure>
  );
}
