import { queryOptions } from "@tanstack/react-query";
import { isProblem, ProblemError } from "./problem";
import { request, type RequestOptions } from "./client";
import type { Session } from "./types";

const ALLAUTH = "/_allauth/browser/v1";

/** Asking also sets the CSRF cookie that signing in needs. */
export const sessionQuery = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => request<Session>("/session/", { signal }),
  staleTime: 5 * 60_000,
});

interface AllauthError {
  message: string;
  code: string;
  param?: string;
}

/**
 * Signs in, or raises ProblemError: `validation_error` with fields, `locked_out`, `pending_step`, `network`, and
 * `challenge_required` when the solution of a challenge has to come along.
 */
export async function signIn(credentials: { email: string; password: string }, solution?: string): Promise<void> {
  await sendToAllauth("auth/login", {
    method: "POST",
    body: credentials,
    headers: solution ? { "X-Challenge": solution } : {},
  });
}

/** A request to allauth. What it refuses is raised in our words. */
export async function sendToAllauth(path: string, options: RequestOptions): Promise<void> {
  try {
    await request(`${ALLAUTH}/${path}`, options);
  } catch (error) {
    throw isProblem(error) ? inOurWords(error) : error;
  }
}

/** The steps that a `pending_step` names: those that have begun, or those that may begin. */
export function pendingFlows(error: ProblemError, hasBegun = true): string[] {
  const data = error.members.data as { flows?: { id: string; is_pending?: boolean }[] } | undefined;
  return (data?.flows ?? []).filter((flow) => Boolean(flow.is_pending) === hasBegun).map((flow) => flow.id);
}

/** allauth answers 401 to a successful sign-out: "no longer authenticated". */
export async function signOut(): Promise<void> {
  try {
    await request(`${ALLAUTH}/auth/session`, { method: "DELETE" });
  } catch (error) {
    if (!isProblem(error) || error.status !== 401) throw error;
  }
}

/** allauth keeps its own published contract; the rest of the application knows only problems. */
function inOurWords(error: ProblemError): ProblemError {
  const errors = error.members.errors as AllauthError[] | undefined;
  if (error.status === 409) return new ProblemError({ ...error.problem, code: "already_signed_in" });
  if (error.status === 401) return new ProblemError({ ...error.problem, ...error.members, code: "pending_step" });
  if (error.status === 429 || error.code === "locked_out") return new ProblemError({ ...error.problem, code: "locked_out" });
  if (error.status !== 400 || !errors) return error;
  return new ProblemError({
    title: "",
    status: 400,
    code: "validation_error",
    detail: errors.find((each) => !each.param)?.message ?? "",
    errors: errors.map((each) => ({ field: each.param ?? null, code: each.code, detail: each.message })),
  });
}
