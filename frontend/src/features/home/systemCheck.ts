import { checkDeviceStore } from "../sitting/deviceStore";

export type CheckName = "connection" | "clock" | "storage" | "window" | "keyboard";
export type CheckState = "waiting" | "good" | "caution" | "bad";

export interface Check {
  name: CheckName;
  state: CheckState;
  /** What was measured: round trip in ms, clock difference in s, width in px. */
  value?: number;
}

const SLOW_MS = 1_500;
const CLOCK_SECONDS = 60;
const NARROW_PX = 340;
const TRIES = 3;

/** Times a real request, the quickest of three, and compares the clocks by the answer's Date header. */
export async function checkConnection(): Promise<[Check, Check]> {
  let quickest = Infinity;
  let difference: number | undefined;
  try {
    for (let turn = 0; turn < TRIES; turn += 1) {
      const startedAt = performance.now();
      const response = await fetch("/api/v1/session/", { cache: "no-store", credentials: "same-origin" });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const roundTrip = performance.now() - startedAt;
      const serverDate = Date.parse(response.headers.get("Date") ?? "");
      // The header has whole seconds, hence the half.
      if (roundTrip < quickest && !Number.isNaN(serverDate)) difference = (serverDate + 500 - (Date.now() - roundTrip / 2)) / 1000;
      quickest = Math.min(quickest, roundTrip);
    }
  } catch {
    return [
      { name: "connection", state: "bad" },
      { name: "clock", state: "caution" },
    ];
  }
  return [
    { name: "connection", state: quickest <= SLOW_MS ? "good" : "caution", value: Math.round(quickest) },
    difference === undefined
      ? { name: "clock", state: "caution" }
      : { name: "clock", state: Math.abs(difference) <= CLOCK_SECONDS ? "good" : "caution", value: Math.round(difference) },
  ];
}

export async function checkStorage(): Promise<Check> {
  return { name: "storage", state: (await checkDeviceStore()) ? "good" : "caution" };
}

export function checkWindow(): Check {
  return { name: "window", state: window.innerWidth >= NARROW_PX ? "good" : "caution", value: window.innerWidth };
}
