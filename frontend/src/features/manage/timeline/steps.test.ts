import { describe, expect, it } from "vitest";
import type { TimelineKind, TimelineStep } from "../../../api/manageTypes";
import { byDay, iconOf, stepsOf } from "./steps";

const step = (kind: string, at = "2026-11-21T10:00:00Z"): TimelineStep => ({
  at,
  kind: kind as TimelineKind,
  slot: null,
  position: null,
  text: kind,
  sequence: null,
});
const kinds = (steps: TimelineStep[]) => steps.map((each) => each.kind);

describe("views of a timeline", () => {
  const all = ["started", "answered", "focus_lost", "extra_time", "submitted", "beamed_up"].map((kind) => step(kind));

  it("show everything, or one kind of thing between start and end", () => {
    expect(stepsOf(all, null)).toBe(all);
    expect(kinds(stepsOf(all, "incidents"))).toEqual(["started", "focus_lost", "submitted"]);
    expect(kinds(stepsOf(all, "staff"))).toEqual(["started", "extra_time", "submitted"]);
  });

  it("are empty when there is nothing of that kind", () => {
    expect(stepsOf([step("started"), step("submitted")], "incidents")).toEqual([]);
  });

  it("have an icon for a kind that they do not know", () => {
    expect(iconOf("beamed_up" as TimelineKind)).toBe("info");
  });
});

it("begins a new day where the date changes, in the order of the log", () => {
  const steps = [step("started", "2026-11-21T23:59:00Z"), step("answered", "2026-11-22T00:01:00Z"), step("submitted", "2026-11-22T00:02:00Z")];
  const days = byDay(steps, (iso) => iso.slice(0, 10));
  expect(days.map((day) => [day.label, day.steps.length])).toEqual([
    ["2026-11-21", 1],
    ["2026-11-22", 2],
  ]);
});
