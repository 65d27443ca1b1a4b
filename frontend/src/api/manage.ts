/** Requests of the instructors' pages. Every key begins with ["academy", slug, "manage"]. */
import { infiniteQueryOptions, queryOptions, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { request, requestResponse } from "./client";
import type {
  AccommodationIn,
  AccommodationOut,
  BlueprintOut,
  CohortChoice,
  DeliveryChanges,
  DeliveryIn,
  DeliveryOut,
  DeliveryRow,
  FormChoice,
  LiveRow,
  MemberOut,
  RegradeOut,
  RegradePolicy,
  ResultsSummary,
  Timeline,
} from "./manageTypes";
import type { Page, Uuid } from "./types";

const academy = (slug: string) => `/academies/${encodeURIComponent(slug)}`;
const key = (slug: string, ...rest: unknown[]) => ["academy", slug, "manage", ...rest];
const MOST_ROWS = 100;

/** All pages of a list that is short by nature. */
async function everyPage<T>(path: string, query: Record<string, string>, signal?: AbortSignal): Promise<T[]> {
  const all: T[] = [];
  let page = await request<Page<T>>(path, { query: { page_size: MOST_ROWS, ...query }, signal });
  all.push(...page.results);
  while (page.next) {
    page = await request<Page<T>>(page.next, { signal });
    all.push(...page.results);
  }
  return all;
}

export interface DeliveryQuery {
  state: string | null;
  search: string;
  ordering: string;
}

export const deliveriesQuery = (slug: string, filters: DeliveryQuery) =>
  infiniteQueryOptions({
    queryKey: key(slug, "deliveries", filters),
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<DeliveryRow>>(pageParam, { signal })
        : request<Page<DeliveryRow>>(`${academy(slug)}/deliveries/`, { query: { ...filters }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const deliveryQuery = (slug: string, delivery: Uuid) =>
  queryOptions({
    queryKey: key(slug, "delivery", delivery),
    queryFn: ({ signal }) => request<DeliveryOut>(`${academy(slug)}/deliveries/${delivery}/`, { signal }),
  });

export const blueprintsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "blueprints"),
    queryFn: ({ signal }) => everyPage<BlueprintOut>(`${academy(slug)}/blueprints/`, {}, signal),
  });

export const formsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "forms"),
    queryFn: ({ signal }) => everyPage<FormChoice>(`${academy(slug)}/forms/`, {}, signal),
  });

export const cohortsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "cohorts"),
    queryFn: ({ signal }) => everyPage<CohortChoice>(`${academy(slug)}/cohorts/`, {}, signal),
  });

/** The first few learners that match; a longer list is narrowed by typing, not by paging. */
export const learnersQuery = (slug: string, search: string) =>
  queryOptions({
    queryKey: key(slug, "learners", search),
    queryFn: ({ signal }) =>
      request<Page<MemberOut>>(`${academy(slug)}/members/`, { query: { role: "learner", search, page_size: 8 }, signal }),
  });

export function createDelivery(slug: string, wanted: DeliveryIn, idempotencyKey: string): Promise<DeliveryOut> {
  return request<DeliveryOut>(`${academy(slug)}/deliveries/`, { method: "POST", body: wanted, idempotencyKey });
}

export function changeDelivery(slug: string, delivery: Uuid, changes: Partial<DeliveryChanges>): Promise<DeliveryOut> {
  return request<DeliveryOut>(`${academy(slug)}/deliveries/${delivery}/`, { method: "PATCH", body: changes });
}

export function releaseResults(slug: string, delivery: Uuid): Promise<DeliveryOut> {
  return request<DeliveryOut>(`${academy(slug)}/deliveries/${delivery}/release/`, { method: "POST", body: {} });
}

export interface AttemptQuery {
  state: string | null;
  search: string;
}

/** A page of attempts together with what is needed to ask for it again cheaply and to let its clocks run. */
export interface LivePage {
  path: string;
  etag: string | null;
  /** Date.now() when the rows were received; a 304 does not move it, because the rows are still those of then. */
  receivedAt: number;
  next: string | null;
  results: LiveRow[];
}

type LiveData = InfiniteData<LivePage, string | null>;

async function fetchLivePage(path: string, known: LivePage | undefined, signal: AbortSignal): Promise<LivePage> {
  const headers: Record<string, string> = known?.etag ? { "If-None-Match": known.etag } : {};
  const response = await requestResponse(path, { headers, signal });
  if (response.status === 304 && known) return known;
  const page = (await response.json()) as Page<LiveRow>;
  return { path, etag: response.headers.get("etag"), receivedAt: Date.now(), next: page.next, results: page.results };
}

function attemptsPath(slug: string, delivery: Uuid, { state, search }: AttemptQuery): string {
  const query = new URLSearchParams({ page_size: String(MOST_ROWS) });
  if (state) query.set("state", state);
  if (search) query.set("search", search);
  return `${academy(slug)}/deliveries/${delivery}/attempts/?${query}`;
}

const attemptsKey = (slug: string, delivery: Uuid) => key(slug, "delivery", delivery, "attempts");
const attemptKey = (slug: string, delivery: Uuid, attempt: Uuid) => key(slug, "delivery", delivery, "attempt", attempt);

export const attemptsQuery = (slug: string, delivery: Uuid, filters: AttemptQuery) =>
  infiniteQueryOptions({
    queryKey: [...attemptsKey(slug, delivery), filters],
    queryFn: ({ pageParam, signal, client, queryKey }) => {
      const path = pageParam ?? attemptsPath(slug, delivery, filters);
      const known = client.getQueryData<LiveData>(queryKey)?.pages.find((page) => page.path === path);
      return fetchLivePage(path, known, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

/** Puts a row that the server has just answered wherever it is shown; the lists' ETags no longer describe them. */
export function placeRow(client: QueryClient, slug: string, delivery: Uuid, row: LiveRow): void {
  const receivedAt = Date.now();
  client.setQueriesData<LiveData>({ queryKey: attemptsKey(slug, delivery) }, (data) => data && withRow(data, row, receivedAt));
  client.setQueryData<WatchedRow>(attemptKey(slug, delivery, row.id), { row, receivedAt });
}

export function withRow(data: LiveData, row: LiveRow, now: number): LiveData {
  const pages = data.pages.map((page) => {
    if (!page.results.some((each) => each.id === row.id)) return page;
    const aged = Math.round((now - page.receivedAt) / 1000);
    // The new row is of now, the others of then: all of them are moved to now.
    const results = page.results.map((each) => {
      if (each.id === row.id) return row;
      return each.remaining_seconds === null || each.state !== "in_progress"
        ? each
        : { ...each, remaining_seconds: Math.max(0, each.remaining_seconds - aged) };
    });
    return { ...page, results, etag: null, receivedAt: now };
  });
  return { ...data, pages };
}

export interface WatchedRow {
  row: LiveRow;
  receivedAt: number;
}

/** One attempt of a delivery, found among all of them. */
export const attemptRowQuery = (slug: string, delivery: Uuid, attempt: Uuid) =>
  queryOptions({
    queryKey: attemptKey(slug, delivery, attempt),
    queryFn: async ({ signal }): Promise<WatchedRow | null> => {
      const rows = await everyPage<LiveRow>(`${academy(slug)}/deliveries/${delivery}/attempts/`, {}, signal);
      const row = rows.find((each) => each.id === attempt);
      return row ? { row, receivedAt: Date.now() } : null;
    },
  });

/** The same as a list that was read before shows it, for the time until the answer is there. */
export function rowAtHand(client: QueryClient, slug: string, delivery: Uuid, attempt: Uuid): WatchedRow | undefined {
  const lists = client.getQueriesData<LiveData>({ queryKey: attemptsKey(slug, delivery) });
  const pages = lists.flatMap(([, data]) => data?.pages ?? []);
  for (const { results, receivedAt } of pages) {
    const row = results.find((each) => each.id === attempt);
    if (row) return { row, receivedAt };
  }
  return undefined;
}

export const timelineQuery = (slug: string, attempt: Uuid) =>
  queryOptions({
    queryKey: key(slug, "timeline", attempt),
    queryFn: ({ signal }) => request<Timeline>(`${academy(slug)}/attempts/${attempt}/timeline/`, { signal }),
  });

/** Minutes for extra time only; no reason for resuming. */
export interface SupervisionIn {
  reason?: string;
  minutes?: number;
}

export type AttemptVerb = "extra-time" | "pause" | "resume" | "termination";

export function superviseAttempt(
  slug: string,
  attempt: Uuid,
  verb: AttemptVerb,
  body: SupervisionIn,
): Promise<LiveRow> {
  return request<LiveRow>(`${academy(slug)}/attempts/${attempt}/${verb}/`, { method: "POST", body });
}

export const resultsQuery = (slug: string, delivery: Uuid) =>
  queryOptions({
    queryKey: key(slug, "delivery", delivery, "results"),
    queryFn: ({ signal }) =>
      request<{ summary: ResultsSummary }>(`${academy(slug)}/deliveries/${delivery}/results/`, { signal }),
  });

export async function fetchResultsFile(slug: string, delivery: Uuid): Promise<{ name: string; content: Blob }> {
  const response = await requestResponse(`${academy(slug)}/deliveries/${delivery}/results/export/`, {
    headers: { Accept: "text/csv, application/problem+json" },
  });
  const named = /filename="?([^";]+)"?/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { name: named ?? "results.csv", content: await response.blob() };
}

/** Those of one delivery and those that hold for all. */
export const accommodationsQuery = (slug: string, delivery: Uuid) =>
  queryOptions({
    queryKey: key(slug, "delivery", delivery, "accommodations"),
    queryFn: async ({ signal }) => {
      const all = await everyPage<AccommodationOut>(`${academy(slug)}/accommodations/`, {}, signal);
      return all.filter((each) => each.delivery === null || each.delivery.id === delivery);
    },
  });

export function addAccommodation(slug: string, wanted: AccommodationIn, idempotencyKey: string): Promise<AccommodationOut> {
  return request<AccommodationOut>(`${academy(slug)}/accommodations/`, { method: "POST", body: wanted, idempotencyKey });
}

export function removeAccommodation(slug: string, accommodation: Uuid): Promise<void> {
  return request<void>(`${academy(slug)}/accommodations/${accommodation}/`, { method: "DELETE" });
}

export interface RegradeIn {
  delivery: Uuid;
  policy: RegradePolicy;
  dry_run: boolean;
}

export function regrade(slug: string, wanted: RegradeIn, idempotencyKey?: string): Promise<RegradeOut> {
  return request<RegradeOut>(`${academy(slug)}/regrades/`, { method: "POST", body: wanted, idempotencyKey });
}
