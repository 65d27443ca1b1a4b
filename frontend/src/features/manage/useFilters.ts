import { useCallback } from "react";
import { useSearchParams } from "react-router";
import { writeFilters } from "./filters";

/** The filters in the address, and a way to change some of them without leaving a trail in the history. */
export function useFilters<T>(read: (address: URLSearchParams) => T): [T, (changes: Record<string, string | null>) => void] {
  const [address, setAddress] = useSearchParams();
  const change = useCallback(
    (changes: Record<string, string | null>) =>
      setAddress((now) => writeFilters(now, changes), { replace: true, preventScrollReset: true }),
    [setAddress],
  );
  return [read(address), change];
}
