import type { Performance, Trend } from "../../api/types";
import type { TimeUse } from "../../api/types";

/** Below this a change is no news. */
const EVEN_POINTS = 1;

export type Movement = "up" | "down" | "even" | "unknown";

export function movementOf(performance: Pick<Performance, "change_points">): Movement {
  const points = performance.change_points;
  if (points === null) return "unknown";
  if (Math.abs(points) < EVEN_POINTS) return "even";
  return points > 0 ? "up" : "down";
}

export const TREND_TONES = { improving: "good", stable: "neutral", declining: "bad", unknown: "neutral" } as const satisfies Record<
  Trend["direction"],
  string
>;

export const TREND_ICONS = { improving: "up", stable: "next", declining: "down", unknown: "help" } as const;

export const PARTS = ["night", "morning", "afternoon", "evening"] as const;

export interface WeekCell {
  weekday: number;
  part: (typeof PARTS)[number];
  seconds: number;
}

/** All parts of all weekdays, those without answers too. */
export function weekOf(week: TimeUse["week"]): WeekCell[][] {
  const spent = new Map(week.map((each) => [`${each.weekday} ${each.part}`, each.seconds]));
  return PARTS.map((part) =>
    Array.from({ length: 7 }, (_, at) => ({ weekday: at + 1, part, seconds: spent.get(`${at + 1} ${part}`) ?? 0 })),
  );
}

export function busiest(cells: WeekCell[][]): WeekCell | undefined {
  const all = cells.flat().filter((each) => each.seconds > 0);
  return all.length > 0 ? all.reduce((most, each) => (each.seconds > most.seconds ? each : most)) : undefined;
}

/** Days since the epoch of a date without a time. */
export function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
