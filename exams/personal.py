"""What exams hold about people.

Answers, and the log of how they came about, are kept: marks rest on them, a regrade reads them again, and the log's
digests prove that nobody changed it. After an erasure they hang on somebody without a name.
"""

from accounts.privacy.registry import hold, nothing_about_people
from exams.models import (
    Accommodation,
    Attempt,
    AttemptStep,
    Blueprint,
    BlueprintCell,
    BlueprintSection,
    Bookmark,
    CardWatermark,
    Delivery,
    Domain,
    Form,
    Item,
    ItemBank,
    ItemReport,
    ItemStatistics,
    ItemVersion,
    MarkedAnswer,
    Note,
    PracticeAnswer,
    PracticeSession,
    RegradeRun,
    ReportCase,
    Response,
    ReviewCard,
    ReviewLog,
    ReviewParameters,
    ReviewSettings,
    Score,
    ScoreConversion,
    Section,
    Skill,
    Slot,
    SlotTreatment,
    Stimulus,
)

MARKS_REST_ON_IT = "Marks rest on it; it hangs on somebody without a name."
WHO_DID_IT = "Says who did it. The id stays, the name went with the person."
OF_THE_ACADEMY = "Belongs to the academy and is about nobody."

hold(
    "accommodations",
    Accommodation,
    owner="member__user",
    exported=("academy__name", "delivery__title", "time_factor", "extra_attempts", "note", "created_at"),
    # What somebody needed says something about their health.
    is_deleted=True,
    kept={"created_by": WHO_DID_IT},
)
hold(
    "attempts",
    Attempt,
    owner="learner",
    exported=(
        "id",
        "academy__name",
        "delivery__title",
        "number",
        "state",
        "time_factor",
        "extra_seconds",
        "started_at",
        "deadline_at",
        "section_deadline_at",
        "closes_at",
        "paused_at",
        "submitted_at",
        "closed_by",
        "message",
        "notes",
    ),
    erased={"message": "", "notes": {}},
    kept={
        "learner": MARKS_REST_ON_IT,
        "option_orders": "The order in which options were shown.",
        "steps_digest": "Proves that the log is whole.",
    },
)
hold(
    "responses",
    Response,
    owner="attempt__learner",
    exported=("attempt_id", "attempt__delivery__title", "slot", "answer", "flagged", "seconds", "saved_at"),
    kept={"answer": MARKS_REST_ON_IT},
)
hold(
    "attempt_steps",
    AttemptStep,
    owner="attempt__learner",
    exported=("attempt_id", "kind", "slot", "body", "recorded_at"),
    kept={"body": "Part of the log that proves how the mark came about.", "mac": "Proves the step."},
)
hold(
    "scores",
    Score,
    owner="attempt__learner",
    exported=(
        "attempt_id",
        "attempt__delivery__title",
        "number",
        "is_current",
        "raw",
        "raw_max",
        "scaled",
        "passed",
        "domains",
        "marked_at",
        "shown_at",
    ),
    kept={"domains": "The mark by domain, of somebody without a name."},
)
hold(
    "marked_answers",
    MarkedAnswer,
    owner="learner",
    exported=(
        "academy__name",
        "source",
        "source_id",
        "slot",
        "domain__title",
        "item__code",
        "answer",
        "fraction",
        "is_guess",
        "seconds",
        "answered_at",
        "local_date",
    ),
    kept={
        "learner": MARKS_REST_ON_IT,
        "answer": "Statistics of the question rest on it.",
        "written_in": "The number of a transaction.",
    },
)
hold(
    "deliveries_made",
    Delivery,
    owner="created_by",
    exported=("id", "academy__name", "title", "created_at"),
    kept={
        "created_by": WHO_DID_IT,
        **dict.fromkeys(("title", "instructions", "instructions_html"), OF_THE_ACADEMY),
        **dict.fromkeys(("opens_at", "closes_at", "released_at"), OF_THE_ACADEMY),
    },
)
hold(
    "item_versions_written",
    ItemVersion,
    owner="created_by",
    exported=("id", "academy__name", "item__code", "number", "created_at"),
    kept={
        "created_by": WHO_DID_IT,
        **dict.fromkeys(("stem", "stem_html", "source", "question", "key", "rationale", "digest"), OF_THE_ACADEMY),
    },
)
hold(
    "regrades_made",
    RegradeRun,
    owner="created_by",
    exported=("id", "academy__name", "policy", "treatment", "created_at"),
    kept={"created_by": WHO_DID_IT},
)

hold(
    "practice_sessions",
    PracticeSession,
    owner="learner",
    exported=(
        "id",
        "academy__name",
        "bank__title",
        "mode",
        "filter",
        "state",
        "time_limit_seconds",
        "started_at",
        "deadline_at",
        "last_active_at",
        "finished_at",
        "answered",
        "right",
        "seconds",
        "skipped",
    ),
    kept={
        "learner": "The answers of the session are facts that hang on somebody without a name; so does it.",
        "filter": "What the questions were chosen by; says nothing without the person.",
        "option_orders": "The order in which options were shown.",
        "versions": "The questions of the session.",
    },
)
hold(
    "practice_answers",
    PracticeAnswer,
    owner="session__learner",
    exported=(
        "session_id",
        "session__bank__title",
        "position",
        "sequence",
        "answer",
        "is_guess",
        "seconds",
        "saved_at",
    ),
    is_deleted=True,
)
hold(
    "bookmarks",
    Bookmark,
    owner="learner",
    exported=("academy__name", "item__code", "tags", "created_at"),
    is_deleted=True,
)
hold(
    "notes",
    Note,
    owner="learner",
    exported=("academy__name", "item__code", "text", "created_at", "changed_at"),
    is_deleted=True,
)
hold(
    "item_reports",
    ItemReport,
    owner="learner",
    exported=("academy__name", "item__code", "reason", "comment", "case__state", "case__reply", "created_at"),
    erased={"comment": ""},
    kept={"learner": "A question was corrected because somebody reported it."},
)
hold(
    "reports_decided",
    ReportCase,
    owner="decided_by",
    exported=("academy__name", "item__code", "state", "flagged_at", "opened_at", "decided_at"),
    kept={"decided_by": WHO_DID_IT, "reply": "What the academy said to those who had reported the question."},
)
hold(
    "review_cards",
    ReviewCard,
    owner="learner",
    exported=(
        "academy__name",
        "item__code",
        "reason",
        "state",
        "stability",
        "difficulty",
        "due_at",
        "last_reviewed_at",
        "reviews",
        "lapses",
        "suspended_at",
        "created_at",
    ),
    is_deleted=True,
)
hold(
    "review_logs",
    ReviewLog,
    owner="learner",
    exported=(
        "academy__name",
        "card__item__code",
        "number",
        "rating",
        "fraction",
        "seconds",
        "state_before",
        "retrievability",
        "reviewed_at",
        "local_date",
        "undone_at",
    ),
    is_deleted=True,
)
hold(
    "review_settings",
    ReviewSettings,
    owner="learner",
    exported=("academy__name", "daily_limit", "new_per_day", "target_date", "desired_retention"),
    is_deleted=True,
)
hold(
    "review_parameters",
    ReviewParameters,
    owner="learner",
    exported=("academy__name", "parameters", "reviews", "log_loss_before", "log_loss_after", "is_used", "made_at"),
    is_deleted=True,
)

nothing_about_people(ItemBank, Domain, Skill, Item, Stimulus, because="What exams are made of.")
nothing_about_people(Blueprint, BlueprintSection, BlueprintCell, because="How forms are made.")
nothing_about_people(Form, Section, Slot, ScoreConversion, because="How exams are put together.")
nothing_about_people(ItemStatistics, because="Figures of a question, over everybody who answered it.")
nothing_about_people(CardWatermark, because="How far something has been read.")
nothing_about_people(SlotTreatment, because="How a question counts, for everybody.")
