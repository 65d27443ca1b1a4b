// oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- browsers drop a table's own meaning together with its display
import type { ReactNode } from "react";
import classes from "./StackedTable.module.css";

export interface Column<T> {
  key: string;
  label: string;
  render: (row: T) => ReactNode;
  align?: "end";
  /** Seen by screen readers only, e.g. the heading over a row's buttons. */
  isLabelHidden?: boolean;
}

interface StackedTableProps<T> {
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
}

/** So few columns have room on a phone too. */
const MOST_SIDE_BY_SIDE = 3;

/**
 * A table that becomes a stack of cards where there is no room for it. The first column names the row.
 * The roles are written out because a table that is displayed as blocks has none of its own.
 */
export function StackedTable<T>({ caption, columns, rows, rowKey }: StackedTableProps<T>) {
  return (
    <div className={classes.frame}>
      <table role="table" className={columns.length > MOST_SIDE_BY_SIDE ? `${classes.table} ${classes.stacking}` : classes.table}>
        <caption className="visually-hidden">{caption}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" data-align={column.align}>
                <span className={column.isLabelHidden ? "visually-hidden" : undefined}>{column.label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" key={rowKey(row)}>
              {columns.map((column, at) => {
                const inside = (
                  <>
                    {at > 0 && !column.isLabelHidden ? (
                      <span className={classes.label} aria-hidden="true">
                        {column.label}
                      </span>
                    ) : null}
                    <div className={classes.value}>{column.render(row)}</div>
                  </>
                );
                return at === 0 ? (
                  <th key={column.key} role="rowheader" scope="row">
                    {inside}
                  </th>
                ) : (
                  <td key={column.key} role="cell" data-align={column.align}>
                    {inside}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
