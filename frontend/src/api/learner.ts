import { queryOptions, infiniteQueryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { Assigned, AssignedDetail, AttemptOut, Me, MeIn, Page, Result, Review, Sitting, Uuid } from "./types";

const academy = (slug: string) => `/academies/${encodeURIComponent(slug)}`;

export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => request<Me>("/me/", { signal }),
  staleTime: 5 * 60_000,
});

export function updateMe(changes: MeIn): Promise<Me> {
  return request<Me>("/me/", { method: "PATCH", body: changes });
}

/** Staff who see what the person sees are themselves again. */
export function endImpersonation(): Promise<void> {
  return request<undefined>("/impersonation/", { method: "DELETE" });
}

/** Everything assigned to the learner; the list is short by nature, so all its pages are read. */
export const assignedQuery = (slug: string) =>
  queryOptions({
    queryKey: ["academy", slug, "assigned"],
    queryFn: async ({ signal }) => {
      const all: Assigned[] = [];
      let path: string | null = `${academy(slug)}/assigned/?page_size=100`;
      while (path) {
        const page: Page<Assigned> = await request<Page<Assigned>>(path, { signal });
        all.push(...page.results);
        path = page.next;
      }
      return all;
    },
  });

export const assignedDetailQuery = (slug: string, delivery: Uuid) =>
  queryOptions({
    queryKey: ["academy", slug, "assigned", delivery],
    queryFn: ({ signal }) => request<AssignedDetail>(`${academy(slug)}/assigned/${delivery}/`, { signal }),
  });

export interface HistoryFilters {
  delivery?: string | null;
  state?: string | null;
  search?: string | null;
  ordering?: string | null;
}

export const historyQuery = (slug: string, filters: HistoryFilters) =>
  infiniteQueryOptions({
    queryKey: ["academy", slug, "attempts", filters],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<AttemptOut>>(pageParam, { signal })
        : request<Page<AttemptOut>>(`${academy(slug)}/attempts/`, { query: { ...filters }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const attemptQuery = (slug: string, attempt: Uuid) =>
  queryOptions({
    queryKey: ["academy", slug, "attempt", attempt],
    queryFn: ({ signal }) => request<AttemptOut>(`${academy(slug)}/attempts/${attempt}/`, { signal }),
  });

export const resultQuery = (slug: string, attempt: Uuid) =>
  queryOptions({
    queryKey: ["academy", slug, "attempt", attempt, "result"],
    queryFn: ({ signal }) => request<Result>(`${academy(slug)}/attempts/${attempt}/result/`, { signal }),
  });

export const reviewQuery = (slug: string, attempt: Uuid) =>
  queryOptions({
    queryKey: ["academy", slug, "attempt", attempt, "review"],
    queryFn: ({ signal }) => request<Review>(`${academy(slug)}/attempts/${attempt}/review/`, { signal }),
  });

/** 201 for a new attempt, 200 for the one already open; both are the sitting. */
export function startAttempt(slug: string, delivery: Uuid, idempotencyKey: string): Promise<Sitting> {
  return request<Sitting>(`${academy(slug)}/assigned/${delivery}/attempts/`, { method: "POST", body: {}, idempotencyKey });
}

export function openSitting(slug: string, attempt: Uuid): Promise<Sitting> {
  return request<Sitting>(`${academy(slug)}/attempts/${attempt}/sitting/`);
}
