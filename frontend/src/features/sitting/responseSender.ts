import { problemOf, type ProblemError } from "../../api/problem";
import type { AttemptState, ClockOut, ResponseOut } from "../../api/types";
import type { Pending, SaverClock, SittingToken } from "./saving";

const ANSWER_LIMIT_MS = 15_000;

/** Everything the server, or its absence, can say about one answer. */
export type Delivery =
  | { kind: "saved"; clock: ClockOut; roundTripMs: number }
  | { kind: "stale"; theirs: Pick<ResponseOut, "sequence" | "answer" | "flagged">; clock: ClockOut }
  | { kind: "closed"; closedAt: string | null; state: AttemptState | null }
  | { kind: "paused" }
  | { kind: "section_closed" }
  | { kind: "refused"; detail: string }
  | { kind: "token_invalid" }
  | { kind: "unreachable" }
  | { kind: "server_trouble"; waitMs: number };

export interface SenderOptions {
  attempt: string;
  token: SittingToken;
  fetch: typeof fetch;
  clock: SaverClock;
}

export function closingOf(problem: ProblemError): { closedAt: string | null; state: AttemptState | null } {
  const { closed_at: closedAt, state } = problem.members as { closed_at?: string; state?: AttemptState };
  return { closedAt: closedAt ?? null, state: state ?? null };
}

export async function sendResponse(entry: Pending, options: SenderOptions): Promise<Delivery> {
  const startedAt = options.clock.now();
  const giveUp = new AbortController();
  const cancel = options.clock.after(ANSWER_LIMIT_MS, () => giveUp.abort());
  try {
    const response = await putResponse(entry, options, { signal: giveUp.signal });
    if (!response.ok) return refusal(await problemOf(response), response);
    const body = (await response.json().catch(() => null)) as (ClockOut & { saved?: boolean }) | null;
    // Anybody can answer 200 (a hotel's sign-in page does); only our server says `saved`.
    if (body?.saved !== true) return { kind: "unreachable" };
    return { kind: "saved", clock: body, roundTripMs: options.clock.now() - startedAt };
  } catch {
    return { kind: "unreachable" };
  } finally {
    cancel();
  }
}

export function putResponse(entry: Pending, options: SenderOptions, init: RequestInit): Promise<Response> {
  const { slot, sequence, answer, flagged, seconds } = entry;
  return options.fetch(`/api/v1/sittings/${options.attempt}/responses/${slot}/`, {
    method: "PUT",
    headers: { "Content-Type": "application/json", Authorization: `Attempt ${options.token.current}` },
    body: JSON.stringify({ sequence, answer, flagged, seconds }),
    ...init,
  });
}

function refusal(problem: ProblemError, response: Response): Delivery {
  if (problem.status === 401) return { kind: "token_invalid" };
  if (problem.status >= 500 || problem.status === 429 || problem.status === 408) {
    return { kind: "server_trouble", waitMs: (Number(response.headers.get("Retry-After")) || 0) * 1000 };
  }
  switch (problem.code) {
    case "stale_sequence": {
      const members = problem.members as unknown as ResponseOut & ClockOut;
      return { kind: "stale", theirs: members, clock: members };
    }
    case "attempt_closed":
      return { kind: "closed", ...closingOf(problem) };
    case "attempt_paused":
      return { kind: "paused" };
    case "section_closed":
      return { kind: "section_closed" };
    default:
      return { kind: "refused", detail: problem.fields[0]?.detail ?? problem.message };
  }
}
