import { useSyncExternalStore } from "react";
import { comfort } from "../../app/comfort";

/** How the exam looks and listens on this device; not part of the attempt. */
export interface DisplaySettings {
  textSize: 1 | 2 | 3 | 4;
  contrast: "normal" | "high";
  showsTimer: boolean;
  /** Keys without a modifier can be switched off (WCAG 2.1.4). */
  hasSingleKeys: boolean;
  /** Share of the width for the stimulus, in per cent. */
  split: number;
}

const KEY = "sitting-display";
const DEFAULTS: DisplaySettings = { textSize: 1, contrast: "normal", showsTimer: true, hasSingleKeys: true, split: 50 };

const listeners = new Set<() => void>();
let current = read();

/** What the person set in an exam before, else what their profile asks for everywhere. */
function read(): DisplaySettings {
  try {
    const { textSize, contrast } = comfort();
    return { ...DEFAULTS, textSize, contrast, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<DisplaySettings>) };
  } catch {
    return DEFAULTS;
  }
}

export function changeDisplay(change: Partial<DisplaySettings>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage is full or forbidden: the setting lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDisplay(): DisplaySettings {
  return useSyncExternalStore(subscribe, () => current);
}
