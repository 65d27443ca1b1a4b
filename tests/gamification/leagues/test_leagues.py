"""Leagues: joining, how they stand, and being closed exactly once."""

import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academies.models import Membership
from accounts.journal.models import JournalEntry
from accounts.journal.relay import deliver_due
from gamification.events import LeagueClosed, LeagueMoved
from gamification.leaderboards.actions import change_board_preference
from gamification.leagues.actions import close_league, close_leagues, join_league, tier_of
from gamification.leagues.models import League, LeagueMember, Tier
from gamification.leagues.ranking import FULL
from tests.exams.servers import ROOT, environment
from tests.exams.threads import all_at_once
from tests.factories.academies import MembershipFactory
from tests.factories.boards import earn, minutes_later
from tests.factories.exams import NOW

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/academies/harbour/leagues/"
MONDAY = date(2026, 3, 2)
NEXT_WEEK = NOW + timedelta(days=7)


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


def play(members: list[Membership], *, points: list[int] | None = None, now=NOW) -> None:
    """Each earns points, ten more than the next if nothing is said, and joins."""
    for number, member in enumerate(members):
        amount = points[number] if points else 10 * (len(members) - number)
        event = earn(member, amount, now=now + timedelta(minutes=number))
        week_date = date.fromisoformat(event.week_date)
        join_league(academy=member.academy_id, learner=member.user_id, week_date=week_date, now=now)


def crowd(cast, count: int) -> list[Membership]:
    return [MembershipFactory(academy=cast.harbour.academy) for _ in range(count)]


def test_the_first_points_of_a_week_lead_into_a_league_once(cast, api, learner):
    client = api(cast.harbour.learner)
    before = client.get(f"{PATH}current/").json()
    assert (before["has_joined"], before["tier"], before["places"]) == (False, 1, [])
    earn(learner, 10)
    earn(learner, 10)
    deliver_due(now=NEXT_WEEK)
    shown = client.get(f"{PATH}current/").json()
    assert shown["ends_at"] == "2026-03-09T00:00:00Z"
    assert [(row["rank"], row["points"], row["is_me"]) for row in shown["places"]] == [(1, 20, True)]
    assert LeagueMember.objects.get().league.size == 1


def test_groups_fill_up_one_after_the_other(cast):
    play(crowd(cast, FULL + 2))
    assert list(League.objects.order_by("number").values_list("size", flat=True)) == [FULL, 2]


def test_a_tier_is_a_league_of_its_own_and_so_is_an_academy(cast, learner):
    other, abroad = cast.harbour.other_learner.membership, cast.meridian.learner.membership
    play([learner])
    LeagueMember.objects.update(next_tier=Tier.GOLD)
    League.objects.update(week_date=MONDAY - timedelta(days=7))
    LeagueMember.objects.update(week_date=MONDAY - timedelta(days=7))
    play([learner, other, abroad])
    of_week = League.objects.filter(week_date=MONDAY).order_by("tier", "academy__slug")
    assert [(league.tier, league.academy.slug, league.size) for league in of_week] == [
        (1, "harbour", 1),
        (1, "meridian", 1),
        (3, "harbour", 1),
    ]


def test_many_join_at_once_and_none_is_lost(cast):
    members = crowd(cast, 6)
    for member in members:
        earn(member, 10)
    calls = [
        lambda member=member: join_league(academy=member.academy_id, learner=member.user_id, week_date=MONDAY, now=NOW)
        for member in [*members[:3], *members[:3]]
    ]
    assert all(isinstance(each, LeagueMember) for each in all_at_once(calls))
    assert (LeagueMember.objects.count(), League.objects.get().size) == (3, 3)


def test_what_a_week_decides(cast, api, learner):
    others = crowd(cast, 11)
    play([learner, *others])
    assert close_leagues(now=NEXT_WEEK) == 1
    rows = list(LeagueMember.objects.order_by("rank").values_list("rank", "outcome", "next_tier"))
    assert rows[:3] == [(1, "promoted", 2), (2, "promoted", 2), (3, "stayed", 1)]
    # Bronze is where everybody begins: nobody falls out of it.
    assert rows[-1] == (12, "stayed", 1)
    assert tier_of(academy=learner.academy_id, learner=learner.user_id) == Tier.SILVER
    payload = JournalEntry.objects.get(kind=LeagueClosed.kind).payload
    assert (payload["size"], payload["promoted"], payload["relegated"]) == (12, 2, 0)
    assert JournalEntry.objects.filter(kind=LeagueMoved.kind).count() == 2
    history = api(cast.harbour.learner).get(f"{PATH}history/").json()["results"]
    assert history == [
        {
            "week_date": "2026-03-02",
            "tier": 1,
            "size": 12,
            "points": 120,
            "rank": 1,
            "outcome": "promoted",
            "next_tier": 2,
        }
    ]
    with time_machine.travel(NEXT_WEEK):
        assert api(cast.harbour.learner).get(f"{PATH}current/").json()["tier"] == Tier.SILVER


def test_a_week_is_closed_when_its_last_news_have_arrived(cast, learner):
    play([learner])
    midnight = NOW.replace(day=9, hour=0)
    assert close_leagues(now=midnight + timedelta(minutes=29)) == 0
    assert close_leagues(now=midnight + timedelta(minutes=31)) == 1


def test_a_closed_week_is_not_opened_again(cast, learner):
    others = crowd(cast, 4)
    play(others)
    close_leagues(now=NEXT_WEEK)
    before = list(LeagueMember.objects.order_by("id").values())
    play([*others, learner])
    assert close_leagues(now=NEXT_WEEK) == 0
    assert list(LeagueMember.objects.order_by("id").values()) == before


def test_two_workers_close_a_league_once(cast):
    play(crowd(cast, 6))
    league = League.objects.get().pk
    closed = all_at_once([lambda: close_league(league=league, now=NEXT_WEEK)] * 4)
    assert sorted(closed) == [False, False, False, True]
    assert JournalEntry.objects.filter(kind=LeagueClosed.kind).count() == 1


@pytest.mark.crash
def test_a_worker_that_is_killed_in_the_middle_leaves_the_league_to_the_next(cast):
    play(crowd(cast, 6))
    league = League.objects.get()
    script = (
        "import django, os, signal; django.setup()\n"
        "from datetime import datetime, UTC\n"
        "from gamification.leagues import actions\n"
        "actions._tell = lambda *args, **more: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"actions.close_league(league='{league.pk}', now=datetime(2026, 3, 9, 9, tzinfo=UTC))\n"
    )
    died = subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment(), timeout=60, check=False)
    assert died.returncode == -signal.SIGKILL
    assert not LeagueMember.objects.exclude(outcome="").exists()
    assert close_leagues(now=NEXT_WEEK) == 1
    assert not LeagueMember.objects.filter(outcome="").exists()


def test_who_opts_out_plays_in_no_league_and_comes_back(cast, api, learner):
    others = crowd(cast, 3)
    play([learner, *others])
    change_board_preference(changes={"is_hidden": True}, actor=learner, now=minutes_later(9))
    shown = api(cast.harbour.learner).get(f"{PATH}current/").json()
    assert (shown["has_joined"], shown["is_hidden"], shown["places"]) == (False, True, [])
    play([cast.harbour.other_learner.membership], points=[5])
    seen = api(cast.harbour.other_learner).get(f"{PATH}current/").json()
    assert [row["rank"] for row in seen["places"]] == [1, 2, 3, 4]
    assert learner.user.name not in str(seen)
    change_board_preference(changes={"is_hidden": False}, actor=learner, now=minutes_later(10))
    assert api(cast.harbour.learner).get(f"{PATH}current/").json()["has_joined"]


def test_who_was_hidden_joins_when_they_come_back(cast, learner):
    change_board_preference(changes={"is_hidden": True}, actor=learner, now=NOW)
    earn(learner, 10)
    deliver_due(now=NEXT_WEEK)
    assert not LeagueMember.objects.exists()
    change_board_preference(changes={"is_hidden": False}, actor=learner, now=minutes_later(10))
    deliver_due(now=NEXT_WEEK)
    assert LeagueMember.objects.get().learner_id == learner.user_id


def test_who_is_hidden_at_the_end_is_not_ranked_and_keeps_their_tier(cast, learner):
    play([learner, *crowd(cast, 4)])
    change_board_preference(changes={"is_hidden": True}, actor=learner, now=NOW)
    close_leagues(now=NEXT_WEEK)
    mine = LeagueMember.objects.get(learner=learner.user)
    assert (mine.outcome, mine.rank, mine.next_tier) == ("not_ranked", None, Tier.BRONZE)


def test_a_fuller_league_costs_no_more_queries(cast, api, learner):
    play([learner])
    client, counts = api(cast.harbour.learner), []
    for _ in range(2):
        play(crowd(cast, 8))
        client.get(f"{PATH}current/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"{PATH}current/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
