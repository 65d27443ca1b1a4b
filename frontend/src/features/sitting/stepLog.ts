import type { Step, StepKind } from "../../api/types";

const MOST_PER_REQUEST = 50;
/** Beyond this, e.g. after hours offline, the oldest go: the log helps, it does not decide anything. */
const MOST_KEPT = 500;

/** What happened around the answers (an item seen, the window left), waiting for the next poll of the clock. */
export class StepLog {
  #steps: Step[] = [];

  record(kind: StepKind, slot: number | null, at: number, detail?: string): void {
    const step: Step = { kind, slot, at: new Date(at).toISOString() };
    if (detail) step.detail = detail.slice(0, 200);
    this.#steps = [...this.#steps, step].slice(-MOST_KEPT);
  }

  get waiting(): number {
    return this.#steps.length;
  }

  /** The next batch; put it back with `restore` if it did not arrive. */
  take(): Step[] {
    return this.#steps.splice(0, MOST_PER_REQUEST);
  }

  restore(steps: Step[]): void {
    this.#steps = [...steps, ...this.#steps].slice(-MOST_KEPT);
  }
}
