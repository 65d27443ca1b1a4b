import type { Answer, ItemType, Question } from "../../api/types";

/** Same meaning for the server; key order does not matter. */
export function sameAnswer(one: Answer | null, other: Answer | null): boolean {
  return stable(one) === stable(other);
}

function stable(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(stable).join()}]`;
  if (value && typeof value === "object") {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined && each !== null);
    const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([key, each]) => `${JSON.stringify(key)}:${stable(each)}`).join()}}`;
  }
  return JSON.stringify(value ?? null);
}

/** An answer with nothing in it is no answer: the server stores null for it. */
export function orNull(answer: Answer): Answer | null {
  const filled = (values: (string | undefined)[]) => values.some((each) => each !== undefined && each.trim() !== "");
  const isFilled =
    filled([answer.choice, answer.text, answer.number]) ||
    (answer.choices?.length ?? 0) > 0 ||
    (answer.order?.length ?? 0) > 0 ||
    filled(Object.values(answer.pairs ?? {})) ||
    filled(Object.values(answer.gaps ?? {}));
  return isFilled ? answer : null;
}

export type Completeness = "none" | "part" | "whole";

/** Whether anything is still left open in an item; "part" is worth a word before submitting. */
export function completeness(type: ItemType, question: Question, answer: Answer | null): Completeness {
  if (!answer || orNull(answer) === null) return "none";
  const filled = (record: Record<string, string> = {}) => Object.values(record).filter((each) => each.trim() !== "").length;
  switch (type) {
    case "matching":
      return filled(answer.pairs) >= (question.prompts?.length ?? 0) ? "whole" : "part";
    case "gap_fill":
      return filled(answer.gaps) >= (question.gaps?.length ?? 0) ? "whole" : "part";
    case "multiple_choice":
      return question.select && (answer.choices?.length ?? 0) < question.select ? "part" : "whole";
    case "numeric":
      return (question.units?.length ?? 0) > 0 && !answer.unit ? "part" : "whole";
    default:
      return "whole";
  }
}

/** Words as an examiner counts them: separated by white space, a hyphenated word is one. */
export function countWords(text: string): number {
  return text.trim() === "" ? 0 : text.trim().split(/\s+/u).length;
}

/** "3,5" and "3.5" are the same number; thousands separators are not guessed at. Null where it is no number. */
export function parseNumber(text: string): string | null {
  const plain = text.trim().replace(/\s/gu, "").replace("−", "-");
  const dotted = plain.includes(".") ? plain : plain.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(dotted) ? dotted.replace(/\.$/, "") : null;
}
