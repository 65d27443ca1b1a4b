"""Sixty days of two hundred learners, day by day and through the same actions as real use; it may be stopped and begun
again. What hears of it (points, streaks, leagues, cards, totals) is brought up to date at the end of each of the days.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from tqdm import tqdm

from academies.models import Academy, Cohort, Membership
from academies.roster.actions import add_to_cohort, create_cohort
from academies.tenancy.actions import house_academy, join_academy
from academies.tenancy.powers import Role
from accounts.identity.actions import create_user
from accounts.journal.record import unhurried
from config import demo_people as people
from config.demo_people import Learner
from config.demo_reaction import end_day, end_history, hide_from_boards
from exams.delivery.models import Delivery
from exams.delivery.offering import create_delivery
from exams.formats.models import Blueprint
from exams.models import Domain, Item, ItemBank
from exams.practice.demo import Sitting, difficulties_of
from exams.practice.sessions.actions import Choice
from exams.practice.sessions.errors import NothingToPractise
from exams.practice.sessions.models import PracticeSession

BANK = "security-foundations"
COHORTS = ("Morning group", "Weekend group", "Online group")
# Day of the sixty → the title of a mock exam that begins on it, and whether who passes it gets a certificate.
MOCKS = {10: ("Security Foundations: mock 1", False), 30: ("Security Foundations: mock 2", False)}
MOCKS[50] = ("Security Foundations: practice certificate", True)
MOCK_DAYS = 5
# The share of practice that keeps to one domain.
FOCUSED = 0.4
# An evening of the west coast ends before the day does by UTC.
LATEST_HOUR = 19
# Item → the option that those who know most take for right: what a wrong key looks like.
CONFUSING = {"SEC-3-004": "b"}
# Day → what those who learn on it may report.
REPORTS = {
    44: (("SEC-1-006", "typo", "A word is missing in the second option."),),
    56: (("SEC-3-004", "incorrect", "The second option is right as well, is it not?"),),
    57: (
        ("SEC-3-004", "incorrect", "I think that the key is wrong."),
        ("SEC-2-010", "unclear", "Does “first” mean in time or in importance?"),
    ),
}
REPORTERS = 0.2
# The share of those who come for nothing but a mock exam, on each of its days.
SITTERS = 0.06


@dataclass(kw_only=True)
class World:
    """What the history happens in. `first` is the midnight (UTC) that it begins with."""

    academy: Academy
    instructor: Membership
    bank: UUID
    first: datetime
    difficulties: dict[UUID, str]
    domains: dict[str, str]
    items: dict[str, UUID]
    members: dict[str, Membership] = field(default_factory=dict)
    met: dict[str, set[UUID]] = field(default_factory=dict)


def seed_history(*, now: datetime, is_shown: bool) -> None:
    """Make what is missing of the history, which ends the day before it was begun. A second call changes nothing."""
    world, crowd = _world(now), [*people.learners(), people.lena()]
    done = _days_done(world)
    if done == people.DAYS:
        return
    with unhurried(), connection.cursor() as cursor:
        # What a crash would take is made again.
        cursor.execute("SET synchronous_commit TO off")
        _enrol(world, crowd)
        days = range(done, people.DAYS)
        for day in tqdm(days, desc="60 days of 200 learners", unit="day", disable=not is_shown):
            _live(world, crowd, day)
            end_day(now=world.first + timedelta(days=day + 1))
        end_history(academy=world.academy, now=now)
        cursor.execute("SET synchronous_commit TO DEFAULT")


def _world(now: datetime) -> World:
    academy = Academy.objects.get(slug="harbour")
    bank = ItemBank.objects.get(academy=house_academy(), slug=BANK)
    begun = Cohort.objects.for_academy(academy).filter(name__in=COHORTS).order_by("created_at").first()
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return World(
        academy=academy,
        instructor=Membership.objects.select_related("academy", "user").get(
            academy=academy, user__email="instructor@harbour.example"
        ),
        bank=bank.pk,
        first=begun.created_at if begun else midnight - timedelta(days=people.DAYS),
        difficulties=difficulties_of(bank.pk),
        domains={str(domain.pk): domain.code for domain in Domain.objects.filter(bank=bank)},
        items=dict(Item.objects.filter(bank=bank).values_list("code", "id")),
    )


def _days_done(world: World) -> int:
    """The days that are whole: those before the last that anybody practised on, or all of them."""
    sessions = PracticeSession.objects.for_academy(world.academy).filter(
        started_at__gte=world.first, started_at__lt=world.first + timedelta(days=people.DAYS)
    )
    last = sessions.aggregate(last=Max("started_at"))["last"]
    if last is None:
        return 0
    # She is the last of the crowd, and learns on the last day whatever comes.
    end = world.first + timedelta(days=people.DAYS - 1)
    if sessions.filter(learner__email=people.lena().email, started_at__gte=end).exists():
        return people.DAYS
    return int((last - world.first).days)


def _enrol(world: World, crowd: Sequence[Learner]) -> None:
    """Everybody into the academy on the day that they joined, and into one of the cohorts."""
    actor = world.instructor.user
    groups = [
        Cohort.objects.for_academy(world.academy).filter(name=name).first()
        or create_cohort(academy=world.academy, name=name, actor=actor, now=world.first)
        for name in COHORTS
    ]
    entering: dict[int, list[Membership]] = {}
    held = {member.user.email: member for member in _memberships(world)}
    for number, learner in enumerate(crowd):
        member = held.get(learner.email)
        if member is None:
            member = _join(world, learner)
            entering.setdefault(number % len(groups), []).append(member)
        world.members[learner.email] = member
    for number, members in entering.items():
        add_to_cohort(cohort=groups[number], members=members, actor=actor, now=world.first)


def _memberships(world: World) -> QuerySet[Membership]:
    return Membership.objects.for_academy(world.academy).select_related("academy", "user")


@transaction.atomic
def _join(world: World, learner: Learner) -> Membership:
    at = world.first + timedelta(days=learner.joined_day)
    user = create_user(
        email=learner.email, name=learner.name, password=None, time_zone=learner.time_zone, actor=None, now=at
    )
    member = join_academy(academy=world.academy, user=user, role=Role.LEARNER, actor=world.instructor.user, now=at)
    if learner.is_hidden:
        hide_from_boards(member, now=at)
    return member


def _live(world: World, crowd: Sequence[Learner], day: int) -> None:
    """One day of everybody, each in a transaction of their own."""
    begins = world.first + timedelta(days=day)
    mock = _mock(world, day)
    busy = set(
        PracticeSession.objects.for_academy(world.academy)
        .filter(started_at__gte=begins, started_at__lt=begins + timedelta(days=1))
        .values_list("learner__email", flat=True)
    )
    for learner in crowd:
        random = Random(f"{people.SEED} {learner.email} {day}")
        is_last = learner.email == people.lena().email and day == people.DAYS - 1
        learns = learner.learns_on(day, weekday=begins.weekday(), random=random) or is_last
        sits = mock is not None and learner.joined_day <= day and random.random() < (1 if learns else SITTERS)
        if learner.email in busy or not (learns or sits):
            continue
        with transaction.atomic():
            sitting = _sitting(world, learner, day, random=random)
            if sits and mock is not None and not mock.attempts.filter(learner=sitting.member.user).exists():
                sitting.sit(mock.pk)
                sitting.clock += timedelta(minutes=3)
            if learns:
                _learn(world, learner, day, sitting=sitting)


def _sitting(world: World, learner: Learner, day: int, *, random: Random) -> Sitting:
    hour, minute = min(learner.hour, LATEST_HOUR), random.randint(0, 59)
    here = datetime.combine((world.first + timedelta(days=day)).date(), time(hour, minute))
    return Sitting(
        member=world.members[learner.email],
        mind=learner.mind,
        days=day - learner.joined_day,
        clock=here.replace(tzinfo=ZoneInfo(learner.time_zone)).astimezone(UTC),
        random=random,
        difficulties=world.difficulties,
        domains=world.domains,
        confusing={world.items[code]: option for code, option in CONFUSING.items()},
        met=world.met.setdefault(learner.email, set()),
    )


def _learn(world: World, learner: Learner, day: int, *, sitting: Sitting) -> None:
    """Report what is odd, review what is due, and practise."""
    random = sitting.random
    for code, reason, comment in REPORTS.get(day, ()):
        if random.random() < REPORTERS:
            sitting.report(world.items[code], reason=reason, comment=comment)
    if random.random() < learner.review:
        sitting.review(most=random.randint(6, 16))
    mode = "practice" if random.random() < learner.quiz / (learner.quiz + learner.study) else "study"
    for choice in _choices(world, learner, random):
        try:
            sitting.practise(mode=mode, choice=choice)
        except NothingToPractise:
            continue
        return


def _choices(world: World, learner: Learner, random: Random) -> Iterator[Choice]:
    """What they would like to practise, and what else if there is nothing of that."""
    count = random.choice((6, 8, 10, 10, 12, 15))
    if random.random() < FOCUSED:
        code = random.choice((min(learner.mind.ability, key=learner.mind.ability.__getitem__), *people.DOMAINS))
        domain = next(UUID(key) for key, each in world.domains.items() if each == code)
        yield Choice(bank=world.bank, domains=(domain,), only=random.choice(("", "not_seen", "wrong")), count=count)
    yield Choice(bank=world.bank, count=count)


def _mock(world: World, day: int) -> Delivery | None:
    """The mock exam that can be sat on this day, if any."""
    begins = next((begins for begins in MOCKS if begins <= day < begins + MOCK_DAYS), None)
    if begins is None:
        return None
    title, gives_certificate = MOCKS[begins]
    opens_at = world.first + timedelta(days=begins)
    existing = Delivery.objects.for_academy(world.academy).filter(title=title).first()
    return existing or create_delivery(
        title=title,
        blueprint=Blueprint.objects.get(academy=house_academy(), slug=f"{BANK}-short").pk,
        form=None,
        seed=people.SEED + begins,
        attempts_allowed=2,
        gives_certificate=gives_certificate,
        opens_at=opens_at,
        # The one that gives a certificate is open still.
        closes_at=None if gives_certificate else opens_at + timedelta(days=MOCK_DAYS),
        actor=world.instructor,
        now=opens_at,
    )
