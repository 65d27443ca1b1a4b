import type { PracticeItem, Truth } from "../../api/practice";
import type { Answer, ReviewItem } from "../../api/types";

/** A question with its truth, as the review of an exam shows it. */
export function reviewItemOf(item: PracticeItem, truth: Truth, answer: Answer | null = item.answer): ReviewItem {
  const { fraction } = truth;
  return { ...item, ...truth, answer, mark: fraction === null ? null : fraction * item.points, flagged: false };
}
