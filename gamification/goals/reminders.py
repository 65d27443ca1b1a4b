"""The letter that reminds a learner of a goal, at an hour of their own clock."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from academies.models import Membership
from academies.tenancy.powers import Power
from accounts.identity.zones import today_in
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from accounts.models import Profile, User
from accounts.profile.models import MailKind
from gamification.events import ReminderChanged
from gamification.goals.models import Goal, GoalKind, Period, Reminder
from gamification.goals.progress import Person, Progress, progress_of
from gamification.streaks.counting import ACTIVE_ANSWERS

BATCH = 200
EVENING = 18


@transaction.atomic
def set_reminder(*, member: Membership, is_on: bool, hour: int, actor: User, now: datetime) -> Reminder:
    """Remind a learner at an hour of their clock from now on, or no more."""
    reminder, _ = Reminder.objects.update_or_create(
        academy=member.academy,
        learner=member.user,
        defaults={"is_on": is_on, "hour": hour, "due_at": next_time(hour, zone=member.user.time_zone, after=now)},
    )
    event = ReminderChanged(academy_id=member.academy_id, learner_id=member.user_id, hour=hour if is_on else None)
    record(event, actor=actor, now=now)
    return reminder


def reminder_of(*, member: Membership) -> Reminder:
    """What a learner has set; off, in the evening, before they have."""
    found = Reminder.objects.filter(academy=member.academy_id, learner=member.user_id).first()
    return found or Reminder(is_on=False, hour=EVENING)


def minds_reminders(learner: User) -> bool:
    """Whether somebody wants no such letters at all."""
    return Profile.objects.filter(user=learner, unwanted_mail__contains=[MailKind.LEARNING]).exists()


def next_time(hour: int, *, zone: str, after: datetime) -> datetime:
    """The next moment at which it is that hour in a zone; one that the clocks leave out is an hour later."""
    local, day = ZoneInfo(zone), today_in(zone, now=after)
    moments = (
        datetime.combine(day + timedelta(days=more), time(hour), local).astimezone(after.tzinfo) for more in (0, 1, 2)
    )
    return next(moment for moment in moments if moment > after)


def reset_times(*, learner: User, zone: str, now: datetime) -> None:
    """Somebody lives by another clock: their reminders follow it."""
    for reminder in Reminder.objects.filter(learner=learner, is_on=True).locked():
        due_at = next_time(reminder.hour, zone=zone, after=now)
        Reminder.objects.filter(academy=reminder.academy_id, learner=reminder.learner_id).update(due_at=due_at)


def post_reminders(*, now: datetime) -> int:
    """Post the letters whose hour has come, also an hour that passed while nobody looked, on the same day; how many.

    A letter and the date on its reminder are written together, so that nobody is reminded twice in a day.
    """
    posted = 0
    while (done := _post_batch(now=now)) is not None:
        posted += done
    return posted


@transaction.atomic
def _post_batch(*, now: datetime) -> int | None:
    due = Reminder.objects.filter(is_on=True, due_at__lte=now).select_related("learner", "academy").order_by("due_at")
    reminders = list(due.select_for_update(of=("self",), skip_locked=True)[:BATCH])
    if not reminders:
        return None
    days = {_person(each): today_in(each.learner.time_zone, now=now) for each in reminders}
    progress = progress_of(days)
    goals: dict[Person, list[Goal]] = {person: [] for person in days}
    academies, learners = ({person[at] for person in days} for at in (0, 1))
    for goal in Goal.objects.filter(academy__in=academies, learner__in=learners, period=Period.DAY):
        if (goal.academy_id, goal.learner_id) in goals:
            goals[goal.academy_id, goal.learner_id].append(goal)
    welcome = _welcome(academies, learners)
    posted = 0
    for reminder in reminders:
        person, today = _person(reminder), days[_person(reminder)]
        left = _left(goals[person], progress[person])
        is_time = _moment(today, reminder) <= now and (reminder.last_date is None or reminder.last_date < today)
        if is_time and left and person in welcome:
            context = {
                "name": reminder.learner.display_name,
                "academy": reminder.academy.name,
                **left,
                **_links(reminder),
            }
            post_letter(kind="goal_reminder", to=reminder.learner, context=context, now=now)
            reminder.last_date = today
            posted += 1
        reminder.due_at = next_time(reminder.hour, zone=reminder.learner.time_zone, after=now)
    Reminder.objects.bulk_update(reminders, ["due_at", "last_date"])
    return posted


def _welcome(academies: set[Any], learners: set[Any]) -> set[Person]:
    """Those who learn there and do not mind such letters."""
    members = Membership.objects.active().with_power(Power.SIT_EXAMS).filter(academy__in=academies, user__in=learners)
    unwanted = Profile.objects.filter(user__in=learners, unwanted_mail__contains=[MailKind.LEARNING])
    people: set[Person] = set(members.exclude(user__in=unwanted.values("user")).values_list("academy", "user"))
    return people


def _left(goals: list[Goal], progress: Progress) -> dict[str, Any] | None:
    """The first goal of the day that is not reached; who has none is reminded of the answers that keep a streak."""
    wanted = [(goal.kind, goal.target) for goal in goals] or [(GoalKind.ANSWERS.value, ACTIVE_ANSWERS)]
    for kind, target in wanted:
        if progress[Period.DAY, kind] < target:
            return {"kind": str(kind), "done": progress[Period.DAY, kind], "target": target}
    return None


def _moment(day: date, reminder: Reminder) -> datetime:
    return datetime.combine(day, time(reminder.hour), ZoneInfo(reminder.learner.time_zone))


def _person(reminder: Reminder) -> Person:
    return (reminder.academy_id, reminder.learner_id)


def _links(reminder: Reminder) -> dict[str, str]:
    home = f"{settings.SITE_URL}/a/{reminder.academy.slug}"
    return {"link": home, "settings_link": f"{home}/progress/achievements#reminder"}
