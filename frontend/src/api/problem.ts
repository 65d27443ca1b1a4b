import type { FieldError, ProblemOut } from "./types";

/** A refusal in the API's own words (RFC 9457), or the absence of any answer (`network`, `timeout`). */
export class ProblemError extends Error {
  readonly problem: ProblemOut;
  /** Members beyond the standard ones, e.g. `sequence` of a stale answer. */
  readonly members: Record<string, unknown>;

  constructor(problem: ProblemOut & Record<string, unknown>) {
    super(problem.detail || problem.title);
    this.name = "ProblemError";
    this.problem = problem;
    this.members = problem;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  get fields(): FieldError[] {
    return this.problem.errors ?? [];
  }

  /** No answer reached us: the same request may be sent again without asking the person. */
  get isUnreachable(): boolean {
    return this.code === "network" || this.code === "timeout";
  }
}

export function isProblem(error: unknown, code?: string): error is ProblemError {
  return error instanceof ProblemError && (code === undefined || error.code === code);
}

/** Reads any refused response, also one that a proxy answered in HTML. */
export async function problemOf(response: Response): Promise<ProblemError> {
  const requestId = response.headers.get("x-request-id") ?? undefined;
  let body: Partial<ProblemOut> = {};
  if (response.headers.get("content-type")?.includes("json")) {
    body = (await response.json().catch(() => ({}))) as Partial<ProblemOut>;
  }
  return new ProblemError({
    ...body,
    title: body.title ?? "",
    status: response.status,
    code: body.code ?? (response.status >= 500 ? "server_error" : `http_${response.status}`),
    request_id: body.request_id ?? requestId,
  });
}

export function unreachable(code: "network" | "timeout"): ProblemError {
  return new ProblemError({ title: "", status: 0, code });
}
