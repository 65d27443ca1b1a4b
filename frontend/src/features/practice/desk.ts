import type { PracticeItem } from "../../api/practice";
import type { Answer } from "../../api/types";
import type { Highlight, Notes } from "../sitting/notes";
import type { LocalResponse, SaverSnapshot } from "../sitting/saving";
import type { Desk } from "../sitting/sittingContext";

const NOTHING: LocalResponse = { answer: null, flagged: false, seconds: 0, seen: false };

class Listeners {
  readonly #listeners = new Set<() => void>();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Answers that are thought over and were not given yet; they live in this window alone. */
export class PracticeDesk implements Desk {
  readonly #listeners = new Listeners();
  #snapshot: SaverSnapshot;

  constructor(items: Pick<PracticeItem, "slot" | "answer" | "seconds">[]) {
    this.#snapshot = {
      status: "idle",
      pending: 0,
      responses: new Map(items.map((item) => [String(item.slot), { ...NOTHING, answer: item.answer, seconds: item.seconds }])),
      refused: new Map(),
      closing: null,
      isKept: false,
    };
  }

  attend = (): void => undefined;
  spendNow = (): void => undefined;

  readonly saver: Desk["saver"] = {
    subscribe: this.#listeners.subscribe,
    snapshot: () => this.#snapshot,
    response: (slot) => this.#snapshot.responses.get(slot) ?? NOTHING,
    answer: (slot, answer) => this.#put(slot, answer),
    flag: () => undefined,
  };

  #put(slot: string, answer: Answer | null): void {
    const responses = new Map(this.#snapshot.responses).set(slot, { ...this.saver.response(slot), answer });
    this.#snapshot = { ...this.#snapshot, responses };
    this.#listeners.tell();
  }
}

/** What was struck out or marked in the text; it lasts as long as the page. */
export class PracticeMarks {
  readonly #listeners = new Listeners();
  #notes: Notes = { sequence: 0, highlights: {}, strikes: {} };

  subscribe = this.#listeners.subscribe;
  snapshot = (): Notes => this.#notes;

  highlight = (stimulus: string, highlights: Highlight[]): void => {
    this.#set({ ...this.#notes, highlights: { ...this.#notes.highlights, [stimulus]: highlights } });
  };

  strike = (slot: string, option: string): void => {
    const before = this.#notes.strikes[slot] ?? [];
    const after = before.includes(option) ? before.filter((each) => each !== option) : [...before, option];
    this.#set({ ...this.#notes, strikes: { ...this.#notes.strikes, [slot]: after } });
  };

  #set(notes: Notes): void {
    this.#notes = notes;
    this.#listeners.tell();
  }
}
