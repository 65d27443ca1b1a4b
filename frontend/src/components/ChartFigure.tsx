import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import classes from "./ChartFigure.module.css";

export interface ChartTable {
  /** Heads of the columns; the first one heads the rows. */
  heads: string[];
  /** A cell for each head. */
  rows: { key: string | number; cells: ReactNode[] }[];
  /** Names a table that may be long and then scrolls in a box of its own. */
  boxLabel?: string;
}

interface ChartFigureProps {
  /** Says the finding, not the subject: "Weakest: Networking, 41%". */
  title: string;
  table: ChartTable;
  /** The picture; whoever draws it hides it from screen readers. */
  children: ReactNode;
}

/** What every chart is made of: its finding, its picture, and behind it a table with the same numbers for everybody. */
export function ChartFigure({ title, table, children }: ChartFigureProps) {
  const { t } = useTranslation();
  const titleId = useId();
  return (
    <figure className={classes.figure} aria-labelledby={titleId}>
      <figcaption id={titleId} className={classes.title}>
        {title}
      </figcaption>
      {children}
      <details className={classes.details}>
        <summary>{t("chart.as_table")}</summary>
        {table.boxLabel ? (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard
          <div className={classes.box} tabIndex={0} role="region" aria-label={table.boxLabel}>
            <Numbers table={table} />
          </div>
        ) : (
          <Numbers table={table} />
        )}
      </details>
    </figure>
  );
}

function Numbers({ table: { heads, rows } }: { table: ChartTable }) {
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [name, ...values] }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            {values.map((value, at) => (
              <td key={heads[at + 1]}>{value}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
