import { describe, expect, it } from "vitest";
import { weeksOf } from "./weeks";

const days = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    date: new Date(Date.parse(`${first}T00:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10),
    answers: 0,
    state: "open" as const,
  }));

describe("weeks of a calendar", () => {
  it("begin on Monday", () => {
    const weeks = weeksOf(days("2026-03-04", 35));
    expect(weeks[0]?.map((day) => day?.date ?? null).slice(0, 3)).toEqual([null, null, "2026-03-04"]);
    expect(weeks[1]?.[0]?.date).toBe("2026-03-09");
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it("have no empty places where none are needed", () => {
    expect(weeksOf(days("2026-03-02", 35)).flat()).not.toContain(null);
    expect(weeksOf([])).toEqual([]);
  });
});
