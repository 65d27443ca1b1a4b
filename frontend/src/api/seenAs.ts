import { useSyncExternalStore } from "react";

const HEADER = "X-Seen-As";
const ADMIN = "/admin/";

let isSeenAs: boolean | null = null;
const listeners = new Set<() => void>();

/** Every answer says whether staff look on as somebody else; a page from before that began or ended is loaded anew. */
export function noticeSeenAs(response: Response): void {
  const isNow = response.headers.has(HEADER);
  if (isSeenAs === isNow) return;
  const isStale = isSeenAs !== null;
  isSeenAs = isNow;
  if (isStale) window.location.assign("/");
  else listeners.forEach((listener) => listener());
}

/** Back to the admin, where staff are themselves again. */
export function leaveToAdmin(path = ""): void {
  window.location.assign(ADMIN + path);
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function useSeenAs(): boolean {
  return useSyncExternalStore(subscribe, () => isSeenAs === true);
}
