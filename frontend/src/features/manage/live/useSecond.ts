import { useSyncExternalStore } from "react";

let now = Date.now();
let timer: number | undefined;
const watchers = new Set<() => void>();

function subscribe(changed: () => void): () => void {
  watchers.add(changed);
  if (timer === undefined) {
    now = Date.now();
    timer = window.setInterval(() => {
      now = Date.now();
      for (const each of watchers) each();
    }, 1000);
  }
  return () => {
    watchers.delete(changed);
    if (watchers.size === 0) {
      window.clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Date.now(), renewed every second for whoever shows a running clock; one timer for all of them. */
export function useSecond(): number {
  return useSyncExternalStore(subscribe, () => now);
}
