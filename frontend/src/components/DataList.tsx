import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Problem } from "./Problem";
import classes from "./DataList.module.css";

interface DataListProps<T> {
  /** undefined while nothing has been loaded yet. */
  rows: T[] | undefined;
  error: unknown;
  onRetry: () => void;
  empty: ReactNode;
  /** Height of one row of the skeleton in px, so that nothing jumps when the rows arrive. */
  rowHeight?: number;
  skeletonRows?: number;
  children: (rows: T[]) => ReactNode;
}

/** The four states of every list: loading, refused, empty, there. */
export function DataList<T>({ rows, error, onRetry, empty, rowHeight = 64, skeletonRows = 4, children }: DataListProps<T>) {
  if (rows === undefined && error) return <Problem error={error} onRetry={onRetry} />;
  if (rows === undefined) return <SkeletonRows rows={skeletonRows} height={rowHeight} />;
  return (
    <>
      {error ? <Problem error={error} onRetry={onRetry} /> : null}
      {rows.length === 0 ? empty : children(rows)}
    </>
  );
}

export function SkeletonRows({ rows = 4, height = 64 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status">
      <span className="visually-hidden">{t("state.loading")}</span>
      {Array.from({ length: rows }, (_, at) => (
        <Skeleton key={at} height={height} radius="md" aria-hidden="true" />
      ))}
    </div>
  );
}
