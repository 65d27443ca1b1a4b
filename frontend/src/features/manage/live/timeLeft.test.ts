import { act, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { withRow, type LivePage } from "../../../api/manage";
import type { LiveRow } from "../../../api/manageTypes";
import { clockFace, timeLeft } from "./timeLeft";
import { useSecond } from "./useSecond";

const running = { state: "in_progress", remaining_seconds: 600 } as const;

describe("time left", () => {
  it("runs between two polls", () => {
    expect(timeLeft(running, 1_000_000, 1_000_000)).toBe(600);
    expect(timeLeft(running, 1_000_000, 1_000_999)).toBe(600);
    expect(timeLeft(running, 1_000_000, 1_004_200)).toBe(596);
  });

  it("does not fall below zero, nor grow when the device's clock is put back", () => {
    expect(timeLeft(running, 1_000_000, 9_000_000)).toBe(0);
    expect(timeLeft(running, 1_000_000, 0)).toBe(600);
  });

  it("stands still while paused", () => {
    expect(timeLeft({ state: "paused", remaining_seconds: 600 }, 0, 90_000)).toBe(600);
  });

  it("is nothing without a limit and after the end", () => {
    expect(timeLeft({ state: "in_progress", remaining_seconds: null }, 0, 1000)).toBeNull();
    expect(timeLeft({ state: "submitted", remaining_seconds: 30 }, 0, 1000)).toBeNull();
  });

  it.each([
    [7, "0:07"],
    [1450, "24:10"],
    [3849, "1:04:09"],
  ])("shows %i seconds as %s", (seconds, face) => expect(clockFace(seconds)).toBe(face));
});

describe("the second", () => {
  afterEach(() => vi.useRealTimers());

  it("ticks for all who look at it with one timer, and stops with the last", () => {
    vi.useFakeTimers({ now: 5_000 });
    const one = renderHook(() => useSecond());
    const other = renderHook(() => useSecond());
    expect(vi.getTimerCount()).toBe(1);
    act(() => vi.advanceTimersByTime(3_000));
    expect([one.result.current, other.result.current]).toEqual([8_000, 8_000]);
    one.unmount();
    other.unmount();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("a row that the server has just answered", () => {
  const row = (id: string, remaining: number): LiveRow => ({
    id,
    learner: { id, name: id, email: `${id}@example.org` },
    number: 1,
    state: "in_progress",
    started_at: null,
    submitted_at: null,
    deadline_at: null,
    remaining_seconds: remaining,
    answered: 1,
    total: 10,
    last_seen_at: null,
    extra_minutes: 0,
    incidents: 0,
    score: null,
  });

  it("replaces the old one; the others' clocks go on and the ETag is forgotten", () => {
    const page: LivePage = { path: "/p", etag: '"1"', receivedAt: 1_000, next: null, results: [row("a", 100), row("b", 100)] };
    const after = withRow({ pages: [page], pageParams: [null] }, row("a", 700), 11_000);
    expect(after.pages[0]).toMatchObject({ etag: null, receivedAt: 11_000 });
    expect(after.pages[0]?.results.map((each) => each.remaining_seconds)).toEqual([700, 90]);
  });
});
