import { describe, expect, it } from "vitest";
import { readAttemptFilters, readDeliveryFilters, readTimelineView, writeFilters } from "./filters";

const address = (text = "") => new URLSearchParams(text);

describe("filters of the deliveries", () => {
  it("are the defaults in a bare address", () => {
    expect(readDeliveryFilters(address())).toEqual({ state: null, search: "", ordering: "-created_at" });
  });

  it("come back from the address that they were written to", () => {
    const written = writeFilters(address(), { state: "open", search: " mock & more ", ordering: "closes_at" });
    expect(readDeliveryFilters(address(written.toString()))).toEqual({
      state: "open",
      search: "mock & more",
      ordering: "closes_at",
    });
  });

  it("leave defaults out of the address", () => {
    expect(writeFilters(address("state=open&search=a"), { state: null, search: "", ordering: "-created_at" }).toString()).toBe("");
  });

  it("keep what else stands in the address", () => {
    expect(writeFilters(address("utm=x&state=open"), { state: "closed" }).toString()).toBe("utm=x&state=closed");
  });

  it("take what they do not know for the default", () => {
    expect(readDeliveryFilters(address("state=melted&ordering=-drop"))).toEqual({
      state: null,
      search: "",
      ordering: "-created_at",
    });
  });
});

describe("filters of attempts and of the timeline", () => {
  it("read their own values only", () => {
    expect(readAttemptFilters(address("state=paused&search=Ana"))).toEqual({ state: "paused", search: "Ana" });
    expect(readAttemptFilters(address("state=open"))).toEqual({ state: null, search: "" });
    expect(readTimelineView(address("show=incidents"))).toBe("incidents");
    expect(readTimelineView(address("show=x"))).toBeNull();
  });
});
