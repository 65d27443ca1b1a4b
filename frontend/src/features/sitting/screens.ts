import type { Display, OpenPositions, Sitting, SittingItem } from "../../api/types";
import { completeness } from "./answers";
import type { LocalResponse } from "./saving";

/** What is shown at once: one item, or a run of items that share a section and a stimulus. */
export interface Screen {
  key: number;
  section: number;
  stimulus: string | null;
  items: SittingItem[];
}

export function screensOf(items: SittingItem[], display: Display): Screen[] {
  const screens: Screen[] = [];
  for (const item of items) {
    const last = screens.at(-1);
    const belongs = display === "section" && last?.section === item.section && last.stimulus === item.stimulus;
    if (belongs) last.items.push(item);
    else screens.push({ key: item.position, section: item.section, stimulus: item.stimulus, items: [item] });
  }
  return screens;
}

export function screenAt(screens: Screen[], position: number): number {
  const found = screens.findIndex((screen) => screen.items.some((item) => item.position === position));
  return Math.max(0, found);
}

export const isWithin = (open: OpenPositions, position: number) => position >= open.first && position <= open.last;

export type ItemState = "closed" | "unseen" | "seen" | "part" | "answered";

export function itemState(item: SittingItem, response: LocalResponse | undefined, open: OpenPositions): ItemState {
  const how = completeness(item.type, item.question, response?.answer ?? null);
  if (!isWithin(open, item.position) && how === "none") return "closed";
  if (how === "whole") return "answered";
  if (how === "part") return "part";
  return response?.seen ? "seen" : "unseen";
}

/** Where to begin: where the person was, else the first open item without an answer. */
export function firstPosition(sitting: Sitting, remembered: number | undefined, responses: ReadonlyMap<string, LocalResponse>): number {
  const open = sitting.open_positions;
  if (remembered !== undefined && isWithin(open, remembered)) return remembered;
  if (sitting.navigation === "linear") return open.first;
  const unanswered = sitting.items.find(
    (item) => isWithin(open, item.position) && !responses.get(String(item.slot))?.answer,
  );
  return unanswered?.position ?? open.first;
}
