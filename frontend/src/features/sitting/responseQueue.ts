import type { Pending, QueueStore } from "./saving";

export interface QueuedResponse extends Pending {
  dueAt: number;
  /** When the typing that this answer is part of began. */
  typingSince: number | null;
  /** Came from the store: given before this page was opened. */
  isRestored: boolean;
  /** Waited through at least one failed try. */
  hasFailed: boolean;
}

/** The answers on their way: the last one per slot, each with its sequence, every change mirrored in the store. */
export class ResponseQueue {
  readonly #attempt: string;
  readonly #store: QueueStore;
  readonly #entries = new Map<string, QueuedResponse>();
  readonly #onTrouble: () => void;
  #counter = 0;
  #writing: Promise<void> = Promise.resolve();
  isKept = true;

  constructor(attempt: string, store: QueueStore, onTrouble: () => void) {
    this.#attempt = attempt;
    this.#store = store;
    this.#onTrouble = onTrouble;
  }

  startAbove(sequence: number): void {
    this.#counter = Math.max(this.#counter, sequence);
  }

  /** Reads back what an earlier page could not send. Answers given since this page opened win over it. */
  async restore(): Promise<QueuedResponse[]> {
    let kept: Pending[] = [];
    try {
      kept = await this.#store.load(this.#attempt);
    } catch {
      this.isKept = false;
    }
    const restored: QueuedResponse[] = [];
    for (const each of kept.toSorted((a, b) => a.sequence - b.sequence)) {
      if (this.#entries.has(each.slot)) continue;
      this.startAbove(each.sequence);
      const entry = { ...each, dueAt: 0, typingSince: null, isRestored: true, hasFailed: false };
      this.#entries.set(each.slot, entry);
      restored.push(entry);
    }
    return restored;
  }

  get(slot: string): QueuedResponse | undefined {
    return this.#entries.get(slot);
  }

  add(response: Omit<Pending, "sequence">, dueAt: number, typingSince: number | null = null): void {
    this.#counter += 1;
    this.#set({ ...response, sequence: this.#counter, dueAt, typingSince, isRestored: false, hasFailed: false });
  }

  update(slot: string, change: Partial<QueuedResponse>): void {
    const entry = this.#entries.get(slot);
    if (entry) this.#set({ ...entry, ...change });
  }

  /** The same answer once more, above everything the server has. */
  renumber(slot: string): void {
    this.#counter += 1;
    this.update(slot, { sequence: this.#counter, dueAt: 0 });
  }

  /** The next to send: everything older than a due answer goes before it. */
  next(now: number): QueuedResponse | undefined {
    const inOrder = this.inOrder();
    return inOrder.some((each) => each.dueAt <= now) ? inOrder[0] : undefined;
  }

  inOrder(): QueuedResponse[] {
    return [...this.#entries.values()].toSorted((a, b) => a.sequence - b.sequence);
  }

  earliestDue(): number | null {
    return this.#entries.size === 0 ? null : Math.min(...[...this.#entries.values()].map((each) => each.dueAt));
  }

  unsaved(): number {
    return [...this.#entries.values()].filter((each) => each.kind === "answer").length;
  }

  markFailed(): void {
    for (const [slot, entry] of this.#entries) this.#entries.set(slot, { ...entry, hasFailed: true });
  }

  /** Forgets an entry unless something newer took its place meanwhile; false if so. */
  acknowledge(entry: QueuedResponse): boolean {
    if (this.#entries.get(entry.slot)?.sequence !== entry.sequence) return false;
    this.drop(entry.slot);
    return true;
  }

  drop(slot: string): void {
    this.#entries.delete(slot);
    this.#write(() => this.#store.remove(this.#attempt, slot));
  }

  async clear(): Promise<void> {
    this.#entries.clear();
    this.#write(() => this.#store.clear(this.#attempt));
    await this.#writing;
  }

  #set(entry: QueuedResponse): void {
    this.#entries.set(entry.slot, entry);
    const { slot, sequence, answer, flagged, seconds, answeredAt, kind } = entry;
    this.#write(() => this.#store.put(this.#attempt, { slot, sequence, answer, flagged, seconds, answeredAt, kind }));
  }

  /** One after the other: a removal must not overtake the write before it. */
  #write(operation: () => Promise<void>): void {
    this.#writing = this.#writing.then(operation).catch(() => {
      this.isKept = false;
      this.#onTrouble();
    });
  }
}
