import { describe, expect, it } from "vitest";
import { clockFace, crossedMark, ServerClock } from "./serverClock";

describe("ServerClock", () => {
  it("runs on between the answers of the server, whatever the device's clock does", () => {
    let monotonic = 5_000;
    const clock = new ServerClock(() => monotonic);
    clock.sync("2026-11-21T10:00:00Z");
    monotonic += 90_000;
    expect(clock.secondsUntil("2026-11-21T10:30:00Z")).toBe(30 * 60 - 90);
  });

  it("corrects itself with every answer and allows for half of the way", () => {
    const clock = new ServerClock(() => 0);
    clock.sync("2026-11-21T10:00:00Z", 2_000);
    expect(clock.now()).toBe(Date.parse("2026-11-21T10:00:01Z"));
  });

  it("knows no deadline and never goes below zero", () => {
    const clock = new ServerClock(() => 0);
    clock.sync("2026-11-21T10:00:00Z");
    expect(clock.secondsUntil(null)).toBeNull();
    expect(clock.secondsUntil("2026-11-21T09:00:00Z")).toBe(0);
  });
});

describe("crossedMark", () => {
  it.each([
    [1801, 1800, 30],
    [601, 600, 10],
    [301, 299, 5],
    [61, 60, 1],
    [1800, 1799, null],
    [1200, 1199, null],
    [null, 240, null],
    [2000, 50, 1],
  ])("from %s to %s is %s", (before, after, mark) => {
    expect(crossedMark(before, after)).toBe(mark);
  });
});

describe("clockFace", () => {
  it.each([
    [0, "0:00"],
    [65, "1:05"],
    [3909, "1:05:09"],
  ])("%i is %s", (seconds, face) => {
    expect(clockFace(seconds)).toBe(face);
  });
});
