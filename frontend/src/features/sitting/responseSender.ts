import { problemOf, type ProblemError } from "../../api/problem";
import type { AttemptState, ClockOut, ResponseOut } from "../../api/types";
import type { Lane, Pending, SaverClock } from "./saving";
import type { SittingApiOptions } from "./sittingApi";

const ANSWER_LIMIT_MS = 15_000;

/** Everything the server, or its absence, can say about one answer. */
export type Delivery =
  | { kind: "saved"; clock: ClockOut; roundTripMs: number }
  | { kind: "stale"; theirs: Pick<ResponseOut, "sequence" | "answer" | "flagged">; clock: ClockOut | null }
  | { kind: "closed"; closedAt: string | null; state: AttemptState | null }
  | { kind: "paused" }
  | { kind: "section_closed" }
  | { kind: "refused"; detail: string }
  | { kind: "token_invalid" }
  | { kind: "unreachable" }
  | { kind: "server_trouble"; waitMs: number };

/** The answers of an exam. */
export function sittingLane({ attempt, token, fetch }: SittingApiOptions): Lane {
  return {
    put: ({ slot, sequence, answer, flagged, seconds }, init) =>
      fetch(`/api/v1/sittings/${attempt}/responses/${slot}/`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Authorization: `Attempt ${token.current}` },
        body: JSON.stringify({ sequence, answer, flagged, seconds }),
        ...init,
      }),
    renew: token.renew,
    refusal: (problem) => {
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
          return refusedFor(problem);
      }
    },
  };
}

/** Sending it again would be refused again. */
export function refusedFor(problem: ProblemError): Delivery {
  return { kind: "refused", detail: problem.fields[0]?.detail ?? problem.message };
}

export function closingOf(problem: ProblemError): { closedAt: string | null; state: AttemptState | null } {
  const { closed_at: closedAt, state } = problem.members as { closed_at?: string; state?: AttemptState };
  return { closedAt: closedAt ?? null, state: state ?? null };
}

export async function sendResponse(entry: Pending, lane: Lane, clock: SaverClock): Promise<Delivery> {
  const startedAt = clock.now();
  const giveUp = new AbortController();
  const cancel = clock.after(ANSWER_LIMIT_MS, () => giveUp.abort());
  try {
    const response = await lane.put(entry, { signal: giveUp.signal });
    if (!response.ok) {
      const problem = await problemOf(response);
      return troubleOf(problem, response) ?? lane.refusal(problem);
    }
    const body = (await response.json().catch(() => null)) as (ClockOut & { saved?: boolean }) | null;
    // Anybody can answer 200 (a hotel's sign-in page does); only our server says `saved`.
    if (body?.saved !== true) return { kind: "unreachable" };
    lane.onSaved?.(entry, body);
    return { kind: "saved", clock: body, roundTripMs: clock.now() - startedAt };
  } catch {
    return { kind: "unreachable" };
  } finally {
    cancel();
  }
}

/** What is not about the answer: it may be sent again. */
function troubleOf(problem: ProblemError, response: Response): Delivery | null {
  if (problem.status === 401) return { kind: "token_invalid" };
  if (problem.status >= 500 || problem.status === 429 || problem.status === 408) {
    return { kind: "server_trouble", waitMs: (Number(response.headers.get("Retry-After")) || 0) * 1000 };
  }
  return null;
}
