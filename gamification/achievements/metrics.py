"""How far learners are: deeds from the journal, everything else from facts."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from academies.models import Academy
from accounts.models import User
from exams.events import QuizFinished, ResultShown, ReviewsDone
from exams.marking.models import MarkedAnswer
from gamification.achievements.catalogue import DEEDS, Metric
from gamification.achievements.models import Deed
from gamification.streaks.models import StreakDay
from gamification.streaks.reading import standing_of
from gamification.xp.levels import level_of
from gamification.xp.models import XPEntry, XPTotal

MET, MASTERED, MASTERED_SHARE = 10, 20, 0.8
LONG_QUIZ, NEW_ITEMS = 10, 5

DAYS = frozenset({Metric.LONGEST_STREAK, Metric.ACTIVE_DAYS})
DOMAINS = frozenset({Metric.DOMAINS_MET, Metric.DOMAINS_MASTERED, Metric.SOURCES})
POINTS = frozenset({Metric.LEVEL, Metric.EXAMS_PASSED, Metric.REPORTS_UPHELD})


def deeds_of(event: Any) -> Iterator[tuple[Metric, int]]:
    """What an event adds to which metric."""
    found: dict[Metric, int] = {}
    if isinstance(event, QuizFinished):
        is_long = event.items >= LONG_QUIZ and event.first_right >= NEW_ITEMS
        is_in_half = 2 * event.seconds <= event.time_limit_seconds
        found = {
            Metric.QUIZZES: int(event.items >= NEW_ITEMS and event.answered > 0),
            Metric.FIRST_RIGHT: event.first_right,
            Metric.HARD_RIGHT: event.hard_right,
            Metric.PERFECT_QUIZZES: int(is_long and event.right == event.items),
            Metric.FAST_QUIZZES: int(is_long and is_in_half and 10 * event.right >= 9 * event.items),
        }
    elif isinstance(event, ResultShown):
        found = {Metric.FIRST_RIGHT: event.first_right}
    elif isinstance(event, ReviewsDone):
        found = {Metric.RECALLED: event.recalled}
    return ((metric, amount) for metric, amount in found.items() if amount > 0)


def measure(metrics: Collection[Metric], *, academy: Academy, learner: User, today: date) -> dict[Metric, int]:
    """How far a learner is in these metrics: at most six statements, however many they are."""
    wanted = frozenset(metrics)
    found: dict[Metric, int] = {}
    if wanted & DEEDS:
        rows = Deed.objects.filter(academy=academy, learner=learner, metric__in=wanted & DEEDS).order_by()
        sums = dict(rows.values_list("metric").annotate(total=Sum("amount")))
        found |= {metric: sums.get(metric, 0) for metric in wanted & DEEDS}
    if wanted & DAYS:
        found[Metric.LONGEST_STREAK] = standing_of(academy=academy.pk, learner=learner, today=today).tally.longest
        found[Metric.ACTIVE_DAYS] = StreakDay.objects.of(academy.pk, learner.pk).active().count()
    if wanted & DOMAINS:
        found |= _by_domain(academy, learner)
    if wanted & POINTS:
        entries = XPEntry.objects.filter(academy=academy, learner=learner)
        once = entries.given().aggregate(
            passed=Count("id", filter=Q(rule="exam_first_pass")), upheld=Count("id", filter=Q(rule="report_upheld"))
        )
        total = XPTotal.objects.filter(academy=academy, learner=learner).values_list("total", flat=True).first()
        found[Metric.LEVEL] = level_of(total or 0).number
        found |= {Metric.EXAMS_PASSED: once["passed"], Metric.REPORTS_UPHELD: once["upheld"]}
    return {metric: value for metric, value in found.items() if metric in wanted}


def _by_domain(academy: Academy, learner: User) -> dict[Metric, int]:
    answers = MarkedAnswer.objects.counted().filter(academy=academy, learner=learner).order_by()
    rows = answers.values_list("domain", "source").annotate(
        answers=Count("id"), right=Count("id", filter=Q(fraction=1))
    )
    domains: dict[Any, tuple[int, int]] = {}
    sources: dict[str, int] = {}
    for domain, source, count, right in rows:
        before = domains.get(domain, (0, 0))
        domains[domain] = (before[0] + count, before[1] + right)
        sources[source] = sources.get(source, 0) + count
    return {
        Metric.DOMAINS_MET: sum(count >= MET for count, _ in domains.values()),
        Metric.DOMAINS_MASTERED: sum(
            count >= MASTERED and right >= MASTERED_SHARE * count for count, right in domains.values()
        ),
        Metric.SOURCES: sum(count >= MET for count in sources.values()),
    }
