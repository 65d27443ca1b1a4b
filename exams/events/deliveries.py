"""What happens to deliveries, and what learners are granted."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


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
