import { queryOptions } from "@tanstack/react-query";
import { request, requestResponse } from "./client";
import type { Calibration, DomainInsight, Page, Performance, Readiness, Recommendation, TimeUse, Uuid, WeakArea } from "./types";

export const PERIODS = ["7", "30", "90", "all"] as const;
export type Period = (typeof PERIODS)[number];

const academy = (slug: string) => `/academies/${encodeURIComponent(slug)}`;
const key = (slug: string, ...rest: unknown[]) => ["academy", slug, "insights", ...rest] as const;

export const performanceQuery = (slug: string, period: Period) =>
  queryOptions({
    queryKey: key(slug, "performance", period),
    queryFn: ({ signal }) => request<Performance>(`${academy(slug)}/insights/performance/`, { query: { period }, signal }),
  });

export const domainsQuery = (slug: string, period: Period) =>
  queryOptions({
    queryKey: key(slug, "domains", period),
    queryFn: async ({ signal }) =>
      (await request<{ domains: DomainInsight[] }>(`${academy(slug)}/insights/domains/`, { query: { period }, signal })).domains,
  });

export const weakAreasQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "weak-areas"),
    queryFn: async ({ signal }) => (await request<{ areas: WeakArea[] }>(`${academy(slug)}/insights/weak-areas/`, { signal })).areas,
  });

/** Few exams are faced at once: the first page has them. */
export const readinessQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "readiness"),
    queryFn: async ({ signal }) => (await request<Page<Readiness>>(`${academy(slug)}/insights/readiness/`, { signal })).results,
  });

export const calibrationQuery = (slug: string, exam: Uuid) =>
  queryOptions({
    queryKey: key(slug, "readiness", exam),
    queryFn: async ({ signal }) =>
      (await request<{ calibration: Calibration }>(`${academy(slug)}/insights/readiness/${exam}/`, { signal })).calibration,
  });

export const timeUseQuery = (slug: string, period: Period) =>
  queryOptions({
    queryKey: key(slug, "time", period),
    queryFn: ({ signal }) => request<TimeUse>(`${academy(slug)}/insights/time/`, { query: { period }, signal }),
  });

export const recommendationsQuery = (slug: string) =>
  queryOptions({
    queryKey: key(slug, "recommendations"),
    queryFn: async ({ signal }) => (await request<Page<Recommendation>>(`${academy(slug)}/recommendations/`, { signal })).results,
  });

export function decideRecommendation(slug: string, recommendation: Uuid, decision: "accepted" | "dismissed"): Promise<Recommendation> {
  return request(`${academy(slug)}/recommendations/${recommendation}/decision/`, { method: "POST", body: { decision } });
}

export const EXPORTS = ["pdf", "days", "domains", "json"] as const;
export type ProgressFile = (typeof EXPORTS)[number];

export async function fetchProgressFile(slug: string, file: ProgressFile, period: Period): Promise<{ name: string; content: Blob }> {
  const response = await requestResponse(`${academy(slug)}/progress-export/`, { query: { file, period }, headers: { Accept: "*/*" } });
  const named = /filename="?([^";]+)"?/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { name: named ?? "progress", content: await response.blob() };
}
