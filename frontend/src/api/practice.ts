import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { components } from "./schema";
import type { Answer, ItemKey, ItemType, Page, Question, SittingItem, Stimulus, Uuid } from "./types";

type Schemas = components["schemas"];

export type PracticeMode = Schemas["PracticeSessionInRequest"]["mode"];
export type Only = "not_seen" | "wrong" | "bookmarked" | "due";
export type Difficulty = Schemas["Difficulty"];
export type PracticeBank = Schemas["PracticeBankOut"];
export type PracticeDomain = PracticeBank["domains"][number];
export type PracticeSession = Required<Schemas["PracticeSessionOut"]>;
export type PracticeChoice = Omit<Schemas["PracticeSessionInRequest"], "count"> & { count?: number };

export type Truth = Omit<Schemas["StudyTruthOut"], "key"> & { key: ItemKey };
/** What study tells of an answer. */
export type Told = Pick<PracticeItem, "answer" | "is_guess" | "truth">;
export type PracticeItem = SittingItem &
  Omit<Schemas["PracticeItemOut"], "type" | "question" | "answer" | "truth"> & {
    type: ItemType;
    question: Question;
    answer: Answer | null;
    truth: Truth | null;
  };
export type PracticeDetail = Omit<Schemas["PracticeSessionDetailOut"], "session" | "items" | "stimuli"> & {
  session: PracticeSession;
  items: PracticeItem[];
  stimuli: Record<string, Stimulus>;
};

const practice = (slug: string) => `/academies/${encodeURIComponent(slug)}/practice`;

/** Everything that is kept about one academy's practice; what an answer changes lies below it. */
export const practiceKey = (slug: string) => ["academy", slug, "practice"];

export const practiceBanksQuery = (slug: string) =>
  queryOptions({
    queryKey: [...practiceKey(slug), "banks"],
    queryFn: async ({ signal }) => (await request<Page<PracticeBank>>(`${practice(slug)}/banks/`, { query: { page_size: 100 }, signal })).results,
  });

export const practiceSessionsQuery = (slug: string, state: PracticeSession["state"]) =>
  infiniteQueryOptions({
    queryKey: [...practiceKey(slug), "sessions", state],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<PracticeSession>>(pageParam, { signal })
        : request<Page<PracticeSession>>(`${practice(slug)}/sessions/`, { query: { state, page_size: 10 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const practiceSessionQuery = (slug: string, session: Uuid) =>
  queryOptions({
    queryKey: [...practiceKey(slug), "session", session],
    queryFn: ({ signal }) => fetchPractice(slug, session, signal),
  });

export function fetchPractice(slug: string, session: Uuid, signal?: AbortSignal): Promise<PracticeDetail> {
  return request<PracticeDetail>(`${practice(slug)}/sessions/${session}/`, { signal });
}

export function startPractice(slug: string, choice: PracticeChoice, idempotencyKey: string): Promise<PracticeDetail> {
  return request<PracticeDetail>(`${practice(slug)}/sessions/`, { method: "POST", body: choice, idempotencyKey });
}

export function skipQuestion(slug: string, session: Uuid, position: number, seconds: number): Promise<PracticeSession> {
  return request<PracticeSession>(`${practice(slug)}/sessions/${session}/skips/`, { method: "POST", body: { position, seconds } });
}

export function finishPractice(slug: string, session: Uuid): Promise<PracticeDetail> {
  return request<PracticeDetail>(`${practice(slug)}/sessions/${session}/submission/`, { method: "POST", body: {} });
}

export interface GivenAnswer {
  /** Grows with every answer of a quiz; an older one is refused. */
  sequence: number;
  answer: Answer | null;
  seconds: number;
  is_guess: boolean;
}

/** The session's token opens this route, not the cookie. */
export function putAnswer(session: Uuid, token: string, position: string, given: GivenAnswer, init: RequestInit): Promise<Response> {
  return fetch(`/api/v1/sittings/${session}/answers/${position}/`, {
    method: "PUT",
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": document.documentElement.lang || "en",
      Authorization: `Attempt ${token}`,
    },
    body: JSON.stringify(given),
    ...init,
  });
}
