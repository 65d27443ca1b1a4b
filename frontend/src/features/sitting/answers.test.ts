import { describe, expect, it } from "vitest";
import { completeness, countWords, orNull, parseNumber, sameAnswer } from "./answers";

describe("sameAnswer", () => {
  it("does not mind the order of keys, but that of a list", () => {
    expect(sameAnswer({ pairs: { 1: "a", 2: "b" } }, { pairs: { 2: "b", 1: "a" } })).toBe(true);
    expect(sameAnswer({ order: ["a", "b"] }, { order: ["b", "a"] })).toBe(false);
  });

  it("takes a missing unit for no unit", () => {
    expect(sameAnswer({ number: "3", unit: null }, { number: "3" })).toBe(true);
  });

  it("tells no answer from an empty one", () => {
    expect(sameAnswer(null, null)).toBe(true);
    expect(sameAnswer(null, { text: "" })).toBe(false);
  });
});

describe("orNull", () => {
  it.each([{ text: "  " }, { choices: [] }, { gaps: { 1: "", 2: " " } }, { pairs: {} }, { number: "", unit: "GB" }])(
    "takes %j for no answer",
    (answer) => {
      expect(orNull(answer)).toBeNull();
    },
  );

  it.each([{ text: "a" }, { choices: ["a"] }, { gaps: { 1: "", 2: "x" } }, { number: "0" }, { order: ["a"] }])("keeps %j", (answer) => {
    expect(orNull(answer)).toBe(answer);
  });
});

describe("completeness", () => {
  it("sees what is answered in part", () => {
    const prompts = [
      { id: "1", html: "" },
      { id: "2", html: "" },
    ];
    expect(completeness("matching", { prompts }, { pairs: { 1: "a" } })).toBe("part");
    expect(completeness("matching", { prompts }, { pairs: { 1: "a", 2: "a" } })).toBe("whole");
    expect(completeness("multiple_choice", { select: 2 }, { choices: ["a"] })).toBe("part");
    expect(completeness("multiple_choice", { select: null }, { choices: ["a"] })).toBe("whole");
    expect(completeness("numeric", { units: ["GB"] }, { number: "3" })).toBe("part");
    expect(completeness("short_text", {}, null)).toBe("none");
  });
});

describe("countWords", () => {
  it.each([
    ["", 0],
    ["  one ", 1],
    ["two  words", 2],
    ["well-known fact", 2],
    ["don’t stop", 2],
  ])("%j has %i", (text, count) => {
    expect(countWords(text)).toBe(count);
  });
});

describe("parseNumber", () => {
  it.each([
    ["3.5", "3.5"],
    ["3,5", "3.5"],
    [" -2 ", "-2"],
    ["−2", "-2"],
    [".5", ".5"],
    ["3.", "3"],
    ["10 000", "10000"],
  ])("reads %j as %j", (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });

  it.each(["", "abc", "1,000.5", "1,2,3", "3.5 GB", "-"])("does not guess at %j", (text) => {
    expect(parseNumber(text)).toBeNull();
  });
});
