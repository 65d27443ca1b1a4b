/**
 * The names by which the application knows the shapes of the API. They come from schema.d.ts, which `npm run types`
 * makes from docs/openapi.yaml; nothing else imports the schema. By hand are only the parts that the document leaves
 * open because they depend on an item's type.
 */
import type { components } from "./schema";

type Schemas = components["schemas"];

/** What the server sends is complete; the document calls members with a default optional, and all computed ones readonly. */
type Sent<T> = T extends readonly (infer Each)[]
  ? Sent<Each>[]
  : T extends object
    ? { -readonly [Key in keyof T]-?: Sent<Exclude<T[Key], undefined>> }
    : T;

export type Uuid = string;
export type IsoTime = string;
export type Locale = Schemas["LocaleEnum"];

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

export type Power = Schemas["PowersEnum"];
export type Role = Schemas["RoleEnum"];
export type MyAcademy = Sent<Schemas["MyAcademyOut"]>;
export type Me = Sent<Schemas["MeOut"]>;
export type MeIn = Schemas["PatchedMeInRequest"];

export type Profile = Sent<Schemas["ProfileOut"]>;
export type Onboarding = Sent<Schemas["OnboardingOut"]>;
export type OnboardingStep = Schemas["OnboardingStep"];
export type OnboardingStepState = Schemas["OnboardingStepState"];
export type LegalDocument = Sent<Schemas["LegalDocumentOut"]>;
export type LegalKind = LegalDocument["kind"];
export type Consents = Sent<Schemas["ConsentsOut"]>;
export type ConsentIn = Schemas["ConsentInRequest"];
export type DataExport = Sent<Schemas["DataExportOut"]>;
export type ErasureState = Sent<Schemas["ErasureStateOut"]>;
export type Session = Sent<Schemas["SessionOut"]>;
export type ProofMethod = Schemas["MethodsEnum"];
export type Factors = Sent<Schemas["FactorsOut"]>;
export type Factor = Factors["authenticators"][number] | Factors["passkeys"][number];
export type NewAuthenticator = Sent<Schemas["NewAuthenticatorOut"]>;
export type Enrolled = Sent<Schemas["EnrolledOut"]>;
/** As the browser's `navigator.credentials` wants them, with bytes as base64url. */
export type PasskeyOptions = Record<string, unknown>;
export type UserSession = Sent<Schemas["UserSessionOut"]>;
export type Challenge = Sent<Schemas["ChallengeOut"]>;
export type ChallengeParameters = Challenge["parameters"];

export type Performance = Sent<Schemas["PerformanceOut"]>;
export type PerformanceDay = Performance["days"][number];
export type DomainInsight = Sent<Schemas["DomainInsightsOut"]>["domains"][number];
export type Trend = DomainInsight["trend"];
export type WeakArea = Sent<Schemas["WeakAreasOut"]>["areas"][number];
export type Readiness = Sent<Schemas["ReadinessOut"]>;
export type Calibration = Sent<Schemas["CalibrationOut"]>;
export type TimeUse = Sent<Schemas["TimeUseOut"]>;
export type AnswerSource = Schemas["AnswerSource"];
/** Which ids an action has depends on its type. */
export type RecommendedAction = Schemas["RecommendedActionOut"];
export type Recommendation = Sent<Schemas["RecommendationOut"]>;

export type AssignedState = Schemas["AssignedState"];
export type Navigation = Schemas["NavigationEnum"];
export type Display = Schemas["DisplayEnum"];
/** `description` is in the contract, not yet in the document. */
export type Assigned = Sent<Schemas["AssignedOut"]> & { description?: string };
export type AssignedDetail = Sent<Schemas["AssignedDetailOut"]> & { description?: string };
export type ReviewWhat = Schemas["ReviewWhat"];
export type ReviewWhen = Schemas["ReviewWhen"];

export type AttemptState = Schemas["AttemptState"];
export type AttemptOut = Sent<Schemas["AttemptOut"]>;

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

export type Stimulus = Sent<Schemas["StimulusOut"]>;
export type SittingSection = Sent<Schemas["SectionOut"]>;
export type SittingItem = Omit<Sent<Schemas["ItemOut"]>, "type" | "question"> & { type: ItemType; question: Question };
export type ResponseOut = Omit<Sent<Schemas["ResponseOut"]>, "answer"> & { answer: Answer | null };
export type OpenPositions = Schemas["PositionRangeOut"];

export type Sitting = Omit<Sent<Schemas["SittingOut"]>, "items" | "responses" | "state"> & {
  items: SittingItem[];
  responses: Record<string, ResponseOut>;
  state: AttemptState;
};

/** The clock in any answer of a sitting; a saved answer carries less of it than a poll. */
export type ClockOut = Pick<Schemas["ClockOut"], "server_time" | "deadline_at"> &
  Partial<Omit<Schemas["ClockOut"], "state">> & { state?: AttemptState };
export type PositionOut = Omit<Schemas["ClockOut"], "state"> & { state: AttemptState };
export type SectionOut = PositionOut;

export type StepKind = Schemas["StepInKindEnum"];
export type Step = Schemas["StepInRequest"];
export type SubmissionOut = Sent<Schemas["SubmissionOut"]>;

export type Result = Sent<Schemas["ResultOut"]>;

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

export type ReviewItem = Omit<Sent<Schemas["ReviewedItemOut"]>, "type" | "question" | "answer" | "key"> & {
  type: ItemType;
  question: Question;
  answer: Answer | null;
  key: ItemKey;
};
export type ReviewRating = Schemas["ReviewRating"];
export type ReviewToday = Sent<Schemas["ReviewTodayOut"]>;
export type ReviewCheck = Omit<Sent<Schemas["ReviewCheckOut"]>, "item"> & { item: ReviewItem };
export type ReviewCard = Omit<Sent<Schemas["ReviewQuestionOut"]>, "item" | "check"> & { item: SittingItem; check: ReviewCheck | null };
export type ReviewQueue = { today: ReviewToday; cards: ReviewCard[] };
export type ReviewGraded = ReviewQueue & { grade: Sent<Schemas["ReviewGradeOut"]> };
export type ReviewSettings = Sent<Schemas["ReviewSettingsOut"]>;
export type ReviewSettingsIn = Schemas["PatchedReviewSettingsInRequest"];
export type Retention = Sent<Schemas["RetentionOut"]>;
export type RetentionPeriod = Retention["period"];
export type ListedCard = Sent<Schemas["ReviewCardOut"]>;
export type Review = Omit<Sent<Schemas["ReviewOut"]>, "items"> & { items: ReviewItem[] };

export type MyItem = Sent<Schemas["MyItemOut"]>;
export type Bookmark = Sent<Schemas["BookmarkOut"]>;
export type Bookmarked = Sent<Schemas["BookmarkedOut"]>;
export type Note = Sent<Schemas["NoteOut"]>;
export type Noted = Sent<Schemas["NotedOut"]>;
export type KeptQuestion = Sent<Schemas["QuestionOut"]>;
export type Tags = Sent<Schemas["TagsOut"]>["tags"];
export type ReportIn = Schemas["ReportInRequest"];
export type ReportReason = Schemas["ReportReason"];
export type ReportState = Schemas["ReportState"];
export type Report = Sent<Schemas["ReportOut"]>;
export type Reported = Sent<Schemas["ReportedOut"]>;
export type Board = Sent<Schemas["BoardOut"]>;
export type Place = Sent<Schemas["PlaceOut"]>;
export type BoardPreference = Sent<Schemas["BoardPreferenceOut"]>;
export type League = Sent<Schemas["LeagueOut"]>;
export type LeaguePlace = Sent<Schemas["LeaguePlaceOut"]>;
export type LeagueWeek = Sent<Schemas["LeagueWeekOut"]>;
export type LeagueTier = Schemas["LeagueTier"];
export type Certificate = Sent<Schemas["CertificateOut"]>;
export type VerifiedCertificate = Sent<Schemas["VerifiedOut"]>;
