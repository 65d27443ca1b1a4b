import { beforeEach, describe, expect, it } from "vitest";
import { comfort, keepComfort, wearComfort } from "./comfort";

const worn = () => ({ ...document.documentElement.dataset });

describe("comfort", () => {
  beforeEach(() => localStorage.clear());

  it("is plain until somebody asks for something", () => {
    wearComfort();
    expect(worn()).toMatchObject({ textSize: "1", contrast: "normal", motion: "normal" });
  });

  it("is worn at once and kept for the next visit", () => {
    keepComfort({ textSize: 3, contrast: "high", motion: "reduced" });
    expect(worn()).toMatchObject({ textSize: "3", contrast: "high", motion: "reduced" });
    expect(comfort()).toEqual({ textSize: 3, contrast: "high", motion: "reduced" });
  });

  it("survives what somebody else left in the storage", () => {
    localStorage.setItem("comfort", "{");
    expect(comfort().textSize).toBe(1);
  });
});
