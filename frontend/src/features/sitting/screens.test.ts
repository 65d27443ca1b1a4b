import { describe, expect, it } from "vitest";
import type { SittingItem } from "../../api/types";
import { itemState, screenAt, screensOf } from "./screens";

const item = (position: number, section: number, stimulus: string | null): SittingItem => ({
  position,
  slot: position + 100,
  section,
  stimulus,
  type: "single_choice",
  stem_html: "",
  points: 1,
  question: {},
});

const items = [item(1, 0, null), item(2, 0, "a"), item(3, 0, "a"), item(4, 0, "b"), item(5, 1, "b"), item(6, 1, "b")];
const positions = (display: "item" | "section") => screensOf(items, display).map((screen) => screen.items.map((each) => each.position));

describe("screensOf", () => {
  it("shows one item at a time", () => {
    expect(positions("item")).toEqual([[1], [2], [3], [4], [5], [6]]);
  });

  it("keeps items of one stimulus together, but not across sections", () => {
    expect(positions("section")).toEqual([[1], [2, 3], [4], [5, 6]]);
    expect(screenAt(screensOf(items, "section"), 3)).toBe(1);
  });
});

describe("itemState", () => {
  const open = { first: 1, last: 4 };
  const response = { answer: null, flagged: false, seconds: 0, seen: true };

  it("tells the states apart", () => {
    expect(itemState(item(1, 0, null), undefined, open)).toBe("unseen");
    expect(itemState(item(1, 0, null), response, open)).toBe("seen");
    expect(itemState(item(1, 0, null), { ...response, answer: { choice: "a" } }, open)).toBe("answered");
    expect(itemState(item(5, 1, null), undefined, open)).toBe("closed");
    expect(itemState(item(5, 1, null), { ...response, answer: { choice: "a" } }, open)).toBe("answered");
  });
});
