import { problemOf, unreachable } from "../../api/problem";
import type { SittingToken } from "./saving";

const ANSWER_LIMIT_MS = 15_000;

export interface SittingApiOptions {
  attempt: string;
  token: SittingToken;
  fetch: typeof fetch;
}

/** The verbs of a sitting, with the attempt's own token, renewed once where the server no longer takes it. */
export class SittingApi {
  readonly #options: SittingApiOptions;

  constructor(options: SittingApiOptions) {
    this.#options = options;
  }

  /** `path` is below /sittings/{attempt}/. Raises ProblemError. `roundTripMs` is for the clock. */
  async send<T>(method: "POST" | "PUT", path: string, body: unknown): Promise<{ data: T; roundTripMs: number }> {
    const startedAt = performance.now();
    let response = await this.#fetch(method, path, body);
    if (response.status === 401) {
      await this.#options.token.renew();
      response = await this.#fetch(method, path, body);
    }
    if (!response.ok) throw await problemOf(response);
    try {
      return { data: (await response.json()) as T, roundTripMs: performance.now() - startedAt };
    } catch {
      throw unreachable("network");
    }
  }

  async #fetch(method: string, path: string, body: unknown): Promise<Response> {
    try {
      return await this.#options.fetch(`/api/v1/sittings/${this.#options.attempt}/${path}`, {
        method,
        headers: { "Content-Type": "application/json", Authorization: `Attempt ${this.#options.token.current}` },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
    } catch {
      throw unreachable("network");
    }
  }
}
