import { beforeEach, describe, expect, it } from "vitest";
import type { Sitting } from "../../api/types";
import type { DocumentStore } from "./deviceStore";
import { FakeClock, MemoryStore, settle } from "./fakes";
import { SittingSession } from "./session";
import type { SittingNotice } from "./sessionState";

const START = Date.parse("2026-11-21T10:00:00Z");
const at = (seconds: number) => new Date(START + seconds * 1000).toISOString();

/** The server's side of a sitting: answers every verb with what the test put here. */
let monotonic: number;
let clock: FakeClock;
let notices: SittingNotice[];
let calls: { path: string; body: Record<string, unknown> }[];
let answers: Record<string, () => Response>;
let isOffline: boolean;
let places: Map<string, unknown>;

const now = (change: Record<string, unknown> = {}) => ({
  server_time: at(monotonic / 1000),
  deadline_at: at(3600),
  section_deadline_at: null,
  state: "in_progress",
  paused: false,
  message: null,
  current_section: 0,
  open_positions: { first: 1, last: 4 },
  ...change,
});

const documents: DocumentStore = {
  read: async <T,>(key: string) => places.get(key) as T | undefined,
  write: async (key, value) => void places.set(key, value),
  remove: async (key) => void places.delete(key),
};

const fakeFetch: typeof fetch = async (input, init) => {
  await Promise.resolve();
  if (isOffline) throw new TypeError("Failed to fetch");
  const path = String(input).replace("/api/v1/sittings/attempt/", "");
  const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
  calls.push({ path, body });
  const verb = path.split("/")[0] ?? "";
  const answer = answers[verb];
  if (answer) return answer();
  if (verb === "responses") return Response.json({ saved: true, ...now(), sequence: body.sequence });
  if (verb === "submission") return Response.json({ attempt: sitting().attempt, answered: 1, total: 4 });
  return Response.json(now());
};

function sitting(change: Partial<Sitting> = {}): Sitting {
  return {
    attempt: {
      id: "attempt",
      delivery: { id: "delivery", title: "Mock exam" },
      number: 1,
      state: "in_progress",
      started_at: at(0),
      submitted_at: null,
      deadline_at: at(3600),
      message: "",
      result: { available: false, available_reason: "not_marked", available_at: null, scaled: null, passed: null, label: null },
    },
    token: "token",
    server_time: at(0),
    deadline_at: at(3600),
    section_deadline_at: null,
    state: "in_progress",
    grace_seconds: 30,
    navigation: "free",
    display: "item",
    paused: false,
    message: null,
    current_section: 0,
    open_positions: { first: 1, last: 4 },
    sections: [
      { index: 0, title: "One", instructions_html: "", time_limit_seconds: null, first: 1, last: 2 },
      { index: 1, title: "Two", instructions_html: "", time_limit_seconds: null, first: 3, last: 4 },
    ],
    stimuli: {},
    items: [1, 2, 3, 4].map((position) => ({
      position,
      slot: position,
      section: position < 3 ? 0 : 1,
      type: "single_choice",
      stimulus: null,
      stem_html: "",
      points: 1,
      question: { options: [] },
    })),
    responses: {},
    notes: {},
    notes_sequence: 0,
    ...change,
  };
}

async function open(change: Partial<Sitting> = {}): Promise<SittingSession> {
  const session = new SittingSession({
    sitting: sitting(change),
    fetch: fakeFetch,
    store: new MemoryStore(),
    documents,
    clock,
    monotonic: () => monotonic,
    renewToken: async () => sitting(change),
    onNotice: (notice) => notices.push(notice),
  });
  await session.open();
  session.tick();
  await settle();
  return session;
}

async function pass(session: SittingSession, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    monotonic += 1000;
    session.tick();
    await clock.advance(1000);
  }
}

const said = (kind: SittingNotice["kind"]) => notices.filter((each) => each.kind === kind);
const sentTo = (verb: string) => calls.filter((each) => each.path.startsWith(verb));
const refusal = (status: number, code: string, members = {}) => () =>
  new Response(JSON.stringify({ title: code, status, code, ...members }), {
    status,
    headers: { "Content-Type": "application/problem+json" },
  });

beforeEach(() => {
  monotonic = 0;
  clock = new FakeClock();
  notices = [];
  calls = [];
  answers = {};
  isOffline = false;
  places = new Map();
});

describe("time", () => {
  it("is announced at 30, 10, 5 and 1 minutes and never else", async () => {
    const session = await open();
    await pass(session, 3590);
    expect(said("minutes_left")).toEqual(
      [30, 10, 5, 1].map((minutes) => ({ kind: "minutes_left", minutes, of: "attempt" })),
    );
  });

  it("is asked of the server every 30 seconds", async () => {
    const session = await open();
    await pass(session, 95);
    expect(sentTo("steps")).toHaveLength(3);
  });

  it("given by staff arrives with the next poll and is said once", async () => {
    const session = await open();
    answers.steps = () => Response.json(now({ deadline_at: at(4200) }));
    await pass(session, 65);
    expect(session.state().deadlineAt).toBe(at(4200));
    expect(said("more_time")).toEqual([{ kind: "more_time", seconds: 600 }]);
  });

  it("given by staff arrives with the next saved answer, too", async () => {
    const session = await open();
    answers.responses = () => Response.json({ saved: true, sequence: 1, ...now({ deadline_at: at(4200) }) });
    session.saver.answer("1", { choice: "a" });
    await settle();
    expect(said("more_time")).toHaveLength(1);
  });

  it("that is up sends what is typed and hands in", async () => {
    const session = await open({ deadline_at: at(10) });
    answers.responses = () => Response.json({ saved: true, sequence: 1, ...now({ deadline_at: at(10) }) });
    answers.steps = () => Response.json(now({ deadline_at: at(10) }));
    await pass(session, 9);
    session.saver.answer("1", { text: "last words" }, "typing");
    await pass(session, 2);
    expect(sentTo("responses")[0]?.body).toMatchObject({ answer: { text: "last words" } });
    expect(session.state().ended).toMatchObject({ kind: "time_up", answered: 1, total: 4 });
  });

  it("that is up while offline keeps trying until it is handed in", async () => {
    const session = await open({ deadline_at: at(5) });
    isOffline = true;
    session.saver.answer("1", { choice: "a" });
    await settle();
    await pass(session, 20);
    expect(session.state().phase).toBe("finishing");
    isOffline = false;
    await pass(session, 10);
    expect(session.state().ended).toMatchObject({ kind: "time_up" });
  });
});

describe("sections", () => {
  const timed: Partial<Sitting> = { section_deadline_at: at(5), open_positions: { first: 1, last: 2 } };
  const second = { current_section: 1, open_positions: { first: 3, last: 4 }, section_deadline_at: at(600) };

  it("close when their time is over and the next one opens", async () => {
    const session = await open(timed);
    answers.section = () => Response.json(now(second));
    await pass(session, 6);
    expect(sentTo("section/").map((each) => each.body)).toEqual([{ section: 0 }]);
    expect(session.state()).toMatchObject({ section: 1, position: 3, open: { first: 3, last: 4 } });
    expect(said("section_over")).toEqual([{ kind: "section_over", section: 0 }]);
  });

  it("are followed when the server moved on by itself", async () => {
    const session = await open(timed);
    answers.steps = () => Response.json(now(second));
    await session.poll();
    expect(session.state()).toMatchObject({ section: 1, position: 3 });
  });

  it("end the exam with the last one", async () => {
    const session = await open({ ...timed, current_section: 1, open_positions: { first: 3, last: 4 } });
    await pass(session, 6);
    expect(session.state().ended).toMatchObject({ kind: "time_up" });
  });
});

describe("moving", () => {
  it("is free within what is open and remembered on this device", async () => {
    const session = await open();
    await session.go(4);
    expect(session.state().position).toBe(4);
    expect(sentTo("position")).toHaveLength(0);
    const again = await open();
    expect(again.state().position).toBe(4);
  });

  it("in a linear exam waits for the server, because it closes what is behind", async () => {
    answers.position = () => Response.json(now({ open_positions: { first: 2, last: 2 } }));
    const session = await open({ navigation: "linear", open_positions: { first: 1, last: 1 } });
    session.saver.answer("1", { text: "typed" }, "typing");
    await session.go(2);
    expect(calls.map((each) => each.path)).toEqual(["responses/1/", "position/"]);
    expect(session.state()).toMatchObject({ position: 2, open: { first: 2, last: 2 } });
    expect(session.canGo(1)).toBe(false);
  });

  it("in a linear exam stays where it is while offline", async () => {
    const session = await open({ navigation: "linear", open_positions: { first: 1, last: 1 } });
    isOffline = true;
    await expect(session.go(2)).rejects.toMatchObject({ code: "network" });
    expect(session.state().position).toBe(1);
  });

  it("reports the seconds of an item that is left without an answer", async () => {
    const session = await open();
    await pass(session, 12);
    await session.go(2);
    await pass(session, 6);
    expect(sentTo("responses/1/")[0]?.body).toMatchObject({ answer: null, seconds: 12 });
  });

  it("counts no seconds while the window is away", async () => {
    const session = await open();
    session.setAway(true);
    await pass(session, 20);
    session.setAway(false);
    await pass(session, 3);
    session.saver.answer("1", { choice: "a" });
    session.spendNow();
    expect(session.saver.response("1").seconds).toBe(3);
  });
});

describe("the end", () => {
  it("by the person hands in only when everything has arrived", async () => {
    const session = await open();
    isOffline = true;
    session.saver.answer("1", { choice: "a" });
    expect(await session.finish("submitted")).toBe(false);
    expect(session.state().phase).toBe("running");
    isOffline = false;
    expect(await session.finish("submitted")).toBe(true);
    expect(calls.map((each) => each.path)).toEqual(["responses/1/", "submission/"]);
    expect(session.state().ended).toMatchObject({ kind: "submitted", answered: 1, total: 4 });
  });

  it("by staff is told with what was saved", async () => {
    const session = await open();
    session.saver.answer("1", { choice: "a" });
    await settle();
    answers.steps = () => Response.json(now({ state: "terminated" }));
    await session.poll();
    expect(session.state().ended).toMatchObject({ kind: "closed", state: "terminated", saved: 1, given: 1 });
  });

  it("is told with its moment when the server refuses the poll", async () => {
    const session = await open();
    answers.steps = refusal(409, "attempt_closed", { closed_at: at(1800), state: "expired" });
    await session.poll();
    expect(session.state().ended).toMatchObject({ kind: "closed", closedAt: at(1800), state: "expired" });
  });

  it("does not come while the exam is paused, and the pause itself gives no time", async () => {
    const session = await open({ deadline_at: at(20) });
    answers.steps = () => Response.json(now({ deadline_at: at(20), paused: true }));
    await session.poll();
    expect(session.state().isPaused).toBe(true);
    await pass(session, 30);
    expect(session.state().phase).toBe("running");
    answers.steps = () => Response.json(now({ deadline_at: at(60) }));
    await session.poll();
    expect(session.state().isPaused).toBe(false);
    expect(notices.map((each) => each.kind)).toEqual(["paused", "resumed"]);
  });
});
