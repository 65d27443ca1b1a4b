import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { PracticeDetail, PracticeItem, Truth } from "../../api/practice";
import { FakeClock, MemoryStore, settle } from "../sitting/fakes";
import { Saver } from "../sitting/saver";
import type { SaverNotice } from "../sitting/saving";
import { handIn, practiceLane, storedOf, type OnTold } from "./answerSaver";

const TRUTH = { fraction: 1 } as Truth;
const item = (slot: number): PracticeItem => ({ slot, position: slot, sequence: 0, answer: null, is_guess: false, seconds: 0 }) as PracticeItem;
const detail = { session: { id: "quiz" }, token: "first", items: [item(1), item(2), item(3)] } as PracticeDetail;

let clock: FakeClock;
let store: MemoryStore;
let sent: { method: string; path: string; body: unknown; token: string }[];
let isOffline: boolean;
let answer: (path: string) => Response;
let notices: SaverNotice[];
const onTold = vi.fn<OnTold>();

const saved = (truth: Truth | null = null) => Response.json({ saved: true, position: 1, server_time: "2026-11-21T10:00:00Z", truth });
const refused = (status: number, code: string, members = {}) => Response.json({ title: code, status, code, ...members }, { status });
const positions = () => sent.filter((each) => each.method === "PUT").map((each) => each.path.split("/").at(-2));

/** A page opened on the same device; opening a second one is a reload. */
async function openPage(items = detail.items): Promise<Saver> {
  const saver = new Saver({
    attempt: "quiz",
    lane: practiceLane("harbour", detail, onTold),
    store,
    clock,
    random: () => 0.5,
    onNotice: (notice) => notices.push(notice),
  });
  await saver.open(storedOf(items));
  await settle();
  return saver;
}

beforeEach(() => {
  [clock, store, sent, notices, isOffline] = [new FakeClock(), new MemoryStore(), [], [], false];
  answer = () => saved();
  document.cookie = "csrftoken=token";
  vi.stubGlobal("fetch", async (path: string, init: RequestInit = {}) => {
    if (isOffline) throw new TypeError("no network");
    const token = new Headers(init.headers).get("Authorization") ?? "";
    sent.push({ method: init.method ?? "GET", path, body: init.body ? JSON.parse(String(init.body)) : null, token });
    return answer(path);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.clearAllMocks();
});

describe("answers of practice", () => {
  it("go to their question with the time and with what is guessed, and are saved when the server says so", async () => {
    const saver = await openPage();
    saver.spend("2", 7);
    saver.answer("2", { choice: "b" }, "now", true);
    expect(saver.snapshot().status).toBe("saving");
    await settle();
    expect(sent).toEqual([
      { method: "PUT", path: "/api/v1/sittings/quiz/answers/2/", body: { sequence: 1, answer: { choice: "b" }, seconds: 7, is_guess: true }, token: "Attempt first" },
    ]);
    expect(saver.snapshot().status).toBe("saved");
    expect(store.kept.size).toBe(0);
  });

  it("survive a reload without a network and go out in their order", async () => {
    isOffline = true;
    const before = await openPage();
    before.answer("3", { choice: "c" });
    before.answer("1", { choice: "a" });
    before.flag("1", true);
    await settle();
    expect(before.snapshot()).toMatchObject({ status: "offline", pending: 2 });
    before.stop();

    const after = await openPage();
    expect(after.response("1")).toMatchObject({ answer: { choice: "a" }, flagged: true });
    expect(after.snapshot()).toMatchObject({ status: "offline", pending: 2 });
    isOffline = false;
    after.wake();
    await settle();
    expect(positions()).toEqual(["3", "1"]);
    expect(after.snapshot()).toMatchObject({ status: "saved", pending: 0 });
  });

  it("are not sent again where only the acknowledgement was lost", async () => {
    isOffline = true;
    const before = await openPage();
    before.answer("1", { choice: "a" });
    await settle();
    before.stop();
    isOffline = false;
    const after = await openPage([{ ...item(1), answer: { choice: "a" } }, item(2)]);
    expect(after.snapshot().pending).toBe(0);
    expect(sent).toEqual([]);
  });

  it("give way to a newer one of another device, which is said", async () => {
    isOffline = true;
    const before = await openPage([{ ...item(1), sequence: 4, answer: { choice: "c" } }, item(2)]);
    before.answer("1", { choice: "a" });
    await settle();
    before.stop();
    isOffline = false;
    answer = () => refused(409, "stale_sequence", { sequence: 7, answer: { choice: "d" }, is_guess: true });
    const after = await openPage([{ ...item(1), sequence: 7, answer: { choice: "d" } }, item(2)]);
    expect(sent.map(({ body }) => (body as { sequence: number }).sequence)).toEqual([5]);
    expect(after.response("1")).toMatchObject({ answer: { choice: "d" }, flagged: true });
    expect(notices).toEqual([{ kind: "answered_elsewhere", slot: "1", mine: { choice: "a" } }]);
    expect(after.snapshot().pending).toBe(0);
  });

  it("are all there before a session is handed in", async () => {
    isOffline = true;
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    expect(await handIn(saver, "harbour", "quiz")).toBeNull();
    isOffline = false;
    answer = (path) => (path.endsWith("submission/") ? Response.json({ session: { state: "finished" } }) : saved());
    expect(await handIn(saver, "harbour", "quiz")).toEqual({ session: { state: "finished" } });
    expect(sent.map(({ method, path }) => `${method} ${path.split("/").at(-2)}`)).toEqual(["PUT 1", "POST submission"]);
  });

  it("close with the session, and what came too late stays on the device", async () => {
    answer = () => refused(409, "practice_over", { finished_at: "2026-11-21T10:00:00Z" });
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot().closing).toMatchObject({ closedAt: "2026-11-21T10:00:00Z", saved: 0, given: 1 });
    expect(store.kept.size).toBe(1);
  });

  it("take a fresh token where theirs has run out", async () => {
    answer = (path) => (path.includes("/practice/sessions/") ? Response.json({ ...detail, token: "second" }) : tokenIs("Attempt second"));
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.snapshot().status).toBe("saved");
  });
});

describe("answers of study", () => {
  it("are told as soon as they arrive", async () => {
    answer = () => saved(TRUTH);
    const saver = await openPage();
    saver.answer("2", { choice: "b" }, "now", true);
    expect(await saver.drain()).toBe(true);
    expect(onTold).toHaveBeenCalledWith(2, { answer: { choice: "b" }, is_guess: true, truth: TRUTH });
  });

  it("give way to one that another device gave first", async () => {
    answer = () => refused(409, "already_answered", { answer: { choice: "b" } });
    const saver = await openPage();
    saver.answer("1", { choice: "a" });
    await settle();
    expect(saver.response("1").answer).toBeNull();
    expect(notices).toEqual([{ kind: "section_closed", slot: "1" }]);
    expect(store.kept.size).toBe(0);
  });
});

function tokenIs(token: string): Response {
  return sent.at(-1)?.token === token ? saved() : refused(401, "token_invalid");
}
