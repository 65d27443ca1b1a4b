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


@dataclass(frozen=True, kw_only=True)
class DayActive(LearnerEvent):
    """A learner answered enough on a day of theirs (ISO 8601) for it to count; `length` is their streak with it."""

    kind = "gamification.day_active"
    local_date: str
    length: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"{self.local_date} counts for the streak, which is {self.length} days long."


@dataclass(frozen=True, kw_only=True)
class StreakRepaired(LearnerEvent):
    """A learner made good for a day that they had missed."""

    kind = "gamification.streak_repaired"
    repaired_date: str
    length: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"The streak was repaired for {self.repaired_date}; it is {self.length} days long."


@dataclass(frozen=True, kw_only=True)
class AchievementAwarded(LearnerEvent):
    """A learner reached what an achievement asks for. `code` is that of the catalogue."""

    kind = "gamification.achievement_awarded"
    code: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The achievement {self.code} was reached."


@dataclass(frozen=True, kw_only=True)
class GoalReached(LearnerEvent):
    """A learner reached a goal of theirs in the day or week that begins on `start_date`."""

    kind = "gamification.goal_reached"
    period: str
    goal: str
    target: int
    start_date: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The goal of {self.target} {self.goal} in a {self.period} was reached."


@dataclass(frozen=True, kw_only=True)
class GoalsChanged(LearnerEvent):
    """A learner set other goals; these are all of them, in words."""

    kind = "gamification.goals_changed"
    goals: list[str]

    def sentence(self) -> str:
        """For the journal page."""
        return f"The goals were set: {', '.join(self.goals) or 'none'}."


@dataclass(frozen=True, kw_only=True)
class ReminderChanged(LearnerEvent):
    """A learner wants to be reminded at another hour, or not at all."""

    kind = "gamification.reminder_changed"
    hour: int | None

    def sentence(self) -> str:
        """For the journal page."""
        return "No reminder is wanted." if self.hour is None else f"A reminder is wanted at {self.hour}:00."


@dataclass(frozen=True, kw_only=True)
class BoardPreferenceChanged(LearnerEvent):
    """A learner hid or showed themselves on boards, or chose by what name they stand there."""

    kind = "gamification.board_preference_changed"
    is_hidden: bool
    name_shown: str

    def sentence(self) -> str:
        """For the journal page."""
        return "Hidden from boards." if self.is_hidden else f"Stands on boards by {self.name_shown}."


@dataclass(frozen=True, kw_only=True)
class LeagueClosed(Event):
    """A week was over, and it was decided who of a league moves up and who moves down."""

    kind = "gamification.league_closed"
    league_id: UUID
    week_date: str
    tier: int
    size: int
    promoted: int
    relegated: int

    @property
    def subject_id(self) -> str:
        """The league."""
        return str(self.league_id)

    def sentence(self) -> str:
        """For the journal page."""
        return f"The league was closed: {self.promoted} of {self.size} promoted, {self.relegated} relegated."


@dataclass(frozen=True, kw_only=True)
class LeagueMoved(LearnerEvent):
    """A learner begins the next week in another tier, 1 (bronze) to 5 (diamond)."""

    kind = "gamification.league_moved"
    league_id: UUID
    week_date: str
    rank: int
    tier_before: int
    tier: int

    def sentence(self) -> str:
        """For the journal page."""
        return f"{'Promoted' if self.tier > self.tier_before else 'Relegated'} to tier {self.tier}."


@dataclass(frozen=True, kw_only=True)
class CertificateEvent(LearnerEvent):
    """Something about one certificate."""

    certificate_id: UUID

    @property
    def subject_id(self) -> str:
        """The certificate."""
        return str(self.certificate_id)


@dataclass(frozen=True, kw_only=True)
class CertificateIssued(CertificateEvent):
    """A learner passed an exam that gives a certificate."""

    kind = "gamification.certificate_issued"
    attempt_id: UUID
    delivery_id: UUID

    def sentence(self) -> str:
        """For the journal page."""
        return "A certificate was issued."


@dataclass(frozen=True, kw_only=True)
class CertificateRevoked(CertificateEvent):
    """A certificate counts no more: the pass was taken away, or staff revoked it."""

    kind = "gamification.certificate_revoked"
    because: str
    note: str

    def sentence(self) -> str:
        """For the journal page."""
        return f"The certificate was revoked ({self.because}){f': {self.note}' if self.note else '.'}"


@dataclass(frozen=True, kw_only=True)
class CertificateReinstated(CertificateEvent):
    """A regrade gave back the pass that another regrade had taken."""

    kind = "gamification.certificate_reinstated"

    def sentence(self) -> str:
        """For the journal page."""
        return "The certificate counts again."
