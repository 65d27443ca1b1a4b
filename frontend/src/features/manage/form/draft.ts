/** What the delivery forms hold while they are filled in, and how it becomes a request. */
import type { DeliveryChanges, DeliveryIn, DeliveryOut } from "../../../api/manageTypes";
import type { Display, Navigation, ReviewWhat, ReviewWhen } from "../../../api/types";
import { toField, toUtc } from "./zonedTime";

/** Named as the API names its fields, so that its errors find their place. Numbers and times are as typed. */
export interface DeliveryDraft {
  title: string;
  instructions: string;
  /** "" is everyone. */
  cohort: string;
  opens_at: string;
  closes_at: string;
  attempts_allowed: string;
  /** Minutes; "" is the exam's own limit in a new delivery, and no limit in one that exists. */
  time_limit: string;
  navigation: Navigation;
  display: Display;
  shuffle_items: boolean;
  shuffle_options: boolean;
  review_what: ReviewWhat;
  review_when: ReviewWhen;
  gives_certificate: boolean;
}

export interface ExamChoiceDraft {
  source: "blueprint" | "form";
  blueprint: string;
  form: string;
  seed: string;
}

export const EMPTY_DRAFT: DeliveryDraft = {
  title: "",
  instructions: "",
  cohort: "",
  opens_at: "",
  closes_at: "",
  attempts_allowed: "1",
  time_limit: "",
  navigation: "free",
  display: "item",
  shuffle_items: true,
  shuffle_options: true,
  review_what: "answers",
  review_when: "at_once",
  gives_certificate: false,
};

export const EMPTY_CHOICE: ExamChoiceDraft = { source: "blueprint", blueprint: "", form: "", seed: "" };

export const MOST_ATTEMPTS = 20;
const MOST_MINUTES = 24 * 60;

export type Issue =
  | "address_missing"
  | "title_missing"
  | "title_long"
  | "exam_missing"
  | "form_missing"
  | "seed_number"
  | "closes_first"
  | "attempts_range"
  | "minutes_range"
  | "window_needed"
  | "extra_range"
  | "reason_missing"
  | "member_missing"
  | "nothing_granted"
  | "extra_attempts_range";

/** The API's names of fields → what is wrong. */
export type Issues = Partial<Record<string, Issue>>;

function wholeNumber(text: string): number | null {
  return /^\d+$/.test(text.trim()) ? Number(text.trim()) : null;
}

const isWithin = (value: number | null, least: number, most: number) => value !== null && value >= least && value <= most;

export function issuesOf(draft: DeliveryDraft, timeZone: string): Issues {
  const issues: Issues = {};
  const [opens, closes] = [toUtc(draft.opens_at, timeZone), toUtc(draft.closes_at, timeZone)];
  if (!draft.title.trim()) issues.title = "title_missing";
  else if (draft.title.trim().length > 200) issues.title = "title_long";
  if (opens && closes && opens >= closes) issues.closes_at = "closes_first";
  if (!isWithin(wholeNumber(draft.attempts_allowed), 1, MOST_ATTEMPTS)) issues.attempts_allowed = "attempts_range";
  if (draft.time_limit.trim() && !isWithin(wholeNumber(draft.time_limit), 1, MOST_MINUTES)) {
    issues.time_limit_seconds = "minutes_range";
  }
  if (draft.review_what !== "nothing" && draft.review_when === "after_window" && !closes) issues.review_when = "window_needed";
  return issues;
}

export function choiceIssuesOf(choice: ExamChoiceDraft): Issues {
  if (choice.source === "form") return choice.form ? {} : { form: "form_missing" };
  const issues: Issues = {};
  if (!choice.blueprint) issues.blueprint = "exam_missing";
  if (choice.seed.trim() && wholeNumber(choice.seed) === null) issues.seed = "seed_number";
  return issues;
}

function toChanges(draft: DeliveryDraft, timeZone: string): DeliveryChanges {
  return {
    title: draft.title.trim(),
    instructions: draft.instructions.trim(),
    cohort: draft.cohort || null,
    opens_at: toUtc(draft.opens_at, timeZone),
    closes_at: toUtc(draft.closes_at, timeZone),
    attempts_allowed: Number(draft.attempts_allowed),
    time_limit_seconds: draft.time_limit.trim() ? Number(draft.time_limit) * 60 : null,
    navigation: draft.navigation,
    display: draft.display,
    shuffle_items: draft.shuffle_items,
    shuffle_options: draft.shuffle_options,
    review_what: draft.review_what,
    review_when: draft.review_when,
    gives_certificate: draft.gives_certificate,
  };
}

type Exam = Partial<Pick<DeliveryDraft, (typeof EXAM_FIELDS)[number]>>;

const EXAM_FIELDS = ["title", "instructions", "navigation", "display"] as const;

/** What the chosen exam proposes, wherever the person has not put something of their own. */
export function proposalsOf(draft: DeliveryDraft, exam: Exam | undefined, before: Exam | undefined): Partial<DeliveryDraft> {
  const isUntouched = (name: keyof Exam) => draft[name] === (before?.[name] ?? EMPTY_DRAFT[name]);
  return Object.fromEntries(
    EXAM_FIELDS.filter(isUntouched).map((name) => [name, exam?.[name] ?? EMPTY_DRAFT[name]]),
  );
}

/** The request of a draft without issues. */
export function toDeliveryIn(draft: DeliveryDraft, choice: ExamChoiceDraft, timeZone: string): DeliveryIn {
  const isBlueprint = choice.source === "blueprint";
  const { time_limit_seconds: limit, ...conditions } = toChanges(draft, timeZone);
  const wanted: DeliveryIn = {
    ...conditions,
    blueprint: isBlueprint ? choice.blueprint : null,
    form: isBlueprint ? null : choice.form,
  };
  if (limit !== null) wanted.time_limit_seconds = limit;
  if (isBlueprint && choice.seed.trim()) wanted.seed = Number(choice.seed);
  return wanted;
}

export function draftOf(delivery: DeliveryOut, timeZone: string): DeliveryDraft {
  return {
    title: delivery.title,
    instructions: delivery.instructions,
    cohort: delivery.cohort?.id ?? "",
    opens_at: toField(delivery.opens_at, timeZone),
    closes_at: toField(delivery.closes_at, timeZone),
    attempts_allowed: String(delivery.attempts_allowed),
    time_limit: delivery.time_limit_seconds === null ? "" : String(Math.round(delivery.time_limit_seconds / 60)),
    navigation: delivery.navigation,
    display: delivery.display,
    shuffle_items: delivery.shuffle_items,
    shuffle_options: delivery.shuffle_options,
    review_what: delivery.review_what,
    review_when: delivery.review_when,
    gives_certificate: delivery.gives_certificate,
  };
}

/** Only what the person changed: an untouched time keeps its seconds, and another person's change is not undone. */
export function changesBetween(before: DeliveryDraft, after: DeliveryDraft, timeZone: string): Partial<DeliveryChanges> {
  const [old, wanted] = [toChanges(before, timeZone), toChanges(after, timeZone)];
  const names = Object.keys(wanted) as (keyof DeliveryChanges)[];
  return Object.fromEntries(names.filter((name) => old[name] !== wanted[name]).map((name) => [name, wanted[name]]));
}
