import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { SkeletonRows } from "../../components/DataList";
import { Panel } from "../../components/Panel";
import { Problem } from "../../components/Problem";

interface SectionProps<T> {
  title?: string;
  query: UseQueryResult<T>;
  /** Height of what will stand here, so that nothing jumps. */
  height?: number;
  children: (data: T) => ReactNode;
}

/** A panel with the states of one question: on its way, refused, there. */
export function Section<T>({ title, query, height = 160, children }: SectionProps<T>) {
  return (
    <Panel title={title}>
      {query.data === undefined && query.error ? (
        <Problem error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <SkeletonRows rows={1} height={height} />
      ) : (
        children(query.data)
      )}
    </Panel>
  );
}
