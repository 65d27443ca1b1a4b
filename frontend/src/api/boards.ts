import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import { isProblem } from "./problem";
import type { Board, BoardPreference, Certificate, League, LeagueWeek, Page, VerifiedCertificate } from "./types";

const academy = (slug: string) => `/academies/${encodeURIComponent(slug)}`;

export interface BoardChoice {
  /** "academy", or "cohort:" and its id. */
  board: string;
  period: "week" | "all";
}

/** Everything that an opt-out changes begins with this key. */
export const boardsKey = (slug: string) => ["academy", slug, "boards"];

export const boardQuery = (slug: string, choice: BoardChoice) =>
  queryOptions({
    queryKey: [...boardsKey(slug), "board", choice],
    queryFn: ({ signal }) => request<Board>(`${academy(slug)}/leaderboards/`, { query: { ...choice }, signal }),
  });

export const boardPreferenceQuery = (slug: string) =>
  queryOptions({
    queryKey: ["academy", slug, "board-preference"],
    queryFn: ({ signal }) => request<BoardPreference>(`${academy(slug)}/leaderboards/preference/`, { signal }),
  });

export function changeBoardPreference(slug: string, changes: Partial<BoardPreference>): Promise<BoardPreference> {
  return request<BoardPreference>(`${academy(slug)}/leaderboards/preference/`, { method: "PATCH", body: changes });
}

export const leagueQuery = (slug: string) =>
  queryOptions({
    queryKey: [...boardsKey(slug), "league"],
    queryFn: ({ signal }) => request<League>(`${academy(slug)}/leagues/current/`, { signal }),
  });

const pages = <Row>(key: unknown[], path: string) =>
  infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => request<Page<Row>>(pageParam ?? path, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });

export const leagueHistoryQuery = (slug: string) =>
  pages<LeagueWeek>([...boardsKey(slug), "weeks"], `${academy(slug)}/leagues/history/`);

export const certificatesQuery = (slug: string) =>
  pages<Certificate>(["academy", slug, "certificates"], `${academy(slug)}/certificates/`);

export const certificateFile = (slug: string, certificate: string) =>
  `/api/v1${academy(slug)}/certificates/${certificate}/file/`;

/** null for a code that nobody has. */
export const verificationQuery = (code: string) =>
  queryOptions({
    queryKey: ["certificate", code],
    queryFn: async ({ signal }) => {
      try {
        return await request<VerifiedCertificate>(`/certificates/${encodeURIComponent(code)}/`, { signal });
      } catch (error) {
        if (isProblem(error) && error.status === 404) return null;
        throw error;
      }
    },
  });
