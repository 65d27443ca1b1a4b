import { isProblem } from "../../api/problem";
import type { AttemptState, ClockOut, PositionOut, SectionOut, Sitting, StepKind, SubmissionOut } from "../../api/types";
import { ItemTime } from "./itemTime";
import { closingOf, sittingLane } from "./responseSender";
import { Saver } from "./saver";
import { firstPosition, isWithin } from "./screens";
import { stateOf, type Ended, type SessionOptions, type SessionState } from "./sessionState";
import { crossedMark, ServerClock } from "./serverClock";
import { SittingApi } from "./sittingApi";
import { StepLog } from "./stepLog";

const POLL_MS = 30_000;
const PAUSED_POLL_MS = 10_000;
const TRY_AGAIN_MS = 5_000;
/** A later deadline by less than this is rounding, not a grant. */
const GRANT_SECONDS = 30;
const RUNNING: ReadonlySet<AttemptState> = new Set(["created", "in_progress", "paused"]);

/** One person's exam on one page: where they are, how long they have, how it ends. Free of any framework. */
export class SittingSession {
  readonly sitting: Sitting;
  readonly saver: Saver;
  readonly api: SittingApi;
  readonly time: ServerClock;
  readonly #options: SessionOptions;
  readonly #steps = new StepLog();
  readonly #listeners = new Set<() => void>();
  readonly #monotonic: () => number;
  #state: SessionState;
  #lastPollAt: number;
  #isPolling = false;
  #lastSeconds: { attempt: number | null; section: number | null } = { attempt: null, section: null };
  readonly #itemTime: ItemTime;
  #isMoving = false;
  #sectionTryAt = 0;

  constructor(options: SessionOptions) {
    const { sitting } = options;
    this.#options = options;
    this.sitting = sitting;
    this.#monotonic = options.monotonic ?? (() => performance.now());
    this.time = new ServerClock(this.#monotonic);
    this.time.sync(sitting.server_time);
    const token = {
      current: sitting.token,
      renew: async () => {
        const fresh = await options.renewToken();
        token.current = fresh.token;
        this.#take(fresh);
        return fresh.token;
      },
    };
    const shared = { attempt: sitting.attempt.id, token, fetch: options.fetch };
    this.api = new SittingApi(shared);
    this.saver = new Saver({
      attempt: sitting.attempt.id,
      lane: sittingLane(shared),
      store: options.store,
      clock: options.clock,
      onClock: (clock, roundTripMs) => this.#take(clock, roundTripMs),
      onNotice: options.onNotice,
      onPaused: () => this.#setPaused(true),
    });
    this.saver.subscribe(() => this.#afterSaver());
    this.#state = stateOf(sitting);
    this.#lastPollAt = this.#monotonic();
    this.#itemTime = new ItemTime(this.#monotonic);
    if (!sitting.paused) return;
    this.saver.pause();
    this.#itemTime.setPaused(true);
  }

  async open(): Promise<void> {
    await this.saver.open(this.sitting.responses);
    const place = await this.#options.documents.read<number>(this.#placeKey()).catch(() => undefined);
    const position = firstPosition(this.sitting, place, this.saver.snapshot().responses);
    this.#arrive(position);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  state = (): SessionState => this.#state;

  secondsLeft(): { attempt: number | null; section: number | null } {
    return {
      attempt: this.time.secondsUntil(this.#state.deadlineAt),
      section: this.time.secondsUntil(this.#state.sectionDeadlineAt),
    };
  }

  record(kind: StepKind, detail?: string): void {
    this.#steps.record(kind, this.#slot(), this.time.now(), detail);
  }

  /** Called once a second: says the marks, ends what is over, asks the server's clock when it is time. */
  tick(): void {
    if (this.#state.phase === "ended") return;
    const left = this.secondsLeft();
    if (!this.#state.isPaused && this.#state.phase === "running") {
      for (const of of ["attempt", "section"] as const) {
        const minutes = crossedMark(this.#lastSeconds[of], left[of]);
        if (minutes !== null) this.#options.onNotice({ kind: "minutes_left", minutes, of });
      }
      if (left.attempt === 0) void this.finish("time_up");
      else if (left.section === 0) void this.#sectionOver();
    }
    this.#lastSeconds = left;
    const pause = this.#state.isPaused ? PAUSED_POLL_MS : POLL_MS;
    if (this.#monotonic() - this.#lastPollAt >= pause) void this.poll();
  }

  /** Brings the steps and fetches the clock: extra time, a pause, a message, the end. */
  async poll(): Promise<void> {
    if (this.#isPolling || this.#state.phase === "ended") return;
    this.#isPolling = true;
    this.#lastPollAt = this.#monotonic();
    const steps = this.#steps.take();
    try {
      const { data, roundTripMs } = await this.api.send<ClockOut>("POST", "steps/", { steps });
      this.#take(data, roundTripMs);
      this.saver.wake();
    } catch (error) {
      if (isProblem(error) && (error.isUnreachable || error.status >= 500 || error.status === 429)) this.#steps.restore(steps);
      this.#endedBy(error);
    } finally {
      this.#isPolling = false;
    }
  }

  /** Free exams: whatever is open. Linear ones: only the next of the same section, and never back. */
  canGo(position: number): boolean {
    if (this.sitting.navigation === "free") return isWithin(this.#state.open, position);
    const item = this.sitting.items.find((each) => each.position === position);
    return item?.section === this.#state.section && position > this.#state.position;
  }

  /** Moves to an item. Linear exams ask the server first, because moving on closes what is behind. */
  async go(position: number): Promise<void> {
    if (this.#state.phase !== "running" || !this.canGo(position) || position === this.#state.position) return;
    if (this.sitting.navigation === "free") {
      this.#arrive(position);
      return;
    }
    if (this.#isMoving) return;
    this.#isMoving = true;
    try {
      this.#leaveItem();
      await this.saver.drain();
      const { data, roundTripMs } = await this.api.send<PositionOut>("POST", "position/", { position });
      this.#take(data, roundTripMs);
      if (this.#state.position !== position) this.#arrive(position);
    } catch (error) {
      this.#endedBy(error);
      throw error;
    } finally {
      this.#isMoving = false;
    }
  }

  /** Closes a section for good and opens the next. */
  async leaveSection(section: number): Promise<void> {
    this.#leaveItem();
    await this.saver.drain();
    try {
      const { data, roundTripMs } = await this.api.send<SectionOut>("POST", "section/", { section });
      this.#take(data, roundTripMs);
      this.#lastSeconds = { ...this.#lastSeconds, section: null };
    } catch (error) {
      this.#endedBy(error);
      throw error;
    }
  }

  /** The item the person is working on, where several are shown at once. */
  attend(position: number): void {
    if (position === this.#state.position || this.sitting.navigation === "linear") return;
    this.#arrive(position);
  }

  /** Adds up the seconds on the current item; while the window is away or the exam is paused none are added. */
  spendNow(report = false): void {
    const elapsed = this.#itemTime.take();
    if (elapsed < 1) return;
    const slot = String(this.#slot());
    this.saver.spend(slot, this.saver.response(slot).seconds + elapsed, report);
  }

  setAway(isAway: boolean): void {
    if (isAway) this.spendNow();
    if (!this.#itemTime.setAway(isAway)) return;
    this.record(isAway ? "focus_lost" : "focus_gained");
    // A sleeping device stops the clock between the server's answers; ask at once on waking.
    if (!isAway) void this.poll();
  }

  setOnline(isOnline: boolean): void {
    this.record(isOnline ? "came_online" : "went_offline");
    if (!isOnline) return;
    this.saver.wake();
    void this.poll();
  }

  /** Sends what is queued and hands in. False when the server could not be reached; `time_up` then keeps trying. */
  async finish(why: "submitted" | "time_up"): Promise<boolean> {
    if (this.#state.phase === "ended" || (this.#state.phase === "finishing" && why === "submitted")) return true;
    if (this.#state.phase === "finishing" && this.#isMoving) return false;
    this.#isMoving = true;
    this.#set({ phase: "finishing" });
    this.spendNow();
    try {
      const isDrained = await this.saver.drain();
      if (this.state().ended) return true;
      if (!isDrained && why === "submitted" && this.saver.snapshot().pending > 0) {
        this.#set({ phase: "running" });
        return false;
      }
      const { data } = await this.api.send<SubmissionOut>("POST", "submission/", {});
      this.#end({ kind: why, answered: data.answered, total: data.total, submission: data });
      void this.saver.forget();
      return true;
    } catch (error) {
      if (this.#endedBy(error)) return true;
      if (why === "submitted") {
        this.#set({ phase: "running" });
        throw error;
      }
      this.#options.clock.after(TRY_AGAIN_MS, () => void this.finish("time_up"));
      return false;
    } finally {
      this.#isMoving = false;
    }
  }

  stop(): void {
    this.#listeners.clear();
    this.saver.stop();
  }

  #arrive(position: number): void {
    this.#leaveItem();
    this.#set({ position });
    this.#itemTime.restart();
    this.record("viewed");
    this.saver.see(String(this.#slot()));
    void this.#options.documents.write(this.#placeKey(), position).catch(() => undefined);
  }

  #leaveItem(): void {
    this.spendNow(true);
  }

  async #sectionOver(): Promise<void> {
    if (this.#isMoving || this.#monotonic() < this.#sectionTryAt) return;
    const over = this.#state.section;
    if (over === this.sitting.sections.at(-1)?.index) {
      await this.finish("time_up");
      return;
    }
    this.#isMoving = true;
    try {
      await this.leaveSection(over);
      this.#options.onNotice({ kind: "section_over", section: over });
    } catch {
      // Offline: a later tick tries again; the server closed the section at its time anyway.
      this.#sectionTryAt = this.#monotonic() + TRY_AGAIN_MS;
    } finally {
      this.#isMoving = false;
    }
  }

  /** Whatever the server says about time and place, in any of its answers. */
  #take(clock: ClockOut, roundTripMs = 0): void {
    this.time.sync(clock.server_time, roundTripMs);
    const before = this.#state;
    const after = { ...before };
    if (clock.deadline_at !== undefined) after.deadlineAt = clock.deadline_at;
    if (clock.section_deadline_at !== undefined) after.sectionDeadlineAt = clock.section_deadline_at;
    if (clock.message !== undefined) after.message = clock.message;
    if (clock.current_section !== undefined) after.section = clock.current_section;
    const { open_positions: open } = clock;
    if (open && (open.first !== before.open.first || open.last !== before.open.last)) after.open = open;
    if ((Object.keys(after) as (keyof SessionState)[]).some((key) => after[key] !== before[key])) this.#set(after);
    if (!isWithin(after.open, after.position)) this.#arrive(after.open.first);
    this.#sayGrant(before.deadlineAt, after.deadlineAt);
    if (clock.paused !== undefined) this.#setPaused(clock.paused);
    if (clock.state && !RUNNING.has(clock.state) && this.#state.phase === "running") {
      this.saver.close({ closedAt: null, state: clock.state });
    }
  }

  #sayGrant(before: string | null, after: string | null): void {
    // The end of a pause moves the deadline, too, but gives nothing.
    if (before === null || after === null || this.#state.isPaused) return;
    const seconds = Math.round((Date.parse(after) - Date.parse(before)) / 1000);
    if (seconds >= GRANT_SECONDS) this.#options.onNotice({ kind: "more_time", seconds });
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused === this.#state.isPaused) return;
    if (isPaused) this.spendNow();
    this.#itemTime.setPaused(isPaused);
    this.#set({ isPaused });
    this.#options.onNotice({ kind: isPaused ? "paused" : "resumed" });
    if (isPaused) this.saver.pause();
    else this.saver.resume();
  }

  #endedBy(error: unknown): boolean {
    if (isProblem(error, "attempt_closed")) this.saver.close(closingOf(error));
    if (isProblem(error, "attempt_paused")) this.#setPaused(true);
    return this.#state.phase === "ended";
  }

  #afterSaver(): void {
    const { closing } = this.saver.snapshot();
    if (closing && this.#state.phase !== "ended") this.#end({ kind: "closed", ...closing });
  }

  #end(ended: Ended): void {
    this.#set({ phase: "ended", ended });
    void this.#options.documents.remove(this.#placeKey()).catch(() => undefined);
  }

  #slot(): number {
    return this.sitting.items.find((item) => item.position === this.#state.position)?.slot ?? 0;
  }

  #placeKey(): string {
    return `place/${this.sitting.attempt.id}`;
  }

  #set(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}
