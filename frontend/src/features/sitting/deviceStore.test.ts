import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { checkDeviceStore, deviceQueue } from "./deviceStore";
import type { Pending } from "./saving";

const pending = (slot: string, answeredAt = Date.now()): Pending => ({
  slot,
  sequence: 1,
  answer: { choice: "a" },
  flagged: false,
  seconds: 0,
  answeredAt,
  kind: "answer",
});

describe("deviceQueue", () => {
  it("keeps one record per slot and attempt", async () => {
    await deviceQueue.put("one", pending("1"));
    await deviceQueue.put("one", { ...pending("1"), sequence: 2 });
    await deviceQueue.put("one", pending("2"));
    await deviceQueue.put("other", pending("1"));
    expect((await deviceQueue.load("one")).map(({ slot, sequence }) => [slot, sequence])).toEqual([
      ["1", 2],
      ["2", 1],
    ]);
    await deviceQueue.remove("one", "1");
    expect(await deviceQueue.load("one")).toHaveLength(1);
    await deviceQueue.clear("one");
    expect(await deviceQueue.load("one")).toEqual([]);
    expect(await deviceQueue.load("other")).toHaveLength(1);
  });

  it("forgets after a month what could never be sent", async () => {
    await deviceQueue.put("old", pending("1", Date.now() - 31 * 24 * 3_600_000));
    expect(await deviceQueue.load("old")).toEqual([]);
  });

  it("can be checked", async () => {
    expect(await checkDeviceStore()).toBe(true);
  });
});
