/** The first of those with the highest value. */
export function highestBy<T>(rows: readonly T[], valueOf: (row: T) => number): T | undefined {
  let best: T | undefined;
  for (const row of rows) {
    if (best === undefined || valueOf(row) > valueOf(best)) best = row;
  }
  return best;
}

export function lowestBy<T>(rows: readonly T[], valueOf: (row: T) => number): T | undefined {
  return highestBy(rows, (row) => -valueOf(row));
}

/** Empty buckets between two others are part of the picture; those before the first and after the last are not. */
export function withoutEmptyEnds<T extends { count: number }>(buckets: readonly T[]): T[] {
  const first = buckets.findIndex((bucket) => bucket.count > 0);
  if (first < 0) return [];
  return buckets.slice(first, buckets.findLastIndex((bucket) => bucket.count > 0) + 1);
}
