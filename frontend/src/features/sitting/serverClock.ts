import type { IsoTime } from "../../api/types";

/**
 * The server's time, carried between its answers by a clock that nobody can set.
 * The device's own clock is not asked: it may be wrong, or be put right in the middle of an exam.
 */
export class ServerClock {
  #offset = 0;
  #monotonic: () => number;

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /** `roundTripMs` halves the error of a slow line; the server read its clock somewhere in between. */
  sync(serverTime: IsoTime, roundTripMs = 0): void {
    const server = Date.parse(serverTime);
    if (Number.isNaN(server)) return;
    this.#offset = server + roundTripMs / 2 - this.#monotonic();
  }

  /** Milliseconds since 1970, by the server. */
  now(): number {
    return this.#monotonic() + this.#offset;
  }

  /** Whole seconds until a deadline, never negative; null where there is none. */
  secondsUntil(deadline: IsoTime | null): number | null {
    return deadline === null ? null : Math.max(0, Math.ceil((Date.parse(deadline) - this.now()) / 1000));
  }
}

const ANNOUNCED_MINUTES = [30, 10, 5, 1];

/**
 * The mark that was crossed between two readings, in minutes; null between marks.
 * Only crossings count, so that opening the page with 4 minutes left says nothing twice.
 */
export function crossedMark(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null;
  const crossed = ANNOUNCED_MINUTES.filter((minutes) => before > minutes * 60 && after <= minutes * 60);
  return crossed.length > 0 ? Math.min(...crossed) : null;
}

/** "1:05:09" or "5:09". */
export function clockFace(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
