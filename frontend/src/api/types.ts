/**
 * The shapes of the API, written by hand from the contract until docs/openapi.yaml exists.
 * `npm run types` then makes schema.d.ts and these names become aliases into it; nothing else imports the schema.
 */
export type Uuid = string;
export type IsoTime = string;
export type Locale = "en" | "es";

export interface FieldError {
  field: string | null;
  code: string;
  detail: string;
}

export interface ProblemOut {
  type?: string;
  title: string;
  status: number;
  detail?: string;
  code: string;
  instance?: string;
  request_id?: string;
  errors?: FieldError[];
}

export interface Page<T> {
  next: string | null;
  previous: string | null;
  results: T[];
}

export type Power =
  | "sit_exams"
  | "manage_deliveries"
  | "supervise_attempts"
  | "see_results"
  | "grant_accommodations"
  | "regrade"
  | "manage_bank"
  | "manage_people";

export type Role = "owner" | "manager" | "instructor" | "learner";

export interface MyAcademy {
  slug: string;
  name: string;
  colour: string;
  is_house: boolean;
  role: Role;
  powers: Power[];
}

export interface Me {
  id: Uuid;
  email: string;
  name: string;
  locale: Locale;
  time_zone: string;
  is_staff: boolean;
  academies: MyAcademy[];
}

export interface MeIn {
  name?: string;
  locale?: Locale;
  time_zone?: string;
}

export type AssignedState = "upcoming" | "open" | "in_progress" | "done" | "closed";
export type Navigation = "free" | "linear";
export type Display = "item" | "section";

export interface Assigned {
  id: Uuid;
  title: string;
  description: string;
  state: AssignedState;
  opens_at: IsoTime | null;
  closes_at: IsoTime | null;
  time_limit_seconds: number | null;
  item_count: number;
  sections: { title: string; item_count: number; time_limit_seconds: number | null }[];
  attempts_allowed: number;
  attempts_used: number;
  open_attempt: Uuid | null;
  last_attempt: Uuid | null;
  last_result_available: boolean;
}

export type ReviewWhat = "nothing" | "score" | "domains" | "answers";
export type ReviewWhen = "at_once" | "after_window" | "on_release";

export interface AssignedDetail extends Assigned {
  instructions_html: string;
  navigation: Navigation;
  shuffle: boolean;
  review: { what: ReviewWhat; when: ReviewWhen };
  pass_mark: { scaled: number; label: string } | null;
}

export type AttemptState =
  | "created"
  | "in_progress"
  | "paused"
  | "submitted"
  | "marking"
  | "marked"
  | "released"
  | "expired"
  | "abandoned"
  | "terminated"
  | "voided";

export type ResultReason = "now" | "after_window" | "on_release" | "never" | "not_marked";

export interface AttemptOut {
  id: Uuid;
  delivery: { id: Uuid; title: string };
  number: number;
  state: AttemptState;
  started_at: IsoTime;
  submitted_at: IsoTime | null;
  deadline_at: IsoTime | null;
  result: {
    available: boolean;
    available_reason: ResultReason;
    available_at: IsoTime | null;
    scaled: number | null;
    passed: boolean | null;
    label: string | null;
  };
}

export type ItemType =
  | "single_choice"
  | "multiple_choice"
  | "true_false_not_given"
  | "matching"
  | "ordering"
  | "gap_fill"
  | "short_text"
  | "numeric";

export interface HtmlOption {
  id: string;
  html: string;
}

/** Every member is optional because the item's `type`, a sibling of `question`, says which of them are there. */
export interface Question {
  options?: (HtmlOption | { id: string; label: string })[];
  select?: number | null;
  labels?: "true_false" | "yes_no";
  prompts?: HtmlOption[];
  reuse?: boolean;
  html?: string;
  gaps?: { id: string; max_words: number | null }[];
  choices?: string[] | null;
  max_words?: number | null;
  unit?: string | null;
  units?: string[];
}

export interface Answer {
  choice?: string;
  choices?: string[];
  pairs?: Record<string, string>;
  order?: string[];
  gaps?: Record<string, string>;
  text?: string;
  number?: string;
  unit?: string | null;
}

export interface Stimulus {
  id: string;
  kind: "passage" | "exhibit" | "image" | "audio";
  title: string;
  html: string;
  file_url: string | null;
  attribution: string;
}

export interface SittingSection {
  index: number;
  title: string;
  instructions_html: string;
  time_limit_seconds: number | null;
  first: number;
  last: number;
}

export interface SittingItem {
  position: number;
  slot: number;
  section: number;
  type: ItemType;
  stimulus: string | null;
  stem_html: string;
  points: number;
  question: Question;
}

export interface ResponseOut {
  sequence: number;
  answer: Answer | null;
  flagged: boolean;
  seconds: number;
  seen: boolean;
}

export interface OpenPositions {
  first: number;
  last: number;
}

export interface Sitting {
  attempt: AttemptOut;
  token: string;
  server_time: IsoTime;
  deadline_at: IsoTime | null;
  section_deadline_at: IsoTime | null;
  grace_seconds: number;
  navigation: Navigation;
  display: Display;
  paused: boolean;
  message: string | null;
  current_section: number;
  open_positions: OpenPositions;
  sections: SittingSection[];
  stimuli: Record<string, Stimulus>;
  items: SittingItem[];
  responses: Record<string, ResponseOut>;
  marks: Record<string, unknown>;
}

export interface ResponseIn {
  sequence: number;
  answer: Answer | null;
  flagged: boolean;
  seconds: number;
}

export interface ClockOut {
  server_time: IsoTime;
  deadline_at: IsoTime | null;
  section_deadline_at?: IsoTime | null;
  state?: AttemptState;
  paused?: boolean;
  message?: string | null;
}

export interface SavedOut extends ClockOut {
  saved: true;
  slot: number | string;
  sequence: number;
}

export interface PositionOut extends ClockOut {
  open_positions: OpenPositions;
}

export interface SectionOut extends PositionOut {
  current_section: number;
}

export type StepKind =
  | "viewed"
  | "focus_lost"
  | "focus_gained"
  | "went_offline"
  | "came_online"
  | "fullscreen_left";

export interface Step {
  kind: StepKind;
  slot: number | null;
  at: IsoTime;
  detail?: string;
}

export interface SubmissionOut {
  attempt: AttemptOut;
  answered: number;
  total: number;
}

export interface Result {
  attempt: AttemptOut;
  raw: number;
  raw_max: number;
  percent: number;
  scaled: number;
  scale: { min: number; max: number; label: "Score" | "Band"; step: number };
  cut: number | null;
  passed: boolean | null;
  percentile: number | null;
  peers: number;
  domains: { code: string; title: string; raw: number; raw_max: number; percent: number; items: number }[];
  seconds_total: number;
  items: { position: number; domain: string; seconds: number; fraction: number | null }[];
  next: { kind: "review" | "retake" | "home"; attempt?: Uuid; delivery?: Uuid };
  regraded_at: IsoTime | null;
}

export interface ItemKey {
  choice?: string;
  choices?: string[];
  pairs?: Record<string, string>;
  order?: string[];
  gaps?: Record<string, string[]>;
  accepted?: string[];
  number?: string | number;
  tolerance?: string | number | null;
  tolerance_kind?: string | null;
  unit?: string | null;
}

export interface ReviewItem extends SittingItem {
  answer: Answer | null;
  fraction: number;
  mark: number;
  seconds: number;
  flagged: boolean;
  key: ItemKey;
  why: Record<string, string>;
  explanation_html: string;
  parts: Record<string, boolean>;
}

export interface Review {
  attempt: AttemptOut;
  stimuli: Record<string, Stimulus>;
  sections: SittingSection[];
  items: ReviewItem[];
}
