import { describe, expect, it } from "vitest";
import { busiest, dayNumber, movementOf, weekOf } from "./findings";

describe("the finding", () => {
  it("calls a change of less than a point even", () => {
    expect([2.4, -1, 0.9, -0.9, 0, null].map((points) => movementOf({ change_points: points }))).toEqual([
      "up",
      "down",
      "even",
      "even",
      "even",
      "unknown",
    ]);
  });

  it("fills the week and finds its busiest part", () => {
    const cells = weekOf([
      { weekday: 1, part: "evening", answers: 3, seconds: 90 },
      { weekday: 7, part: "night", answers: 1, seconds: 200 },
    ]);
    expect(cells.map((row) => row.length)).toEqual([7, 7, 7, 7]);
    expect(busiest(cells)).toEqual({ weekday: 7, part: "night", seconds: 200 });
    expect(busiest(weekOf([]))).toBeUndefined();
  });

  it("counts days across a change of the clocks", () => {
    expect(dayNumber("2026-03-30") - dayNumber("2026-03-28")).toBe(2);
  });
});
