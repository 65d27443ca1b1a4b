import { infiniteQueryOptions, queryOptions, type QueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type {
  Answer,
  ListedCard,
  Page,
  Retention,
  RetentionPeriod,
  ReviewCard,
  ReviewGraded,
  ReviewQueue,
  ReviewRating,
  ReviewSettings,
  ReviewSettingsIn,
  ReviewToday,
  Uuid,
} from "./types";

const reviews = (slug: string) => `/academies/${encodeURIComponent(slug)}/practice/reviews`;
const key = (slug: string) => ["academy", slug, "reviews"] as const;

/** The queue is only asked for again when somebody opens it: every grade brings the next one. */
export const reviewQueueQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), "queue"],
    queryFn: ({ signal }) => request<ReviewQueue>(`${reviews(slug)}/`, { signal }),
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export const reviewTodayQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), "today"],
    queryFn: ({ signal }) => request<ReviewToday>(`${reviews(slug)}/today/`, { signal }),
    staleTime: 60_000,
  });

export const reviewSettingsQuery = (slug: string) =>
  queryOptions({
    queryKey: [...key(slug), "settings"],
    queryFn: ({ signal }) => request<ReviewSettings>(`${reviews(slug)}/settings/`, { signal }),
  });

export const retentionQuery = (slug: string, period: RetentionPeriod) =>
  queryOptions({
    queryKey: [...key(slug), "retention", period],
    queryFn: ({ signal }) => request<Retention>(`${reviews(slug)}/retention/`, { query: { period }, signal }),
  });

export const SHOWN_CARDS = ["due", "suspended"] as const;
export type ShownCards = (typeof SHOWN_CARDS)[number] | null;

/** The cards that come next first. */
export const cardsQuery = (slug: string, show: ShownCards) =>
  infiniteQueryOptions({
    queryKey: [...key(slug), "cards", show],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<ListedCard>>(pageParam, { signal })
        : request<Page<ListedCard>>(`${reviews(slug)}/cards/`, { query: { show, ordering: "due_at" }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export function checkReview(slug: string, card: Uuid, answer: Answer | null, seconds: number): Promise<ReviewCard> {
  return request<ReviewCard>(`${reviews(slug)}/${card}/checks/`, { method: "POST", body: { answer, seconds } });
}

/** Sent twice, it counts once: `sequence` says which review of the card it grades. */
export function gradeReview(slug: string, card: Uuid, sequence: number, rating: ReviewRating): Promise<ReviewGraded> {
  return request<ReviewGraded>(`${reviews(slug)}/${card}/grades/`, { method: "POST", body: { sequence, rating } });
}

export function undoGrade(slug: string, grade: Uuid): Promise<ReviewQueue> {
  return request<ReviewQueue>(`${reviews(slug)}/grades/${grade}/`, { method: "DELETE" });
}

export function suspendCard(slug: string, card: Uuid): Promise<ListedCard> {
  return request<ListedCard>(`${reviews(slug)}/cards/${card}/suspension/`, { method: "POST", body: {} });
}

export function resumeCard(slug: string, card: Uuid): Promise<ListedCard> {
  return request<ListedCard>(`${reviews(slug)}/cards/${card}/suspension/`, { method: "DELETE" });
}

export function changeReviewSettings(slug: string, changes: ReviewSettingsIn): Promise<ReviewSettings> {
  return request<ReviewSettings>(`${reviews(slug)}/settings/`, { method: "PATCH", body: changes });
}

/** What was read of the queue and the cards is out of date; what is on the page stays as it is. */
export function forgetReviews(client: QueryClient, slug: string): Promise<void> {
  return client.invalidateQueries({ queryKey: key(slug), refetchType: "none" });
}
