import { useFormats } from "../../app/formats";
import { ChartFigure } from "../../components/ChartFigure";
import classes from "./Charts.module.css";

export interface Column {
  key: string;
  label: string;
  /** Null where there is nothing to show, which is not the same as nothing. */
  value: number | null;
  /** In the table. */
  text: string;
}

interface ColumnChartProps {
  /** Says the finding, not the subject. */
  title: string;
  columns: Column[];
  max: number;
  /** What a column's height says; heads the table's second column. */
  axis: string;
  /** Heads the table's first column. */
  category: string;
  /** A line across, e.g. what is aimed at. */
  reference?: { value: number; label: string };
}

const WIDTH = 600;
const HEIGHT = 160;
const GAP = 0.25;

/** Columns over time. */
export function ColumnChart({ title, columns, max, axis, category, reference }: ColumnChartProps) {
  const { number } = useFormats();
  const step = WIDTH / Math.max(1, columns.length);
  const height = (value: number) => (max > 0 ? (Math.min(value, max) / max) * HEIGHT : 0);
  return (
    <ChartFigure
      title={title}
      table={{ heads: [category, axis], rows: columns.map((column) => ({ key: column.key, cells: [column.label, column.text] })) }}
    >
      <div aria-hidden="true">
        <div className={classes.plot}>
          <span className={classes.scale}>
            <span>{number(max)}</span>
            <span>{number(0)}</span>
          </span>
          <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className={classes.picture}>
            {columns.map((column, at) =>
              column.value === null ? null : (
                <rect
                  key={column.key}
                  className={classes.column}
                  x={at * step + (step * GAP) / 2}
                  width={step * (1 - GAP)}
                  y={HEIGHT - Math.max(height(column.value), column.value > 0 ? 2 : 0)}
                  height={Math.max(height(column.value), column.value > 0 ? 2 : 0)}
                />
              ),
            )}
            {reference ? (
              <line className={classes.reference} x1={0} x2={WIDTH} y1={HEIGHT - height(reference.value)} y2={HEIGHT - height(reference.value)} />
            ) : null}
          </svg>
        </div>
        <p className={classes.ends}>
          <span>{columns[0]?.label}</span>
          <span>{reference?.label ?? axis}</span>
          <span>{columns.length > 1 ? columns.at(-1)?.label : ""}</span>
        </p>
      </div>
    </ChartFigure>
  );
}
