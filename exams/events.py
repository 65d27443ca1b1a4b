"""What happens in exams, in the past tense. Public: other apps subscribe to these."""

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
class DeliveryEvent(Event):
    """Something about one delivery."""

    delivery_id: UUID

    @property
    def subject_id(self) -> str:
        """The delivery."""
        return str(self.delivery_id)


@dataclass(frozen=True, kw_only=True)
class DeliveryCreated(DeliveryEvent):
    """A form was offered to learners."""

    kind = "exams.delivery_created"
    title: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The delivery “{self.title}” was created."


@dataclass(frozen=True, kw_only=True)
class DeliveryChanged(DeliveryEvent):
    """The conditions of a delivery were changed; `fields` names which."""

    kind = "exams.delivery_changed"
    fields: list[str]

    def sentence(self) -> str:
        """For the journal page."""
        return f"The delivery was changed: {', '.join(self.fields)}."


@dataclass(frozen=True, kw_only=True)
class ResultsReleased(DeliveryEvent):
    """Learners may see their results of a delivery."""

    kind = "exams.results_released"

    def sentence(self) -> str:
        """For the journal page."""
        return "The results were released."


@dataclass(frozen=True, kw_only=True)
class AccommodationEvent(Event):
    """Something about what one learner is granted; without a delivery it is about all of the academy's."""

    member_id: UUID
    delivery_id: UUID | None

    @property
    def subject_id(self) -> str:
        """The membership of the learner."""
        return str(self.member_id)


@dataclass(frozen=True, kw_only=True)
class AccommodationGranted(AccommodationEvent):
    """A learner was given more time or attempts. `time_factor` is a decimal string."""

    kind = "exams.accommodation_granted"
    accommodation_id: UUID
    time_factor: str
    extra_attempts: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"An accommodation was granted: time × {self.time_factor}, {self.extra_attempts} more attempts."


@dataclass(frozen=True, kw_only=True)
class AccommodationWithdrawn(AccommodationEvent):
    """A learner's accommodation no longer holds."""

    kind = "exams.accommodation_withdrawn"

    def sentence(self) -> str:
        """For the journal page."""
        return "An accommodation was withdrawn."


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
class ItemVersionMoved(Event):
    """A version took another state; `before` is empty for a version that has just been written."""

    kind = "exams.item_version_moved"

    item_version_id: UUID
    item_id: UUID
    bank_id: UUID
    code: str
    number: int
    before: str
    after: str

    @property
    def subject_id(self) -> str:
        """The item."""
        return str(self.item_id)

    def sentence(self) -> str:
        """For the journal page."""
        if not self.before:
            return f"Wrote version {self.number} of item {self.code}"
        return f"Moved version {self.number} of item {self.code} from {self.before} to {self.after}"


@dataclass(frozen=True, kw_only=True)
class ItemsImported(Event):
    """A file or a pack was applied to a bank: all of it, in one transaction."""

    kind = "exams.items_imported"

    bank_id: UUID
    source: str
    state: str
    new: int
    changed: int
    same: int

    @property
    def subject_id(self) -> str:
        """The bank."""
        return str(self.bank_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"Imported {self.source}: {self.new} new, {self.changed} changed, {self.same} the same"


@dataclass(frozen=True, kw_only=True)
class PackLoaded(Event):
    """A content pack was loaded into its shared bank."""

    kind = "exams.pack_loaded"

    bank_id: UUID
    pack: str
    new: int
    changed: int
    same: int

    @property
    def subject_id(self) -> str:
        """The bank."""
        return str(self.bank_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"Loaded the pack {self.pack}: {self.new} new, {self.changed} changed, {self.same} the same"
