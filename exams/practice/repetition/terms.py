"""On what terms a learner repeats today: their day, their limits, their exam, their memory."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from academies.models import Membership
from accounts.identity.zones import today_in, zone_at
from accounts.profile.models import Profile
from exams.practice.repetition.memory import LONGEST_DAYS, Model
from exams.practice.repetition.models import ReviewParameters, ReviewSettings


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What every calculation for one learner on one day starts from. `target_date` is None once it has come."""

    zone: ZoneInfo
    today: date
    target_date: date | None
    settings: ReviewSettings
    model: Model

    @property
    def days_left(self) -> int | None:
        """The days up to the exam, today with them and the exam's own without; None without an exam ahead."""
        return days_until(self.target_date, today=self.today)

    @property
    def furthest(self) -> int:
        """The longest interval from today on: to the eve of the exam, on the eve itself to the exam."""
        return LONGEST_DAYS if self.days_left is None else max(1, self.days_left - 1)

    def midnight(self, days: int) -> datetime:
        """When the day that is so many days from today begins for the learner."""
        return datetime.combine(self.today + timedelta(days=days), time.min, tzinfo=self.zone)


def terms_of(member: Membership, *, now: datetime) -> Terms:
    """A learner's terms. Four statements."""
    zone = zone_at(user=member.user, at=now)
    today, settings = today_in(zone, now=now), settings_of(member)
    return Terms(
        zone=ZoneInfo(zone),
        today=today,
        target_date=date_ahead(settings, profile_date=profile_date(member), today=today),
        settings=settings,
        model=Model(**_parameters(member), desired_retention=float(settings.desired_retention)),
    )


def date_ahead(settings: ReviewSettings, *, profile_date: date | None, today: date) -> date | None:
    """The date of the exam that is prepared for; None once it has come."""
    wanted = settings.target_date or profile_date
    return wanted if wanted is not None and wanted > today else None


def days_until(target_date: date | None, *, today: date) -> int | None:
    """The days up to an exam, today with them and the exam's own without."""
    return None if target_date is None else (target_date - today).days


def settings_of(member: Membership) -> ReviewSettings:
    """The learner's settings, or those of who has changed nothing."""
    found = ReviewSettings.objects.for_academy(member.academy_id).filter(learner=member.user_id).first()
    return found or ReviewSettings(academy_id=member.academy_id, learner_id=member.user_id)


def profile_date(member: Membership) -> date | None:
    """The date of the exam that the profile names."""
    return Profile.objects.filter(user=member.user_id).values_list("target_date", flat=True).first()


def _parameters(member: Membership) -> dict[str, tuple[float, ...]]:
    fitted = ReviewParameters.objects.for_academy(member.academy_id).filter(learner=member.user_id, is_used=True)
    newest = fitted.order_by("-made_at").values_list("parameters", flat=True).first()
    return {} if newest is None else {"parameters": tuple(newest)}
