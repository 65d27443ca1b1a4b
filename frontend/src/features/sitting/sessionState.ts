import type { AttemptState, OpenPositions, Sitting, SubmissionOut } from "../../api/types";
import type { DocumentStore } from "./deviceStore";
import type { QueueStore, SaverClock, SaverNotice } from "./saving";

export type Ended =
  | { kind: "submitted" | "time_up"; answered: number; total: number; submission: SubmissionOut }
  | { kind: "closed"; state: AttemptState | null; closedAt: string | null; saved: number; given: number };

export type SittingNotice =
  | SaverNotice
  | { kind: "more_time"; seconds: number }
  | { kind: "minutes_left"; minutes: number; of: "attempt" | "section" }
  | { kind: "section_over"; section: number }
  | { kind: "paused" }
  | { kind: "resumed" };

export interface SessionState {
  position: number;
  section: number;
  open: OpenPositions;
  deadlineAt: string | null;
  sectionDeadlineAt: string | null;
  isPaused: boolean;
  message: string | null;
  /** "finishing": the time is over or the person submitted; nothing can be changed any more. */
  phase: "running" | "finishing" | "ended";
  ended: Ended | null;
}

export interface SessionOptions {
  sitting: Sitting;
  fetch: typeof fetch;
  store: QueueStore;
  documents: DocumentStore;
  clock: SaverClock;
  monotonic?: () => number;
  renewToken: () => Promise<Sitting>;
  onNotice: (notice: SittingNotice) => void;
}

/** Where a sitting begins when it is opened. */
export function stateOf(sitting: Sitting): SessionState {
  return {
    position: sitting.open_positions.first,
    section: sitting.current_section,
    open: sitting.open_positions,
    deadlineAt: sitting.deadline_at,
    sectionDeadlineAt: sitting.section_deadline_at,
    isPaused: sitting.paused,
    message: sitting.message,
    phase: "running",
    ended: null,
  };
}
