import { useEffect, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let askedFor = 0;

function ask(by: number): void {
  askedFor += by;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** While what calls this is on the page, nothing that can wait may come between. */
export function useQuiet(): void {
  useEffect(() => {
    ask(1);
    return () => ask(-1);
  }, []);
}

export function useIsQuiet(): boolean {
  return useSyncExternalStore(subscribe, () => askedFor > 0);
}
