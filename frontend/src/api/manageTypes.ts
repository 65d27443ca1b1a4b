/** The shapes of the instructors' part of the API, by hand from the contract until types are generated. */
import type { AttemptState, Display, IsoTime, Navigation, ReviewWhat, ReviewWhen, Uuid } from "./types";

export type DeliveryState = "draft" | "upcoming" | "open" | "closed";

export interface BlueprintOut {
  id: Uuid;
  title: string;
  description: string;
  item_count: number;
  sections: { title: string; item_count: number; time_limit_seconds: number | null }[];
  domains: { code: string; title: string; count: number }[];
  time_limit_seconds: number | null;
  /** What its deliveries begin with. */
  instructions?: string;
  navigation?: Navigation;
  display?: Display;
}

export interface FormChoice {
  id: Uuid;
  title: string;
  is_fixed: boolean;
  item_count?: number;
  time_limit_seconds?: number | null;
}

export interface CohortChoice {
  id: Uuid;
  name: string;
  learner_count: number;
}

export interface MemberOut {
  /** Of the membership. */
  id: Uuid;
  name: string;
  email: string;
  role: string;
  cohorts: string[];
}

export interface DeliveryCounts {
  assigned: number;
  in_progress: number;
  submitted: number;
  marked: number;
}

export interface DeliveryRow {
  id: Uuid;
  title: string;
  state: DeliveryState;
  opens_at: IsoTime | null;
  closes_at: IsoTime | null;
  cohort: { id: Uuid; name: string } | null;
  attempts_allowed: number;
  item_count: number;
  counts: DeliveryCounts;
  released_at: IsoTime | null;
}

export interface DeliveryOut extends DeliveryRow {
  instructions: string;
  form: { id: Uuid; title: string; seed: number | null };
  time_limit_seconds: number | null;
  navigation: Navigation;
  display: Display;
  shuffle_items: boolean;
  shuffle_options: boolean;
  review_what: ReviewWhat;
  review_when: ReviewWhen;
  gives_certificate: boolean;
}

/** What may be changed after creation; the last five only while nobody has started. */
export interface DeliveryChanges {
  title: string;
  instructions: string;
  cohort: Uuid | null;
  opens_at: IsoTime | null;
  closes_at: IsoTime | null;
  attempts_allowed: number;
  review_what: ReviewWhat;
  review_when: ReviewWhen;
  gives_certificate: boolean;
  /** null is no limit. */
  time_limit_seconds: number | null;
  navigation: Navigation;
  display: Display;
  shuffle_items: boolean;
  shuffle_options: boolean;
}

/** Without a time limit, that of the exam holds; null is no limit. */
export interface DeliveryIn extends Omit<DeliveryChanges, "time_limit_seconds"> {
  time_limit_seconds?: number;
  blueprint: Uuid | null;
  form: Uuid | null;
  seed?: number;
}

export interface LiveRow {
  id: Uuid;
  learner: { id: Uuid; name: string; email: string };
  number: number;
  state: AttemptState;
  started_at: IsoTime | null;
  submitted_at: IsoTime | null;
  deadline_at: IsoTime | null;
  /** At the moment of the answer; null without a limit or when it is over. */
  remaining_seconds: number | null;
  answered: number;
  total: number;
  last_seen_at: IsoTime | null;
  extra_minutes: number;
  incidents: number;
  score: { raw: number; raw_max: number; scaled: number; passed: boolean | null } | null;
}

export type TimelineKind =
  | "started"
  | "answered"
  | "viewed"
  | "moved"
  | "section_closed"
  | "focus_lost"
  | "focus_gained"
  | "went_offline"
  | "came_online"
  | "fullscreen_left"
  | "resumed_sitting"
  | "extra_time"
  | "paused"
  | "resumed"
  | "submitted"
  | "terminated"
  | "voided";

export interface TimelineStep {
  at: IsoTime;
  kind: TimelineKind;
  slot: number | null;
  position: number | null;
  /** A sentence. */
  text: string;
  sequence: number | null;
}

export interface Timeline {
  steps: TimelineStep[];
  is_intact: boolean;
}

export interface ResultsSummary {
  marked: number;
  mean_scaled: number | null;
  /** Per cent of the marked attempts that passed; null where the exam has no cut. */
  pass_rate: number | null;
  distribution: { from: number; to: number; count: number }[];
  domains: { code: string; title: string; percent: number }[];
}

export interface AccommodationOut {
  id: Uuid;
  member: { id: Uuid; name: string; email: string };
  /** Decimal as text, e.g. "1.50". */
  time_factor: string;
  extra_attempts: number;
  delivery: { id: Uuid; title: string } | null;
  note: string;
}

export interface AccommodationIn {
  member: Uuid;
  time_factor: string;
  extra_attempts: number;
  delivery: Uuid | null;
  note: string;
}

export type RegradePolicy = "never_lower" | "replace";

export interface RegradeScore {
  scaled: number;
  passed: boolean | null;
}

export interface RegradeOut {
  dry_run: boolean;
  /** How many were looked at. */
  attempts: number;
  changed: { attempt: Uuid; learner: { name: string }; before: RegradeScore; after: RegradeScore }[];
  regrade: Uuid | null;
}
