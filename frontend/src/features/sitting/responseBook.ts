import type { Answer, ResponseOut } from "../../api/types";
import { sameAnswer } from "./answers";
import type { LocalResponse } from "./saving";

const NOTHING: LocalResponse = { answer: null, flagged: false, seconds: 0, seen: false };

/** What the person sees, what the server is known to have, and what it would not take. */
export class ResponseBook {
  readonly #shown = new Map<string, LocalResponse>();
  readonly #acknowledged = new Map<string, LocalResponse>();
  readonly #refused = new Map<string, string>();

  load(stored: Record<string, ResponseOut>): void {
    for (const [slot, { answer, flagged, seconds, seen }] of Object.entries(stored)) {
      this.agree(slot, { answer, flagged, seconds, seen });
    }
  }

  shown(slot: string): LocalResponse {
    return this.#shown.get(slot) ?? NOTHING;
  }

  acknowledged(slot: string): LocalResponse {
    return this.#acknowledged.get(slot) ?? NOTHING;
  }

  show(slot: string, change: Partial<LocalResponse>): void {
    this.#shown.set(slot, { ...this.shown(slot), ...change });
  }

  /** The server has exactly this, while something newer may already be shown. */
  acknowledge(slot: string, response: { answer: Answer | null; flagged: boolean; seconds: number }): void {
    const { answer, flagged, seconds } = response;
    this.#acknowledged.set(slot, { answer, flagged, seconds, seen: true });
  }

  /** The server has this, and it is what is shown. */
  agree(slot: string, response: LocalResponse): void {
    this.#shown.set(slot, response);
    this.#acknowledged.set(slot, response);
  }

  /** Back to what the server has. */
  revert(slot: string): void {
    this.#shown.set(slot, this.acknowledged(slot));
  }

  refuse(slot: string, detail: string): void {
    this.#refused.set(slot, detail);
  }

  forgive(slot: string): void {
    this.#refused.delete(slot);
  }

  get refusals(): number {
    return this.#refused.size;
  }

  get hasSavedAnswers(): boolean {
    return [...this.#acknowledged.values()].some(({ answer }) => answer !== null);
  }

  /** Of the answers shown, how many the server has. */
  count(): { saved: number; given: number } {
    const given = [...this.#shown].filter(([, { answer }]) => answer !== null);
    const saved = given.filter(([slot, { answer }]) => sameAnswer(this.acknowledged(slot).answer, answer));
    return { saved: saved.length, given: given.length };
  }

  /** Copies, so that whoever looks can tell by identity whether something changed. */
  look(): { responses: ReadonlyMap<string, LocalResponse>; refused: ReadonlyMap<string, string> } {
    return { responses: new Map(this.#shown), refused: new Map(this.#refused) };
  }
}
