"""What happens to attempts."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class AttemptEvent(Event):
    """Something about one attempt."""

    attempt_id: UUID
    delivery_id: UUID
    learner_id: UUID

    @property
    def subject_id(self) -> str:
        """The attempt."""
        return str(self.attempt_id)


@dataclass(frozen=True, kw_only=True)
class AttemptStarted(AttemptEvent):
    """A learner began to sit a delivery."""

    kind = "exams.attempt_started"
    number: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"Attempt {self.number} was started."


@dataclass(frozen=True, kw_only=True)
class AttemptSubmitted(AttemptEvent):
    """An attempt was closed; `steps_digest` seals its step log."""

    kind = "exams.attempt_submitted"
    closed_by: str
    steps_digest: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The attempt was submitted by {self.closed_by}."


@dataclass(frozen=True, kw_only=True)
class AttemptTerminated(AttemptEvent):
    """Staff ended an attempt."""

    kind = "exams.attempt_terminated"
    reason: str
    steps_digest: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The attempt was ended: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AttemptAbandoned(AttemptEvent):
    """A paused attempt was closed long after the end of its window, because nobody had resumed it."""

    kind = "exams.attempt_abandoned"
    steps_digest: str

    def sentence(self) -> str:
        """For the journal page."""
        return "The attempt stayed paused past the end of its window and was closed."


@dataclass(frozen=True, kw_only=True)
class AttemptVoided(AttemptEvent):
    """Staff decided that an attempt does not count."""

    kind = "exams.attempt_voided"
    reason: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The attempt was voided: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AttemptPaused(AttemptEvent):
    """An attempt's clock was stopped."""

    kind = "exams.attempt_paused"
    reason: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The attempt was paused: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AttemptResumed(AttemptEvent):
    """An attempt's clock goes on."""

    kind = "exams.attempt_resumed"

    def sentence(self) -> str:
        """For the journal page."""
        return "The attempt was resumed."


@dataclass(frozen=True, kw_only=True)
class ExtraTimeGranted(AttemptEvent):
    """A running attempt was given more time."""

    kind = "exams.extra_time_granted"
    minutes: int
    reason: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"{self.minutes} minutes of extra time were granted: {self.reason}"


@dataclass(frozen=True, kw_only=True)
class AttemptMarked(AttemptEvent):
    """An attempt has a score; a regrade says so again with the next `score_number`. Numbers are decimal strings."""

    kind = "exams.attempt_marked"
    score_number: int
    raw: str
    raw_max: str
    scaled: str
    passed: bool | None

    def sentence(self) -> str:
        """For the journal page."""
        return f"The attempt was marked: {self.raw} of {self.raw_max}, scaled {self.scaled}."


@dataclass(frozen=True, kw_only=True)
class AttemptsRegraded(Event):
    """Attempts were scored again."""

    kind = "exams.attempts_regraded"
    regrade_id: UUID
    attempts: int
    changed: int
    policy: str
    treatment: str

    @property
    def subject_id(self) -> str:
        """The regrade."""
        return str(self.regrade_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"{self.attempts} attempts were regraded, {self.changed} scores changed."


@dataclass(frozen=True, kw_only=True)
class ResultShown(AttemptEvent):
    """The learner may see the score of an attempt from now on. Shares are decimal strings in 0–1.

    `exam_id` is what another attempt repeats: the blueprint, or the form of one that was put together by hand.
    `best_before` is the best share of the learner's earlier results of that exam. `first_right` counts the items that
    they had never had right before. `days` counts the answers by the learner's own date (ISO 8601).
    """

    kind = "exams.result_shown"
    exam_id: UUID
    share: str
    best_before: str | None
    passed: bool | None
    is_first_pass: bool
    items: int
    answered: int
    right: int
    first_right: int
    seconds: int
    days: dict[str, int]
    gives_certificate: bool

    def sentence(self) -> str:
        """For the journal page."""
        return "The result can be seen by the learner."


@dataclass(frozen=True, kw_only=True)
class ResultChanged(AttemptEvent):
    """A regrade changed a result that the learner had seen."""

    kind = "exams.result_changed"
    score_number: int
    share: str
    passed_before: bool | None
    passed: bool | None
    gives_certificate: bool

    def sentence(self) -> str:
        """For the journal page."""
        return "A result that the learner had seen was changed by a regrade."
