"""The routes of boards, leagues and certificates: who gets what, and how their lists grow."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from exams.delivery.models import Attempt
from gamification.certificates.codes import new_code
from gamification.certificates.models import Certificate
from gamification.leagues.models import League, LeagueMember, Tier
from gamification.weeks import WEEK, week_of
from tests.architecture.access import Access, Given, everybody, harbour
from tests.architecture.exam_routes import a_marked_attempt, for_learners, with_body
from tests.cast import Cast


def a_certificate(cast: Cast) -> Given:
    """Of Harbour's learner."""
    attempt = Attempt.objects.get(pk=a_marked_attempt(cast).path["attempt"])
    held = _certificate(cast, attempt)
    return Given(path={"slug": "harbour", "certificate": held.pk, "code": held.code})


_ACADEMY = "/api/v1/academies/{slug}"

TABLE: dict[str, Access] = {
    f"GET {_ACADEMY}/leaderboards/": for_learners(),
    f"GET {_ACADEMY}/leaderboards/preference/": for_learners(),
    f"PATCH {_ACADEMY}/leaderboards/preference/": for_learners(given=with_body(harbour, {"is_hidden": True})),
    f"GET {_ACADEMY}/leagues/current/": for_learners(),
    f"GET {_ACADEMY}/leagues/history/": for_learners(),
    f"GET {_ACADEMY}/certificates/": for_learners(),
    f"GET {_ACADEMY}/certificates/{{certificate}}/file/": for_learners(given=a_certificate),
    "GET /api/v1/certificates/{code}/": everybody(anonymous=200, given=a_certificate),
}


def more_weeks(cast: Cast, count: int) -> None:
    """Weeks of Harbour's learner that are over."""
    before, now = LeagueMember.objects.count(), timezone.now()
    for number in range(before + 1, before + count + 1):
        of_week = {"academy": cast.harbour.academy, "week_date": week_of(now - number * WEEK)}
        league = League.objects.create(**of_week, tier=Tier.BRONZE, number=1, size=1, closed_at=now)
        LeagueMember.objects.create(
            **of_week, league=league, learner=cast.harbour.learner.account, joined_at=now - timedelta(days=1)
        )


def more_certificates(cast: Cast, count: int) -> None:
    """Certificates of Harbour's learner."""
    for _ in range(count):
        attempt = Attempt.objects.get(pk=a_marked_attempt(cast).path["attempt"])
        _certificate(cast, attempt)


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_ACADEMY}/leagues/history/": more_weeks,
    f"GET {_ACADEMY}/certificates/": more_certificates,
}


def _certificate(cast: Cast, attempt: Attempt) -> Certificate:
    learner = cast.harbour.learner.account
    return Certificate.objects.create(
        academy=cast.harbour.academy,
        learner=learner,
        attempt=attempt,
        code=new_code(),
        name=learner.name,
        exam="Mock exam",
        academy_name=cast.harbour.academy.name,
        score="900 / 900",
        locale="en",
        passed_date=timezone.now().date(),
        issued_at=timezone.now(),
    )
