import { describe, expect, it } from "vitest";
import { toField, toUtc } from "./zonedTime";

describe("a datetime field in the person's time zone", () => {
  it.each([
    ["2026-11-21T10:30", "Europe/Madrid", "2026-11-21T09:30:00.000Z"],
    ["2026-07-21T10:30", "Europe/Madrid", "2026-07-21T08:30:00.000Z"],
    ["2026-11-21T10:30", "America/New_York", "2026-11-21T15:30:00.000Z"],
    ["2026-11-21T00:15", "Asia/Kolkata", "2026-11-20T18:45:00.000Z"],
    ["2026-11-21T00:00", "UTC", "2026-11-21T00:00:00.000Z"],
    ["2026-11-21T01:00", "Pacific/Auckland", "2026-11-20T12:00:00.000Z"],
  ])("%s in %s is %s, and back", (field, zone, utc) => {
    expect(toUtc(field, zone)).toBe(utc);
    expect(toField(utc, zone)).toBe(field);
  });

  it("moves an hour that the clocks skip on past the gap", () => {
    expect(toUtc("2026-03-29T02:30", "Europe/Madrid")).toBe("2026-03-29T01:30:00.000Z");
    expect(toField("2026-03-29T01:30:00Z", "Europe/Madrid")).toBe("2026-03-29T03:30");
  });

  it("takes the first of an hour that comes twice", () => {
    expect(toUtc("2026-10-25T02:30", "Europe/Madrid")).toBe("2026-10-25T00:30:00.000Z");
  });

  it("has nothing to say about an empty or unfinished field", () => {
    expect(toUtc("", "UTC")).toBeNull();
    expect(toUtc("2026-11", "UTC")).toBeNull();
    expect(toField(null, "UTC")).toBe("");
  });

  it("keeps only the minute of a time with microseconds", () => {
    expect(toField("2026-11-21T10:30:59.123456Z", "UTC")).toBe("2026-11-21T10:30");
  });
});
