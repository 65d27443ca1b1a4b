import { problemOf, unreachable, isProblem, type ProblemError } from "./problem";
import { leaveToAdmin, noticeSeenAs } from "./seenAs";
import type { ProofMethod } from "./types";

const API = "/api/v1";

/** Asks the person for a fresh proof; false when they would rather not. */
type StepUp = (methods: ProofMethod[]) => Promise<boolean>;
let askForProof: StepUp | null = null;
let asking: Promise<boolean> | null = null;

/** Says who asks for proofs; this file knows requests alone. */
export function onStepUp(ask: StepUp | null): void {
  askForProof = ask;
}

export interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  query?: Record<string, string | number | null | undefined>;
  headers?: Record<string, string>;
  /** Sent as `Idempotency-Key`; keep the same one when the same intention is tried again. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}

function cookie(name: string): string | null {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : null;
}

/** The server writes the cookie's name into the page; the development server leaves the placeholder. */
function csrfCookie(): string {
  const named = document.querySelector<HTMLMetaElement>('meta[name="csrf-cookie"]')?.content;
  return !named || named === "__CSRF_COOKIE__" ? "csrftoken" : named;
}

/** The question that brings the CSRF cookie, while it is on its way: a second answer would replace the first one's. */
let bringing: Promise<unknown> | null = null;

/** Any unsafe request needs the CSRF cookie, which GET session/ sets. */
export async function csrfToken(fresh: boolean): Promise<string> {
  if (fresh || bringing || !cookie(csrfCookie())) {
    await (bringing ?? fetch(`${API}/session/`, { credentials: "same-origin" })).catch(() => undefined);
  }
  return cookie(csrfCookie()) ?? "";
}

/** `path` is below /api/v1 ("/me/") or absolute within the site ("/_allauth/…", a `next` page of a list). */
function urlOf(path: string, query: RequestOptions["query"]): string {
  const absolute = /^https?:/.test(path) ? new URL(path) : null;
  const base = absolute ? absolute.pathname + absolute.search : path;
  const full = base.startsWith("/_allauth/") || base.startsWith(`${API}/`) ? base : API + base;
  const wanted = Object.entries(query ?? {}).filter(([, value]) => value !== null && value !== undefined && value !== "");
  if (wanted.length === 0) return full;
  const search = new URLSearchParams(wanted.map(([key, value]) => [key, String(value)]));
  return `${full}${full.includes("?") ? "&" : "?"}${search}`;
}

async function send(path: string, options: RequestOptions, freshCsrf: boolean): Promise<Response> {
  const method = options.method ?? "GET";
  const headers: Record<string, string> = {
    Accept: "application/json",
    // The page's language, which need not be the browser's: problems and stories are told in it.
    "Accept-Language": document.documentElement.lang || "en",
    ...options.headers,
  };
  if (method !== "GET") headers["X-CSRFToken"] = await csrfToken(freshCsrf);
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  const sent = fetch(urlOf(path, options.query), {
    method,
    headers,
    credentials: "same-origin",
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
    signal: options.signal,
  });
  if (path === "/session/") bringing = sent;
  try {
    const response = await sent;
    noticeSeenAs(response);
    return response;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable("network");
  } finally {
    if (bringing === sent) bringing = null;
  }
}

/** The raw response of a request that was not refused; for callers that need headers (ETag, files). */
export async function requestResponse(path: string, options: RequestOptions = {}): Promise<Response> {
  try {
    return await tried(path, options);
  } catch (error) {
    if (!isProblem(error, "step_up_required") || !(await isProved(error))) throw error;
    return tried(path, options);
  }
}

/** Several requests that are refused at once ask the person once. */
function isProved(problem: ProblemError): Promise<boolean> {
  asking ??= (askForProof?.(problem.members.methods as ProofMethod[]) ?? Promise.resolve(false)).finally(() => {
    asking = null;
  });
  return asking;
}

async function tried(path: string, options: RequestOptions): Promise<Response> {
  let response = await send(path, options, false);
  if (response.ok || response.status === 304) return response;
  let problem = await problemOf(response);
  if (isProblem(problem, "csrf_failed")) {
    // The token rotates at sign-in, which may have happened in another tab.
    response = await send(path, options, true);
    if (response.ok) return response;
    problem = await problemOf(response);
  }
  if (isProblem(problem, "impersonation_over")) leaveToAdmin();
  throw problem;
}

/** One request to the API. Raises ProblemError for every refusal and when there is no answer. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const response = await requestResponse(path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}
