import { answerQuestion, type GivenAnswer, type PracticeDetail } from "../../api/practice";
import { isProblem } from "../../api/problem";

const TYPING_MS = 600;
const TRY_AGAIN_MS = 3_000;

export type QuizSaveState = "saved" | "saving" | "offline";

/** Sends the answers of a quiz one after the other, the latest of each question, until the server has every one. */
export class QuizSaver {
  readonly #detail: PracticeDetail;
  readonly #given: (position: number) => GivenAnswer;
  readonly #onState: (state: QuizSaveState) => void;
  readonly #onRefused: (error: unknown) => void;
  readonly #waiting = new Set<number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sending: Promise<void> | null = null;

  constructor(
    detail: PracticeDetail,
    given: (position: number) => GivenAnswer,
    onState: (state: QuizSaveState) => void,
    onRefused: (error: unknown) => void,
  ) {
    this.#detail = detail;
    this.#given = given;
    this.#onState = onState;
    this.#onRefused = onRefused;
  }

  changed(position: number, pace: "now" | "typing"): void {
    this.#waiting.add(position);
    this.#onState("saving");
    this.#after(pace === "typing" ? TYPING_MS : 0);
  }

  /** Resolves when everything is on the server; raises what keeps it from getting there. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#sending;
    await this.#sendAll();
  }

  /** The page is left: what waits is sent once more, and nobody is told what came of it. */
  leave(): void {
    void this.flush().catch(() => undefined);
  }

  #after(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#sending ??= this.#sendAll()
        .catch((error: unknown) => this.#failed(error))
        .finally(() => {
          this.#sending = null;
          if (this.#waiting.size > 0) this.#after(TRY_AGAIN_MS);
        });
    }, ms);
  }

  async #sendAll(): Promise<void> {
    for (let position = first(this.#waiting); position !== undefined; position = first(this.#waiting)) {
      this.#waiting.delete(position);
      try {
        await answerQuestion(this.#detail, position, this.#given(position));
      } catch (error) {
        if (isOnItsWay(error)) this.#waiting.add(position);
        throw error;
      }
    }
    this.#onState("saved");
  }

  #failed(error: unknown): void {
    if (isOnItsWay(error)) this.#onState("offline");
    else this.#onRefused(error);
  }
}

/** Nobody refused the answer; it may be sent again. */
function isOnItsWay(error: unknown): boolean {
  return !isProblem(error) || error.isUnreachable || error.status === 429 || error.status >= 500;
}

function first(positions: Set<number>): number | undefined {
  for (const position of positions) return position;
  return undefined;
}
