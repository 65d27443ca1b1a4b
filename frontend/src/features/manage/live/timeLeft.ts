import type { LiveRow } from "../../../api/manageTypes";

type Clock = Pick<LiveRow, "state" | "remaining_seconds">;

/**
 * Whole seconds left now, from what the server said at `receivedAt`; null without a limit or when the attempt is over.
 * Only differences of this device's clock are used, so a wrong clock does no harm. A paused clock stands still.
 */
export function timeLeft(row: Clock, receivedAt: number, now: number): number | null {
  const { remaining_seconds: remaining, state } = row;
  if (remaining === null) return null;
  if (state === "paused" || state === "created") return remaining;
  if (state !== "in_progress") return null;
  const elapsed = Math.max(0, Math.floor((now - receivedAt) / 1000));
  return Math.max(0, remaining - elapsed);
}

/** To the minute, as people say it; to the second only in the last one. */
export const inWords = (seconds: number) => (seconds < 60 ? seconds : Math.floor(seconds / 60) * 60);

const two = (value: number) => String(value).padStart(2, "0");

/** "1:04:09", "24:10", "0:07" */
export function clockFace(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
