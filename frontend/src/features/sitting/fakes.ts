/** Stand-ins for tests of the sitting: a clock moved by hand, a store in memory, a server that can fail in every way. */
import type { Answer } from "../../api/types";
import type { Pending, QueueStore, SaverClock } from "./saving";

export class FakeClock implements SaverClock {
  #now = 1_800_000_000_000;
  #timers: { at: number; run: () => void }[] = [];

  now = () => this.#now;

  after = (ms: number, run: () => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  };

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settle();
    for (;;) {
      const next = this.#timers.filter((each) => each.at <= end).toSorted((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}

/** Lets every promise that can go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

export class MemoryStore implements QueueStore {
  readonly kept = new Map<string, Pending>();
  isBroken = false;

  load = async () => {
    if (this.isBroken) throw new Error("no storage");
    return [...this.kept.values()];
  };
  put = async (_attempt: string, entry: Pending) => {
    if (this.isBroken) throw new Error("no storage");
    this.kept.set(entry.slot, entry);
  };
  remove = async (_attempt: string, slot: string) => {
    this.kept.delete(slot);
  };
  clear = async () => {
    this.kept.clear();
  };
}

interface Stored {
  sequence: number;
  answer: Answer | null;
  flagged: boolean;
}

export type Weather = "fine" | "offline" | "silent" | "busy" | "portal" | "lost_acknowledgement";

/** Behaves as the contract says: strictly growing sequences per slot, repeats accepted, conflicts refused. */
export class FakeServer {
  readonly stored = new Map<string, Stored>();
  readonly received: (Stored & { slot: string; seconds: number; token: string })[] = [];
  weather: Weather = "fine";
  refuses: { status: number; code: string; [member: string]: unknown } | null = null;
  validToken = "first";
  tries = 0;
  inFlight = 0;
  mostInFlight = 0;

  fetch: typeof fetch = async (input, init) => {
    this.tries += 1;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      return await this.#answer(String(input), init ?? {});
    } finally {
      this.inFlight -= 1;
    }
  };

  async #answer(url: string, init: RequestInit): Promise<Response> {
    await Promise.resolve();
    if (this.weather === "offline") throw new TypeError("Failed to fetch");
    if (this.weather === "silent") {
      return new Promise((_, reject) => {
        init.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
      });
    }
    if (this.weather === "busy") return problem({ status: 503, code: "server_error" });
    if (this.weather === "portal") return new Response("<html>Welcome to our hotel</html>", { status: 200 });
    const token = new Headers(init.headers).get("Authorization")?.replace("Attempt ", "") ?? "";
    if (token !== this.validToken) return problem({ status: 401, code: "token_invalid" });
    const slot = /responses\/([^/]+)\//.exec(url)?.[1] ?? "";
    const body = JSON.parse(String(init.body)) as Stored & { seconds: number };
    this.received.push({ slot, token, ...body });
    if (this.refuses) return problem(this.refuses);
    const there = this.stored.get(slot);
    const isRepeat = there?.sequence === body.sequence && JSON.stringify(there.answer) === JSON.stringify(body.answer);
    if (there && there.sequence >= body.sequence && !isRepeat) {
      return problem({ status: 409, code: "stale_sequence", ...there, server_time: "2026-11-21T10:00:00Z", deadline_at: null });
    }
    this.stored.set(slot, { sequence: body.sequence, answer: body.answer, flagged: body.flagged });
    if (this.weather === "lost_acknowledgement") throw new TypeError("Failed to fetch");
    return Response.json({
      saved: true,
      slot,
      sequence: body.sequence,
      server_time: "2026-11-21T10:00:00Z",
      deadline_at: "2026-11-21T11:00:00Z",
      section_deadline_at: null,
      state: "in_progress",
    });
  }
}

function problem(body: { status: number; code: string; [member: string]: unknown }): Response {
  return new Response(JSON.stringify({ title: body.code, ...body }), {
    status: body.status,
    headers: { "Content-Type": "application/problem+json" },
  });
}
