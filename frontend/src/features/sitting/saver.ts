import { isProblem } from "../../api/problem";
import type { Answer, ResponseOut } from "../../api/types";
import { sameAnswer } from "./answers";
import { ResponseBook } from "./responseBook";
import { ResponseQueue, type QueuedResponse } from "./responseQueue";
import { closingOf, sendResponse } from "./responseSender";
import type { Closing, LocalResponse, SaverOptions, SaverSnapshot, SaveStatus } from "./saving";

export const TYPING_PAUSE_MS = 600;
const TYPING_LIMIT_MS = 5_000;
const TIME_REPORT_MS = 5_000;
/** An answer sent within this long of being given is newer than anything the server already had. */
const LIVE_MS = 10_000;
const BACK_OFF_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 30_000];

type Trouble = "offline" | "server" | "signed_out";
type Outcome = "next" | "stop";

/**
 * Brings every answer to the server, in the order in which they were given, once, whatever the network does.
 * Knows nothing of screens: it is given lane, storage and clock, and tells what is true through snapshots.
 */
export class Saver {
  readonly #options: SaverOptions;
  readonly #queue: ResponseQueue;
  readonly #listeners = new Set<() => void>();
  readonly #book = new ResponseBook();
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  #sendsAll = false;
  #trouble: Trouble | null = null;
  #failures = 0;
  #renewals = 0;
  #isPaused = false;
  #closing: Closing | null = null;
  #snapshot: SaverSnapshot;

  constructor(options: SaverOptions) {
    this.#options = options;
    this.#queue = new ResponseQueue(options.attempt, options.store, () => this.#changed());
    this.#snapshot = this.#look();
  }

  /** Takes what the server has and puts what this device still holds on top of it; then begins to send. */
  async open(stored: Record<string, ResponseOut>): Promise<void> {
    this.#book.load(stored);
    for (const { sequence } of Object.values(stored)) this.#queue.startAbove(sequence);
    for (const kept of await this.#queue.restore()) {
      const there = stored[kept.slot];
      const isThere = there && sameAnswer(there.answer, kept.answer) && there.flagged === kept.flagged;
      if (isThere) this.#queue.drop(kept.slot);
      else this.#book.show(kept.slot, { answer: kept.answer, flagged: kept.flagged, seconds: kept.seconds });
    }
    this.#changed();
    this.#schedule();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): SaverSnapshot => this.#snapshot;

  response(slot: string): LocalResponse {
    return this.#book.shown(slot);
  }

  /** A choice goes at once; typing waits for a pause, though not for ever. What is said beside it may change with it. */
  answer(slot: string, answer: Answer | null, pace: "now" | "typing" = "now", flagged = this.response(slot).flagged): void {
    this.#change(slot, { answer, flagged }, pace);
  }

  flag(slot: string, flagged: boolean): void {
    this.#change(slot, { flagged }, "now");
  }

  see(slot: string): void {
    if (this.response(slot).seen) return;
    this.#book.show(slot, { seen: true });
    this.#changed();
  }

  /** Seconds spent on an item so far. They travel with the next answer; `report` sends them even without one. */
  spend(slot: string, seconds: number, report = false): void {
    if (this.#closing || seconds <= this.response(slot).seconds) return;
    this.#book.show(slot, { seconds, seen: true });
    const waiting = this.#queue.get(slot);
    if (waiting) this.#queue.update(slot, { seconds });
    else if (report && seconds > this.#book.acknowledged(slot).seconds) {
      const { answer, flagged } = this.response(slot);
      const now = this.#options.clock.now();
      this.#queue.add({ slot, answer, flagged, seconds, answeredAt: now, kind: "time" }, now + TIME_REPORT_MS);
      this.#schedule();
    }
  }

  /** The network is back, or something else gives reason to try now rather than later. */
  wake(): void {
    if (this.#trouble !== "server") this.#failures = 0;
    this.#sendsAll = true;
    void this.#run();
  }

  pause(): void {
    this.#isPaused = true;
    this.#changed();
  }

  resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#changed();
    this.wake();
  }

  /** Sends everything now; true when the server has all of it. */
  async drain(): Promise<boolean> {
    await this.#running;
    this.#sendsAll = true;
    await this.#run();
    return this.#queue.unsaved() === 0 && this.#book.refusals === 0;
  }

  /** The page is going away: one last try that outlives it. The queue stays, so a failure costs nothing. */
  sendOnLeave(): void {
    if (this.#closing || this.#isPaused) return;
    for (const entry of this.#queue.inOrder()) {
      void this.#options.lane.put(entry, { keepalive: true }).catch(() => undefined);
    }
  }

  /** The attempt is over, whoever said so. What was not sent stays on the device until `forget`. */
  close({ closedAt, state }: Pick<Closing, "closedAt" | "state">): void {
    if (this.#closing) return;
    this.#closing = { closedAt, state, ...this.#book.count() };
    this.#stopTimer();
    this.#changed();
  }

  async forget(): Promise<void> {
    await this.#queue.clear();
  }

  stop(): void {
    this.#stopTimer();
    this.#listeners.clear();
    this.#isPaused = true;
  }

  #change(slot: string, change: Partial<LocalResponse>, pace: "now" | "typing"): void {
    if (this.#closing) return;
    const before = this.response(slot);
    const after = { ...before, ...change, seen: true };
    if (sameAnswer(before.answer, after.answer) && before.flagged === after.flagged) return;
    this.#book.show(slot, after);
    this.#book.forgive(slot);
    const now = this.#options.clock.now();
    const since = this.#queue.get(slot)?.typingSince ?? now;
    const dueAt = pace === "now" ? now : Math.min(now + TYPING_PAUSE_MS, since + TYPING_LIMIT_MS);
    const { answer, flagged, seconds } = after;
    this.#queue.add({ slot, answer, flagged, seconds, answeredAt: now, kind: "answer" }, dueAt, since);
    this.#changed();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#running || this.#closing || this.#isPaused || this.#trouble) return;
    const dueAt = this.#queue.earliestDue();
    this.#stopTimer();
    if (dueAt === null) return;
    const wait = dueAt - this.#options.clock.now();
    if (wait <= 0) void this.#run();
    else this.#cancelTimer = this.#options.clock.after(wait, () => void this.#run());
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** One request at a time: order is worth more than speed, and a queue is short. */
  #run(): Promise<void> {
    if (this.#running) return this.#running;
    this.#stopTimer();
    this.#running = this.#sendDue().finally(() => {
      this.#running = null;
      this.#sendsAll = false;
      this.#changed();
      this.#schedule();
    });
    return this.#running;
  }

  async #sendDue(): Promise<void> {
    for (;;) {
      if (this.#closing || this.#isPaused) return;
      const entry = this.#queue.next(this.#sendsAll ? Infinity : this.#options.clock.now());
      if (!entry) return;
      if ((await this.#send(entry)) === "stop") return;
    }
  }

  async #send(entry: QueuedResponse): Promise<Outcome> {
    const delivery = await sendResponse(entry, this.#options.lane, this.#options.clock);
    if (delivery.kind === "unreachable") return this.#tryLater("offline");
    if (delivery.kind === "server_trouble") return this.#tryLater("server", delivery.waitMs);
    if (delivery.kind === "token_invalid") return this.#renew();
    this.#recovered();
    switch (delivery.kind) {
      case "saved":
        this.#acknowledge(entry);
        this.#options.onClock?.(delivery.clock, delivery.roundTripMs);
        return "next";
      case "stale":
        if (delivery.clock) this.#options.onClock?.(delivery.clock, 0);
        return this.#stale(entry, delivery.theirs);
      case "closed":
        this.close(delivery);
        return "stop";
      case "paused":
        this.pause();
        this.#options.onPaused?.();
        return "stop";
      case "section_closed":
        return this.#giveUp(entry, null);
      case "refused":
        return this.#giveUp(entry, delivery.detail);
    }
  }

  #acknowledge(entry: QueuedResponse): void {
    this.#book.acknowledge(entry.slot, entry);
    this.#queue.acknowledge(entry);
    this.#changed();
  }

  /** The server has a later answer. Mine counts only if it is surely the later thought; else theirs is shown and said. */
  #stale(sent: QueuedResponse, theirs: Pick<ResponseOut, "sequence" | "answer" | "flagged">): Outcome {
    const { slot } = sent;
    this.#queue.startAbove(theirs.sequence);
    const mine = this.#queue.get(slot) ?? sent;
    const wasChangedSince = mine.sequence !== sent.sequence;
    const isLive = !mine.isRestored && !mine.hasFailed && this.#options.clock.now() - mine.answeredAt < LIVE_MS;
    const isSame = sameAnswer(mine.answer, theirs.answer) && mine.flagged === theirs.flagged;
    if (!isSame && mine.kind === "answer" && (wasChangedSince || isLive)) {
      this.#queue.renumber(slot);
      return "next";
    }
    this.#book.agree(slot, { ...this.response(slot), answer: theirs.answer, flagged: theirs.flagged });
    this.#queue.drop(slot);
    this.#changed();
    if (!sameAnswer(mine.answer, theirs.answer)) {
      this.#options.onNotice?.({ kind: "answered_elsewhere", slot, mine: mine.answer });
    }
    return "next";
  }

  /** Sending it again would be refused again: the person is told, and "saved" is not claimed. */
  #giveUp(entry: QueuedResponse, detail: string | null): Outcome {
    const { slot } = entry;
    if (!this.#queue.acknowledge(entry) || entry.kind === "time") return "next";
    if (detail === null) {
      this.#book.revert(slot);
      this.#options.onNotice?.({ kind: "section_closed", slot });
    } else {
      this.#book.refuse(slot, detail);
      this.#options.onNotice?.({ kind: "refused", slot, detail });
    }
    this.#changed();
    return "next";
  }

  async #renew(): Promise<Outcome> {
    this.#renewals += 1;
    if (this.#renewals > 2) return this.#tryLater("server");
    try {
      await this.#options.lane.renew();
      return "next";
    } catch (error) {
      if (isProblem(error, "attempt_closed")) {
        this.close(closingOf(error));
        return "stop";
      }
      if (isProblem(error) && error.status === 401) return this.#tryLater("signed_out");
      return this.#tryLater(isProblem(error) && !error.isUnreachable ? "server" : "offline");
    }
  }

  #tryLater(trouble: Trouble, atLeastMs = 0): Outcome {
    this.#trouble = trouble;
    this.#queue.markFailed();
    const backOff = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#renewals = 0;
    // Spread, so that a class that lost its network together does not come back in one instant.
    const wait = Math.max(backOff * (0.75 + (this.#options.random ?? Math.random)() * 0.5), atLeastMs || 0);
    this.#stopTimer();
    this.#cancelTimer = this.#options.clock.after(wait, () => {
      this.#sendsAll = true;
      void this.#run();
    });
    this.#changed();
    return "stop";
  }

  #recovered(): void {
    this.#trouble = null;
    this.#failures = 0;
    this.#renewals = 0;
  }

  #changed(): void {
    this.#snapshot = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): SaverSnapshot {
    return {
      status: this.#status(),
      pending: this.#queue.unsaved(),
      ...this.#book.look(),
      closing: this.#closing,
      isKept: this.#queue.isKept,
    };
  }

  #status(): SaveStatus {
    if (this.#closing) return "closed";
    if (this.#queue.unsaved() > 0) {
      if (this.#isPaused) return "paused";
      if (this.#trouble) return this.#trouble === "server" ? "retrying" : this.#trouble;
      return "saving";
    }
    if (this.#book.refusals > 0) return "refused";
    return this.#book.hasSavedAnswers ? "saved" : "idle";
  }
}
