import { createStore, del, delMany, entries, get, keys, set, type UseStore } from "idb-keyval";
import type { Pending, QueueStore } from "./saving";

const FORGET_AFTER_MS = 30 * 24 * 3_600_000;

let opened: UseStore | null = null;
const store = () => (opened ??= createStore("proficienthub", "sittings"));

const responseKey = (attempt: string, slot: string) => `response/${attempt}/${slot}`;

/** Unsent answers in IndexedDB, one record per slot, so that each keystroke writes little. */
export const deviceQueue: QueueStore = {
  load: async (attempt) => {
    const all = await entries<string, Pending>(store());
    const tooOld = all.filter(([key, each]) => key.startsWith("response/") && Date.now() - each.answeredAt > FORGET_AFTER_MS);
    if (tooOld.length > 0) await delMany(tooOld.map(([key]) => key), store());
    const old = new Set(tooOld.map(([key]) => key));
    return all.filter(([key]) => key.startsWith(responseKey(attempt, "")) && !old.has(key)).map(([, each]) => each);
  },
  put: (attempt, entry) => set(responseKey(attempt, entry.slot), entry, store()),
  remove: (attempt, slot) => del(responseKey(attempt, slot), store()),
  clear: async (attempt) => {
    const mine = (await keys<string>(store())).filter((key) => key.startsWith(responseKey(attempt, "")));
    await delMany(mine, store());
  },
};

export interface DocumentStore {
  read: <T>(key: string) => Promise<T | undefined>;
  write: (key: string, value: unknown) => Promise<void>;
  remove: (key: string) => Promise<void>;
}

/** Small things of one sitting that only this device needs: notes not yet sent, the place in the exam. */
export const deviceDocuments: DocumentStore = {
  read: (key) => get(key, store()),
  write: (key, value) => set(key, value, store()),
  remove: (key) => del(key, store()),
};

/** Writes, reads and removes something: the only honest way to know that storage works. */
export async function checkDeviceStore(): Promise<boolean> {
  try {
    await set("check", 1, store());
    const isThere = (await get("check", store())) === 1;
    await del("check", store());
    return isThere;
  } catch {
    return false;
  }
}
