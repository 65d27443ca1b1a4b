import type { ReviewItem } from "../../api/types";

export type ReviewFilter = "all" | "wrong" | "flagged";
export const FILTERS: readonly ReviewFilter[] = ["wrong", "flagged", "all"];

export function isReviewFilter(value: string | null): value is ReviewFilter {
  return FILTERS.includes(value as ReviewFilter);
}

export function filtered(items: ReviewItem[], filter: ReviewFilter): ReviewItem[] {
  if (filter === "wrong") return items.filter((item) => item.fraction !== null && item.fraction < 1);
  if (filter === "flagged") return items.filter((item) => item.flagged);
  return items;
}

export type Verdict = "right" | "partly" | "wrong" | "unanswered" | "unmarked";

export function verdictOf(item: ReviewItem): Verdict {
  if (item.answer === null) return "unanswered";
  if (item.fraction === null) return "unmarked";
  if (item.fraction >= 1) return "right";
  return item.fraction > 0 ? "partly" : "wrong";
}
