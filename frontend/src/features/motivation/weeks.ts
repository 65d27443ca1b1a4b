import type { StreakDay } from "../../api/motivation";

/** Days in weeks from Monday, with empty places before the first and behind the last. */
export function weeksOf(days: StreakDay[]): (StreakDay | null)[][] {
  const first = days[0];
  if (!first) return [];
  const before = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7;
  const places = [...Array<null>(before).fill(null), ...days];
  while (places.length % 7) places.push(null);
  return Array.from({ length: places.length / 7 }, (_, at) => places.slice(7 * at, 7 * at + 7));
}
