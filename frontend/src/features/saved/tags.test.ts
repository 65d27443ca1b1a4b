import { describe, expect, it } from "vitest";
import { readTags } from "./tags";

describe("readTags", () => {
  it("parts at commas and sets spaces right", () => expect(readTags(" due   soon ,IAM")).toEqual(["due soon", "IAM"]));
  it("keeps each once, as it was written first", () => expect(readTags("IAM, iam,,")).toEqual(["IAM"]));
  it("finds none in nothing", () => expect(readTags("  ")).toEqual([]));
});
