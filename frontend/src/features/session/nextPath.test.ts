import { describe, expect, it } from "vitest";
import { nextPath } from "./nextPath";

describe("nextPath", () => {
  it.each(["/a/northwind", "/a/northwind/history?state=marked#x"])("goes to %s", (path) => {
    expect(nextPath(path)).toBe(path);
  });

  it.each([null, "", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "a/b", "/\t/evil.example", "/sign-in?next=/"])(
    "does not follow %j",
    (path) => {
      expect(nextPath(path)).toBe("/");
    },
  );
});
