import type { Assigned, AssignedState } from "../../api/types";

/** In the order in which they matter: what is running loses time, what is open can be begun. */
export const STATES: readonly AssignedState[] = ["in_progress", "open", "upcoming", "done", "closed"];

function byUrgency(state: AssignedState): (a: Assigned, b: Assigned) => number {
  const time = (iso: string | null, missing: number) => (iso === null ? missing : Date.parse(iso));
  if (state === "upcoming") return (a, b) => time(a.opens_at, Infinity) - time(b.opens_at, Infinity);
  if (state === "done" || state === "closed") return (a, b) => time(b.closes_at, 0) - time(a.closes_at, 0);
  return (a, b) => time(a.closes_at, Infinity) - time(b.closes_at, Infinity);
}

export function groupsOf(all: Assigned[], search: string): { state: AssignedState; exams: Assigned[] }[] {
  const wanted = search.trim().toLocaleLowerCase();
  const found = wanted ? all.filter((each) => `${each.title} ${each.description}`.toLocaleLowerCase().includes(wanted)) : all;
  return STATES.map((state) => ({
    state,
    exams: found.filter((each) => each.state === state).toSorted(byUrgency(state)),
  })).filter((group) => group.exams.length > 0);
}

export const hasClosed = (exam: Assigned): boolean => exam.closes_at !== null && Date.parse(exam.closes_at) < Date.now();

/** Somebody who handed in and may go again sees the exam both as done and as something still to try. */
export const attemptsLeft = (exam: Assigned): number => Math.max(0, exam.attempts_allowed - exam.attempts_used);
