import type { ProblemError } from "../../api/problem";
import type { Answer, AttemptState, ClockOut } from "../../api/types";
import type { Delivery } from "./responseSender";

/** What the person answered and the server has not acknowledged yet. */
export interface Pending {
  slot: string;
  /** Given when the person answered, so that a replay keeps the order. */
  sequence: number;
  answer: Answer | null;
  /** What the person says beside it: in an exam to look at it again, in practice that it is a guess. */
  flagged: boolean;
  seconds: number;
  /** Wall clock in ms; only to forget what is weeks old. */
  answeredAt: number;
  /** "time" carries nothing but seconds: never counted as unsaved and never in conflict. */
  kind: "answer" | "time";
}

export interface LocalResponse {
  answer: Answer | null;
  flagged: boolean;
  seconds: number;
  seen: boolean;
}

/** Where answers wait between being given and being acknowledged; survives a reload. */
export interface QueueStore {
  load: (attempt: string) => Promise<Pending[]>;
  put: (attempt: string, entry: Pending) => Promise<void>;
  remove: (attempt: string, slot: string) => Promise<void>;
  clear: (attempt: string) => Promise<void>;
}

export interface SaverClock {
  /** Wall clock in ms. */
  now: () => number;
  /** Runs once after `ms`; returns how to call it off. */
  after: (ms: number, run: () => void) => () => void;
}

export interface SittingToken {
  current: string;
  /** Asks for a fresh one. Raises ProblemError: 401 signed out, `attempt_closed`, `network`. */
  renew: () => Promise<string>;
}

/** Where the answers of a session go, and what is said of them there. */
export interface Lane {
  put: (entry: Pending, init: RequestInit) => Promise<Response>;
  /** Asks for a fresh token. Raises ProblemError: 401 signed out, `attempt_closed`, `network`. */
  renew: () => Promise<unknown>;
  /** What a refusal of this answer means; trouble of the server and of the token is dealt with before. */
  refusal: (problem: ProblemError) => Delivery;
  /** Hears what came with an acknowledgement. */
  onSaved?: (entry: Pending, body: object) => void;
}

export type SaveStatus =
  | "idle"
  | "saved"
  | "saving"
  | "offline"
  | "retrying"
  | "paused"
  | "refused"
  | "signed_out"
  | "closed";

export interface Closing {
  closedAt: string | null;
  state: AttemptState | null;
  /** Of `given` answers on this device, so many were acknowledged. */
  saved: number;
  given: number;
}

export type SaverNotice =
  | { kind: "answered_elsewhere"; slot: string; mine: Answer | null }
  | { kind: "section_closed"; slot: string }
  | { kind: "refused"; slot: string; detail: string };

export interface SaverSnapshot {
  status: SaveStatus;
  /** Answers and flags not acknowledged. */
  pending: number;
  responses: ReadonlyMap<string, LocalResponse>;
  refused: ReadonlyMap<string, string>;
  closing: Closing | null;
  /** False where the browser keeps nothing: what is unsent lives only in this window. */
  isKept: boolean;
}

export interface SaverOptions {
  /** What the answers belong to, by which they are kept on the device. */
  attempt: string;
  lane: Lane;
  store: QueueStore;
  clock: SaverClock;
  random?: () => number;
  onClock?: (clock: ClockOut, roundTripMs: number) => void;
  onNotice?: (notice: SaverNotice) => void;
  onPaused?: () => void;
}

export const browserClock: SaverClock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
