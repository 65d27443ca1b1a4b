import { isProblem } from "../../api/problem";
import type { DocumentStore } from "./deviceStore";
import type { SaverClock } from "./saving";
import type { SittingApi } from "./sittingApi";

const PAUSE_MS = 2_000;
const TRY_AGAIN_MS = 20_000;

export interface Highlight {
  /** Offsets into the text of the passage, without markup. */
  start: number;
  end: number;
}

export interface Notes {
  sequence: number;
  highlights: Record<string, Highlight[]>;
  strikes: Record<string, string[]>;
}

interface NotesOptions {
  attempt: string;
  api: SittingApi;
  documents: DocumentStore;
  clock: SaverClock;
}

const EMPTY: Notes = { sequence: 0, highlights: {}, strikes: {} };

/** The person's own marks. They help and decide nothing, so they are kept quietly: on the device at once, on the server soon. */
export class NotesKeeper {
  readonly #options: NotesOptions;
  readonly #listeners = new Set<() => void>();
  #notes: Notes = EMPTY;
  #cancel: (() => void) | null = null;

  constructor(options: NotesOptions) {
    this.#options = options;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  snapshot = (): Notes => this.#notes;

  /** The later of what the server and this device have. */
  async open(stored: Record<string, unknown>, sequence: number): Promise<void> {
    const there: Notes = { ...EMPTY, ...stored, sequence };
    const here = await this.#options.documents.read<Notes>(this.#key()).catch(() => undefined);
    this.#set(here && here.sequence > there.sequence ? here : there);
  }

  highlight(stimulus: string, highlights: Highlight[]): void {
    this.#change({ highlights: { ...this.#notes.highlights, [stimulus]: highlights } });
  }

  strike(slot: string, option: string): void {
    const before = this.#notes.strikes[slot] ?? [];
    const after = before.includes(option) ? before.filter((each) => each !== option) : [...before, option];
    this.#change({ strikes: { ...this.#notes.strikes, [slot]: after } });
  }

  stop(): void {
    this.#cancel?.();
    this.#listeners.clear();
  }

  #change(change: Partial<Notes>): void {
    this.#set({ ...this.#notes, ...change, sequence: this.#notes.sequence + 1 });
    void this.#options.documents.write(this.#key(), this.#notes).catch(() => undefined);
    this.#sendAfter(PAUSE_MS);
  }

  #sendAfter(ms: number): void {
    this.#cancel?.();
    this.#cancel = this.#options.clock.after(ms, () => void this.#send());
  }

  async #send(): Promise<void> {
    const { sequence, highlights, strikes } = this.#notes;
    try {
      await this.#options.api.send("PUT", "notes/", { sequence, notes: { highlights, strikes } });
    } catch (error) {
      if (isProblem(error, "stale_sequence")) {
        // Another device wrote marks; these are the later ones.
        const theirs = Number(error.members.sequence) || sequence;
        this.#set({ ...this.#notes, sequence: Math.max(theirs, sequence) + 1 });
        this.#sendAfter(PAUSE_MS);
      } else if (isProblem(error) && (error.isUnreachable || error.status >= 500)) {
        this.#sendAfter(TRY_AGAIN_MS);
      }
    }
  }

  #key(): string {
    return `notes/${this.#options.attempt}`;
  }

  #set(notes: Notes): void {
    this.#notes = notes;
    for (const listener of this.#listeners) listener();
  }
}

/** The union of what was marked and a new stretch; a stretch inside a mark takes it away instead. */
export function toggleHighlight(marked: Highlight[], stretch: Highlight): Highlight[] {
  const isInside = marked.some((each) => each.start <= stretch.start && each.end >= stretch.end);
  if (isInside) {
    return marked.flatMap((each) => {
      if (each.end <= stretch.start || each.start >= stretch.end) return [each];
      const parts = [
        { start: each.start, end: stretch.start },
        { start: stretch.end, end: each.end },
      ];
      return parts.filter((part) => part.end > part.start);
    });
  }
  const merged: Highlight[] = [];
  for (const each of [...marked, stretch].toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && each.start <= last.end) last.end = Math.max(last.end, each.end);
    else merged.push({ ...each });
  }
  return merged;
}
