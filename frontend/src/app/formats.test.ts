import { describe, expect, it } from "vitest";
import { makeFormats } from "./formats";

describe("durations", () => {
  const { duration } = makeFormats("en", "UTC");
  it.each([
    [0, "0 seconds"],
    [45, "45 seconds"],
    [61, "1 minute 1 second"],
    [5400, "1 hour 30 minutes"],
    [3600, "1 hour"],
    [7199, "2 hours"],
  ])("%i seconds are %s", (seconds, words) => {
    expect(duration(seconds)).toBe(words);
  });

  it("are in the person's language", () => {
    expect(makeFormats("es", "UTC").duration(5400)).toBe("1 hora 30 minutos");
  });
});

describe("moments", () => {
  it("are in the person's time zone, and name it where it matters", () => {
    const { time, dateTimeZone } = makeFormats("en", "Asia/Tokyo");
    expect(time("2026-11-21T00:30:00Z")).toContain("9:30");
    expect(dateTimeZone("2026-11-21T00:30:00Z")).toContain("GMT+9");
  });
});
