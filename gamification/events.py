"""What happens in gamification, in the past tense."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class LearnerEvent(Event):
    """Something about one learner in one academy."""

    learner_id: UUID

    @property
    def subject_id(self) -> str:
        """The learner."""
        return str(self.learner_id)


@dataclass(frozen=True, kw_only=True)
class XPEarned(LearnerEvent):
    """A learner's points grew by `amount` to `total`; `week_total` are those of the week that begins on `week_date`
    (ISO 8601, a Monday in UTC).
    """

    kind = "gamification.xp_earned"
    amount: int
    total: int
    week_date: str
    week_total: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"{self.amount} XP earned, {self.total} in all."
