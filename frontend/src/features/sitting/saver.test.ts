import { beforeEach, describe, expect, it } from "vitest";
import { ProblemError } from "../../api/problem";
import type { ResponseOut } from "../../api/types";
import { FakeClock, FakeServer, MemoryStore, settle } from "./fakes";
import { sittingLane } from "./responseSender";
import { Saver } from "./saver";
import type { SaverNotice } from "./saving";

let clock: FakeClock;
let store: MemoryStore;
let server: FakeServer;
let notices: SaverNotice[];
let renew: () => Promise<string>;

/** A page opened on the same device with the same server; opening a second one is a reload. */
async function openPage(stored: Record<string, ResponseOut> = {}): Promise<Saver> {
  const token = {
    current: "first",
    renew: async () => {
      token.current = await renew();
      return token.current;
    },
  };
  const saver = new Saver({
    attempt: "attempt",
    lane: sittingLane({ attempt: "attempt", token, fetch: server.fetch }),
    store,
    clock,
    random: () => 0.5,
    onNotice: (notice) => notices.push(notice),
  });
  await saver.open(stored);
  await settle();
  return saver;
}

const fromServer = (): Record<string, ResponseOut> =>
  Object.fromEntries([...server.stored].map(([slot, each]) => [slot, { ...each, seconds: 0, seen: true }]));

const sequences = () => server.received.map((each) => each.sequence);

beforeEach(() => {
  clock = new FakeClock();
  store = new MemoryStore();
  server = new FakeServer();
  notices = [];
  renew = async () => {
    throw new Error("no token was expected to be renewed");
  };
});

describe("saving", () => {
  it("sends a choice at once and says saved only after the answer of the server", async () => {
    const saver = await openPage();
    expect(saver.snapshot().status).toBe("idle");
    saver.answer("1", { choice: "a" });
    expect(saver.snapshot()).toMatchObject({ status: "saving", pending: 1 });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    expect(server.stored.get("1")).toEqual({ sequence: 1, answer: { choice: "a" }, flagged: false });
    expect(store.kept.size).toBe(0);
  });

  it("waits for a pause in typing and sends the last words only", async () => {
    const saver = await openPage();
    for (const text of ["r", "ro", "rou", "rout"]) {
      saver.answer("1", { text }, "typing");
      await clock.advance(200);
    }
    expect(server.received).toHaveLength(0);
    await clock.advance(600);
    expect(server.received).toHaveLength(1);
    expect(server.received[0]).toMatchObject({ answer: { text: "rout" }, sequence: 4 });
  });

  it("does not wait for ever for somebody who never stops typing", async () => {
    const saver = await openPage();
    for (let at = 0; at < 15; at += 1) {
      saver.answer("1", { text: "x".repeat(at + 1) }, "typing");
      await clock.advance(400);
    }
    expect(server.received.length).toBeGreaterThanOrEqual(1);
  });

  it("keeps what is typed on the device before it is sent", async () => {
    const saver = await openPage();
    saver.answer("1", { text: "half a sen" }, "typing");
    await settle();
    expect(store.kept.get("1")).toMatchObject({ answer: { text: "half a sen" }, sequence: 1 });
  });

  it("sends nothing when nothing changed", async () => {
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    saver.answer("1", { choice: "a" });
    saver.flag("1", false);
    await clock.advance(10_000);
    expect(server.received).toHaveLength(1);
  });

  it("sends a cleared answer as null", async () => {
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    saver.answer("1", null);
    await settle();
    expect(server.stored.get("1")).toMatchObject({ answer: null, sequence: 2 });
  });

  it("begins above every sequence the server has", async () => {
    const saver = await openPage({
      1: { sequence: 7, answer: { choice: "a" }, flagged: false, seconds: 3, seen: true },
      2: { sequence: 41, answer: null, flagged: true, seconds: 9, seen: true },
    });
    expect(saver.snapshot().status).toBe("saved");
    saver.answer("1", { choice: "b" });
    await settle();
    expect(sequences()).toEqual([42]);
  });
});

describe("order", () => {
  it("sends one at a time in the order of answering", async () => {
    const saver = await openPage();
    for (const slot of ["5", "3", "9", "1"]) saver.answer(slot, { choice: "a" });
    await settle();
    expect(server.received.map((each) => each.slot)).toEqual(["5", "3", "9", "1"]);
    expect(sequences()).toEqual([1, 2, 3, 4]);
    expect(server.mostInFlight).toBe(1);
  });

  it("does not let a choice overtake what was typed before it", async () => {
    const saver = await openPage();
    saver.answer("1", { text: "typed first" }, "typing");
    saver.answer("2", { choice: "b" });
    await settle();
    expect(server.received.map((each) => each.slot)).toEqual(["1", "2"]);
  });

  it("replays an answer that changed while it was on its way with its newer sequence", async () => {
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    saver.answer("1", { choice: "b" });
    await settle();
    saver.answer("1", { choice: "c" });
    await settle();
    expect(server.stored.get("1")).toMatchObject({ answer: { choice: "c" } });
    expect(sequences()).toEqual(sequences().toSorted((a, b) => a - b));
    expect(saver.snapshot().pending).toBe(0);
  });
});

describe("offline", () => {
  it("says how many answers are kept here, and sends the last of each slot in order when the network is back", async () => {
    const saver = await openPage();
    server.weather = "offline";
    saver.answer("1", { choice: "a" });
    await settle();
    saver.answer("2", { choice: "b" });
    saver.answer("3", { choice: "c" });
    saver.answer("1", { choice: "d" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "offline", pending: 3 });
    expect(store.kept.size).toBe(3);
    server.weather = "fine";
    saver.wake();
    await settle();
    expect(server.received.map(({ slot, sequence }) => [slot, sequence])).toEqual([
      ["2", 2],
      ["3", 3],
      ["1", 4],
    ]);
    expect(saver.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    expect(store.kept.size).toBe(0);
  });

  it("tries again with growing pauses, without being told that the network is back", async () => {
    const saver = await openPage();
    server.weather = "offline";
    saver.answer("1", { choice: "a" });
    await clock.advance(7_500);
    expect(server.tries).toBe(4);
    await clock.advance(8_000);
    expect(server.tries).toBe(5);
    server.weather = "fine";
    await clock.advance(16_000);
    expect(saver.snapshot().status).toBe("saved");
  });

  it("gives up on a request that is never answered and tries again", async () => {
    const saver = await openPage();
    server.weather = "silent";
    saver.answer("1", { choice: "a" });
    await clock.advance(14_000);
    expect(saver.snapshot().status).toBe("saving");
    await clock.advance(1_500);
    expect(saver.snapshot().status).toBe("offline");
    server.weather = "fine";
    await clock.advance(1_500);
    expect(saver.snapshot().status).toBe("saved");
  });

  it("does not take the page of a captive portal for an acknowledgement", async () => {
    const saver = await openPage();
    server.weather = "portal";
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "offline", pending: 1 });
  });

  it("tells a struggling server from a missing network", async () => {
    const saver = await openPage();
    server.weather = "busy";
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot().status).toBe("retrying");
  });

  it("repeats an answer whose acknowledgement was lost, and the server takes the repeat", async () => {
    const saver = await openPage();
    server.weather = "lost_acknowledgement";
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "offline", pending: 1 });
    server.weather = "fine";
    await clock.advance(2_000);
    expect(sequences()).toEqual([1, 1]);
    expect(saver.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    expect(notices).toEqual([]);
  });

  it("goes on in memory and says so where the browser keeps nothing", async () => {
    store.isBroken = true;
    const saver = await openPage();
    server.weather = "offline";
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "offline", pending: 1, isKept: false });
    server.weather = "fine";
    saver.wake();
    await settle();
    expect(server.stored.get("1")?.answer).toEqual({ choice: "a" });
  });
});

describe("reload", () => {
  it("brings what the page before could not send, in its order, with its sequences", async () => {
    const before = await openPage();
    server.weather = "offline";
    before.answer("4", { choice: "a" });
    before.answer("2", { text: "kept" }, "typing");
    await settle();
    before.stop();
    server.weather = "fine";
    const after = await openPage(fromServer());
    expect(after.response("2").answer).toEqual({ text: "kept" });
    await settle();
    expect(server.received.map(({ slot, sequence }) => [slot, sequence])).toEqual([
      ["4", 1],
      ["2", 2],
    ]);
    expect(store.kept.size).toBe(0);
  });

  it("does not send again what had arrived", async () => {
    const before = await openPage();
    server.weather = "lost_acknowledgement";
    before.answer("1", { choice: "a" });
    await settle();
    before.stop();
    server.weather = "fine";
    const after = await openPage(fromServer());
    await clock.advance(5_000);
    expect(server.received).toHaveLength(1);
    expect(after.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    expect(store.kept.size).toBe(0);
  });

  it("counts on above what was kept", async () => {
    const before = await openPage();
    server.weather = "offline";
    before.answer("1", { choice: "a" });
    before.answer("1", { choice: "b" });
    await settle();
    before.stop();
    const after = await openPage();
    after.answer("2", { choice: "c" });
    await settle();
    expect(store.kept.get("2")?.sequence).toBe(3);
  });
});

describe("another device", () => {
  const onAnotherDevice = (slot: string, choice: string, sequence: number) =>
    server.stored.set(slot, { sequence, answer: { choice }, flagged: false });

  it("wins with what it answered while this one was offline, and the person is told", async () => {
    const saver = await openPage();
    server.weather = "offline";
    saver.answer("1", { choice: "a" });
    await clock.advance(60_000);
    onAnotherDevice("1", "z", 20);
    server.weather = "fine";
    saver.wake();
    await settle();
    expect(saver.response("1").answer).toEqual({ choice: "z" });
    expect(notices).toEqual([{ kind: "answered_elsewhere", slot: "1", mine: { choice: "a" } }]);
    expect(saver.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    expect(store.kept.size).toBe(0);
  });

  it("loses against an answer given here just now, which goes again with the next sequence", async () => {
    const saver = await openPage();
    onAnotherDevice("1", "z", 20);
    saver.answer("1", { choice: "a" });
    await settle();
    expect(server.stored.get("1")).toMatchObject({ answer: { choice: "a" }, sequence: 21 });
    expect(notices).toEqual([]);
  });

  it("loses against what was typed here while the older answer was on its way", async () => {
    const saver = await openPage();
    server.weather = "offline";
    saver.answer("1", { choice: "a" });
    await clock.advance(60_000);
    onAnotherDevice("1", "z", 20);
    server.weather = "fine";
    saver.wake();
    saver.answer("1", { choice: "b" });
    await settle();
    expect(server.stored.get("1")?.answer).toEqual({ choice: "b" });
    expect(notices).toEqual([]);
  });

  it("says nothing when both devices gave the same answer", async () => {
    const saver = await openPage();
    onAnotherDevice("1", "a", 20);
    saver.answer("1", { choice: "a" });
    await settle();
    expect(notices).toEqual([]);
    expect(saver.snapshot()).toMatchObject({ status: "saved", pending: 0 });
    saver.answer("1", { choice: "b" });
    await settle();
    expect(server.stored.get("1")).toMatchObject({ sequence: 21 });
  });

  it("is not overwritten by a report of seconds alone", async () => {
    const saver = await openPage({ 1: { sequence: 1, answer: { choice: "a" }, flagged: false, seconds: 0, seen: true } });
    onAnotherDevice("1", "z", 20);
    saver.spend("1", 12, true);
    await clock.advance(6_000);
    expect(server.stored.get("1")?.answer).toEqual({ choice: "z" });
    expect(saver.response("1").answer).toEqual({ choice: "z" });
  });
});

describe("the end", () => {
  it("stops calmly and counts what was saved", async () => {
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    saver.answer("2", { choice: "b" });
    await settle();
    server.refuses = { status: 409, code: "attempt_closed", closed_at: "2026-11-21T10:30:00Z", state: "expired" };
    saver.answer("3", { choice: "c" });
    saver.answer("4", { choice: "d" });
    await settle();
    expect(saver.snapshot()).toMatchObject({
      status: "closed",
      closing: { closedAt: "2026-11-21T10:30:00Z", state: "expired", saved: 2, given: 4 },
    });
    const sent = server.received.length;
    saver.answer("5", { choice: "e" });
    await clock.advance(60_000);
    expect(server.received).toHaveLength(sent);
    expect(saver.response("5").answer).toBeNull();
  });

  it("keeps the answers during a pause and sends them after it", async () => {
    const saver = await openPage();
    server.refuses = { status: 409, code: "attempt_paused" };
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "paused", pending: 1 });
    server.refuses = null;
    await clock.advance(60_000);
    expect(server.stored.size).toBe(0);
    saver.resume();
    await settle();
    expect(server.stored.get("1")?.answer).toEqual({ choice: "a" });
  });

  it("shows what the server has when a section was over before the answer came", async () => {
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    server.refuses = { status: 409, code: "section_closed" };
    saver.answer("1", { choice: "b" });
    await settle();
    expect(saver.response("1").answer).toEqual({ choice: "a" });
    expect(notices).toEqual([{ kind: "section_closed", slot: "1" }]);
  });

  it("does not claim that a refused answer is saved, and goes on with the others", async () => {
    const saver = await openPage();
    server.refuses = { status: 400, code: "validation_error", detail: "This answer is too long." };
    saver.answer("1", { text: "…" });
    await settle();
    server.refuses = null;
    saver.answer("2", { choice: "b" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "refused", pending: 0 });
    expect(saver.snapshot().refused.get("1")).toBe("This answer is too long.");
    expect(server.stored.has("2")).toBe(true);
    saver.answer("1", { text: "shorter" });
    await settle();
    expect(saver.snapshot().status).toBe("saved");
  });

  it("drains before handing in, and says when it could not", async () => {
    const saver = await openPage();
    saver.answer("1", { text: "typed a moment ago" }, "typing");
    expect(await saver.drain()).toBe(true);
    expect(server.stored.get("1")?.answer).toEqual({ text: "typed a moment ago" });
    server.weather = "offline";
    saver.answer("2", { choice: "b" });
    expect(await saver.drain()).toBe(false);
  });
});

describe("the token", () => {
  it("is renewed once and the same answer goes again", async () => {
    const saver = await openPage();
    server.validToken = "second";
    renew = async () => "second";
    saver.answer("1", { choice: "a" });
    await settle();
    expect(server.received).toMatchObject([{ token: "second", sequence: 1 }]);
    expect(saver.snapshot().status).toBe("saved");
  });

  it("that cannot be renewed because the person was signed out keeps the answers", async () => {
    const saver = await openPage();
    server.validToken = "second";
    renew = async () => {
      throw new ProblemError({ title: "", status: 401, code: "not_authenticated" });
    };
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot()).toMatchObject({ status: "signed_out", pending: 1 });
    renew = async () => "second";
    await clock.advance(2_000);
    expect(saver.snapshot().status).toBe("saved");
  });

  it("that never pleases the server does not make a storm of requests", async () => {
    const saver = await openPage();
    let renewals = 0;
    server.validToken = "none";
    renew = async () => {
      renewals += 1;
      return "wrong";
    };
    saver.answer("1", { choice: "a" });
    await settle();
    expect(renewals).toBe(2);
    expect(saver.snapshot().status).toBe("retrying");
  });

  it("that is gone because the attempt is over ends the sitting", async () => {
    const saver = await openPage();
    server.validToken = "none";
    renew = async () => {
      throw new ProblemError({ title: "", status: 409, code: "attempt_closed", closed_at: "2026-11-21T10:30:00Z", state: "terminated" });
    };
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot().closing).toEqual({ closedAt: "2026-11-21T10:30:00Z", state: "terminated", saved: 0, given: 1 });
  });
});

describe("seconds", () => {
  it("travel with the next answer", async () => {
    const saver = await openPage();
    saver.spend("1", 14);
    saver.answer("1", { choice: "a" });
    await settle();
    expect(server.received).toMatchObject([{ seconds: 14 }]);
  });

  it("of an item left without an answer are reported, but are not an unsaved answer", async () => {
    const saver = await openPage();
    saver.spend("1", 14, true);
    expect(saver.snapshot()).toMatchObject({ status: "idle", pending: 0 });
    await clock.advance(6_000);
    expect(server.received).toMatchObject([{ slot: "1", answer: null, seconds: 14 }]);
  });
});
