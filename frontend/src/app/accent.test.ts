import { describe, expect, it } from "vitest";
import { accentOf, contrast, parseHex } from "./accent";

const rgb = (css: string) => css.match(/\d+/g)?.map(Number) as [number, number, number];

describe("accentOf", () => {
  it.each(["#0f766e", "#ffcc00", "#e11d48", "#000000", "#2444b8", "#7dd3fc"])("keeps %s legible or leaves it", (colour) => {
    for (const [scheme, surface] of [["light", [255, 255, 255]], ["dark", [26, 30, 37]]] as const) {
      const accent = accentOf(colour, scheme);
      const ratio = accent ? contrast(rgb(accent.accent), [...surface]) : Infinity;
      const onFill = accent ? contrast(rgb(accent.onAccent), rgb(accent.fill)) : Infinity;
      expect(Math.min(ratio, onFill)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("leaves what is no colour", () => {
    expect(accentOf("teal", "light")).toBeNull();
    expect(parseHex("#fff")).toEqual([255, 255, 255]);
  });
});
