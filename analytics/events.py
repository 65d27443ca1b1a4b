"""What happens in analytics, in the past tense."""

from dataclasses import dataclass
from uuid import UUID

from accounts.journal.events import Event


@dataclass(frozen=True, kw_only=True)
class RecommendationEvent(Event):
    """Something about what one learner was recommended; `about` is the kind of the recommendation."""

    learner_id: UUID
    recommendation_id: UUID
    about: str

    @property
    def subject_id(self) -> str:
        """The learner."""
        return str(self.learner_id)


@dataclass(frozen=True, kw_only=True)
class RecommendationAccepted(RecommendationEvent):
    """A learner set about what was recommended."""

    kind = "analytics.recommendation_accepted"

    def sentence(self) -> str:
        """For the journal page."""
        return f"A recommendation was accepted: {self.about}."


@dataclass(frozen=True, kw_only=True)
class RecommendationDismissed(RecommendationEvent):
    """A learner does not want to see it for a while."""

    kind = "analytics.recommendation_dismissed"

    def sentence(self) -> str:
        """For the journal page."""
        return f"A recommendation was dismissed: {self.about}."
