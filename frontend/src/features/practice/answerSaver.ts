import { fetchPractice, finishPractice, putAnswer, type GivenAnswer, type PracticeDetail, type PracticeItem, type Told, type Truth } from "../../api/practice";
import type { ResponseOut, Uuid } from "../../api/types";
import { refusedFor } from "../sitting/responseSender";
import type { Saver } from "../sitting/saver";
import type { Lane } from "../sitting/saving";

export type OnTold = (position: number, told: Told) => void;

/** The answers of practice. What study says of one goes to `onTold`. */
export function practiceLane(slug: string, { session, token: first }: PracticeDetail, onTold: OnTold): Lane {
  let token = first;
  return {
    put: ({ slot, sequence, answer, flagged, seconds }, init) =>
      putAnswer(session.id, token, slot, { sequence, answer, seconds, is_guess: flagged }, init),
    renew: async () => {
      ({ token } = await fetchPractice(slug, session.id));
    },
    refusal: (problem) => {
      switch (problem.code) {
        case "practice_over":
          return { kind: "closed", closedAt: (problem.members.finished_at as string | null | undefined) ?? null, state: null };
        case "stale_sequence": {
          const { sequence, answer, is_guess: flagged } = problem.members as unknown as GivenAnswer;
          return { kind: "stale", theirs: { sequence, answer, flagged }, clock: null };
        }
        // In study the first answer stands, also one that another device gave.
        case "already_answered":
          return { kind: "section_closed" };
        default:
          return refusedFor(problem);
      }
    },
    onSaved: ({ slot, answer, flagged }, body) => {
      const { truth = null } = body as { truth?: Truth | null };
      if (truth) onTold(Number(slot), { answer, is_guess: flagged, truth });
    },
  };
}

/** What the server has, in the saver's words. */
export function storedOf(items: PracticeItem[]): Record<string, ResponseOut> {
  return Object.fromEntries(
    items.map(({ slot, sequence, answer, is_guess: flagged, seconds }) => [String(slot), { sequence, answer, flagged, seconds, seen: answer !== null }]),
  );
}

/** Hands in once the server has every answer; null while some wait on this device. Raises ProblemError. */
export async function handIn(saver: Saver, slug: string, session: Uuid): Promise<PracticeDetail | null> {
  await saver.drain();
  const { pending, closing } = saver.snapshot();
  // After the end there is nothing left to save, and the server says how it ended.
  if (pending > 0 && !closing) return null;
  return finishPractice(slug, session);
}
