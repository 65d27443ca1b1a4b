import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { request } from "./client";
import type { Bookmark, Bookmarked, MyItem, Note, Noted, Page, Report, Reported, ReportIn, Tags, Uuid } from "./types";

const practice = (slug: string) => `/academies/${encodeURIComponent(slug)}/practice`;
const about = (slug: string, item: Uuid) => `${practice(slug)}/items/${item}`;

/** What the learner keeps about a question, and has reported of it. */
export const myItemQuery = (slug: string, item: Uuid) =>
  queryOptions({
    queryKey: ["academy", slug, "practice", "item", item],
    queryFn: ({ signal }) => request<MyItem>(`${about(slug, item)}/`, { signal }),
  });

function listQuery<Row>(slug: string, kind: string, query: Record<string, string | null>) {
  return infiniteQueryOptions({
    queryKey: ["academy", slug, "practice", kind, query],
    queryFn: ({ pageParam, signal }) =>
      pageParam
        ? request<Page<Row>>(pageParam, { signal })
        : request<Page<Row>>(`${practice(slug)}/${kind}/`, { query, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
}

export const bookmarksQuery = (slug: string, filters: { q: string | null; tag: string | null }) =>
  listQuery<Bookmarked>(slug, "bookmarks", filters);

export const notesQuery = (slug: string, filters: { q: string | null }) => listQuery<Noted>(slug, "notes", filters);

export const reportsQuery = (slug: string) => listQuery<Reported>(slug, "reports", {});

export const tagsQuery = (slug: string) =>
  queryOptions({
    queryKey: ["academy", slug, "practice", "tags"],
    queryFn: async ({ signal }) => (await request<{ tags: Tags }>(`${practice(slug)}/tags/`, { signal })).tags,
  });

export function bookmarkItem(slug: string, item: Uuid, tags: string[]): Promise<Bookmark> {
  return request<Bookmark>(`${about(slug, item)}/bookmark/`, { method: "PUT", body: { tags } });
}

export function removeBookmark(slug: string, item: Uuid): Promise<void> {
  return request(`${about(slug, item)}/bookmark/`, { method: "DELETE" });
}

export function writeNote(slug: string, item: Uuid, text: string): Promise<Note> {
  return request<Note>(`${about(slug, item)}/note/`, { method: "PUT", body: { text } });
}

export function removeNote(slug: string, item: Uuid): Promise<void> {
  return request(`${about(slug, item)}/note/`, { method: "DELETE" });
}

export function reportItem(slug: string, item: Uuid, report: ReportIn): Promise<Report> {
  return request<Report>(`${about(slug, item)}/reports/`, { method: "POST", body: report });
}
