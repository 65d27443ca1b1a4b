"""What happens in practice."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class PracticeEvent(Event):
    """Something about what one learner practised. `days` counts the answers by the learner's own date (ISO 8601)."""

    learner_id: UUID
    answered: int
    right: int
    days: dict[str, int]

    @property
    def subject_id(self) -> str:
        """The learner."""
        return str(self.learner_id)


@dataclass(frozen=True, kw_only=True)
class QuizFinished(PracticeEvent):
    """A timed quiz came to its end, by its learner or by the clock.

    `first_right` counts the items that the learner had never had right before; `hard_right` those of them that are
    hard.
    """

    kind = "exams.quiz_finished"
    session_id: UUID
    bank_id: UUID
    items: int
    first_right: int
    hard_right: int
    seconds: int
    time_limit_seconds: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"A practice quiz was finished: {self.right} of {self.items} right."


@dataclass(frozen=True, kw_only=True)
class StudyFinished(PracticeEvent):
    """A study session came to its end, by its learner or because nobody came back to it."""

    kind = "exams.study_finished"
    session_id: UUID
    bank_id: UUID
    viewed: int
    seconds: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"A study session was finished: {self.viewed} questions viewed."


@dataclass(frozen=True, kw_only=True)
class ReviewsDone(PracticeEvent):
    """A run of reviews came to its end: the queue of the day is empty, or nobody came back to it.

    `recalled` counts the cards that were graded hard, good or easy.
    """

    kind = "exams.reviews_done"
    recalled: int
    is_queue_empty: bool

    def sentence(self) -> str:
        """For the journal page."""
        return f"{self.answered} cards were reviewed, {self.recalled} recalled."


@dataclass(frozen=True, kw_only=True)
class ItemReportEvent(Event):
    """Something about a learner's report of a question."""

    report_id: UUID
    item_id: UUID
    learner_id: UUID

    @property
    def subject_id(self) -> str:
        """The item."""
        return str(self.item_id)


@dataclass(frozen=True, kw_only=True)
class ItemReported(ItemReportEvent):
    """A learner found something wrong with a question."""

    kind = "exams.item_reported"
    reason: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"A question was reported as {self.reason}."


@dataclass(frozen=True, kw_only=True)
class ItemReportUpheld(ItemReportEvent):
    """Staff found that the report was right."""

    kind = "exams.item_report_upheld"

    def sentence(self) -> str:
        """For the journal page."""
        return "A report of a question was upheld."


@dataclass(frozen=True, kw_only=True)
class ItemReportDismissed(ItemReportEvent):
    """Staff found nothing wrong, and said so to the learner."""

    kind = "exams.item_report_dismissed"

    def sentence(self) -> str:
        """For the journal page."""
        return "A report of a question was dismissed."


@dataclass(frozen=True, kw_only=True)
class ReportCaseTriaged(Event):
    """Staff have begun to look into what is reported about a question."""

    kind = "exams.report_case_triaged"
    case_id: UUID
    item_id: UUID

    @property
    def subject_id(self) -> str:
        """The item."""
        return str(self.item_id)

    def sentence(self) -> str:
        """For the journal page."""
        return "Staff began to look into the reports of a question."
