"""Boards: ranks, neighbours, who stands on them, and what Redis and PostgreSQL say of the same points."""

import random
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from academies.models import Membership
from academies.tenancy.actions import end_membership
from accounts.journal.models import Delivery
from accounts.journal.relay import deliver_due
from gamification.leaderboards import projection
from gamification.leaderboards.actions import change_board_preference
from gamification.leaderboards.boards import Board, Place, points_of, weight_of
from gamification.leaderboards.models import BoardPreference
from gamification.leaderboards.people import names_of, standing
from gamification.leaderboards.reading import build_board, points_on, ranked, standings
from gamification.weeks import week_of
from tests.factories.academies import CohortFactory, CohortMemberFactory, MembershipFactory
from tests.factories.boards import earn, minutes_later
from tests.factories.exams import NOW

pytestmark = pytest.mark.django_db(transaction=True)

PATH = "/api/v1/academies/harbour/leaderboards/"
ALL = {"period": "all"}


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


@pytest.fixture
def board(cast):
    return Board(academy_id=cast.harbour.academy.pk)


def hear() -> None:
    """Deliver every event that has been recorded."""
    deliver_due(now=NOW + timedelta(days=1))


def people(cast, count: int) -> list[Membership]:
    return [MembershipFactory(academy=cast.harbour.academy) for _ in range(count)]


def ranks(places: tuple[Place, ...]) -> list[tuple[int, int]]:
    return [(place.rank, place.points) for place in places]


def test_a_place_is_one_number() -> None:
    first, later = (weight_of(points=70, reached_at=minutes_later(count)) for count in (0, 1))
    assert weight_of(points=71, reached_at=minutes_later(99)) > first > later
    assert points_of(first) == points_of(later) == 70


def test_equals_share_a_rank_and_who_came_first_stands_first(cast, api, learner):
    others = people(cast, 3)
    earn(others[0], 90)
    earn(others[1], 50, now=minutes_later(2))
    earn(learner, 50, now=minutes_later(1))
    earn(others[2], 40)
    shown = api(cast.harbour.learner).get(PATH, ALL).json()
    assert [(row["rank"], row["points"], row["is_me"]) for row in shown["top"]] == [
        (1, 90, False),
        (2, 50, True),
        (2, 50, False),
        (4, 40, False),
    ]
    assert (shown["size"], shown["is_hidden"]) == (4, False)
    # Without a word about who the others are.
    assert set(shown["top"][0]) == {"rank", "name", "points", "is_me"}


def test_redis_and_the_database_say_the_same(cast, board, learner):
    dice = random.Random(4)
    for member in (crowd := [learner, *people(cast, 70)]):
        earn(member, dice.randint(1, 12), now=minutes_later(dice.randint(0, 3)))
    for of in (board, Board(academy_id=board.academy_id, week_date=week_of(NOW))):
        assert build_board(of) == 71
        for member in crowd:
            assert projection.read(of, learner=member.user_id) == ranked(points_on(of), learner=member.user_id)


def test_my_place_is_shown_with_my_neighbours_wherever_i_stand(cast, board, learner):
    for number, member in enumerate(people(cast, 60), start=1):
        earn(member, 1000 - 10 * number)
    earn(learner, 385)
    build_board(board)
    found = standings(board, learner=learner.user_id)
    assert len(found.top) == 50
    assert ranks(found.around) == [(59, 410), (60, 400), (61, 385)]
    assert found.mine == Place(rank=61, learner_id=learner.user_id, points=385)


def test_points_move_up_at_once_whatever_the_order_of_the_news(cast, board, learner):
    earn(learner, 10)
    build_board(board)
    earn(learner, 20)
    earn(learner, 30)
    hear()
    found = projection.read(board, learner=learner.user_id)
    assert found.mine.points == 60
    # Hearing of the oldest again changes nothing.
    Delivery.objects.filter(subscriber="gamification.place_who_earned").update(state="pending", tries=0, due_at=NOW)
    hear()
    assert projection.read(board, learner=learner.user_id) == found


def test_the_week_begins_on_monday_by_utc_and_the_board_says_when_it_ends(cast, api, learner):
    earn(learner, 500, now=NOW - timedelta(days=3))
    earn(learner, 20)
    client = api(cast.harbour.learner)
    week, total = client.get(PATH).json(), client.get(PATH, ALL).json()
    assert [row["points"] for row in week["top"]] == [20]
    assert week["ends_at"] == "2026-03-09T00:00:00Z"
    assert ([row["points"] for row in total["top"]], total["ends_at"]) == ([520], None)


def test_who_opts_out_is_gone_at_once_from_every_surface_and_comes_back(cast, api, board, learner):
    other = cast.harbour.other_learner
    for points, member in ((90, learner), (50, other.membership)):
        earn(member, points)
    build_board(board)
    mine, theirs = api(cast.harbour.learner), api(other)
    cohort = {"board": f"cohort:{cast.harbour.cohort.pk}"}
    answer = mine.patch(f"{PATH}preference/", {"is_hidden": True})
    assert answer.json() == {"is_hidden": True, "name_shown": "name"}
    assert projection.read(board, learner=learner.user_id).mine is None
    for client, wanted in ((theirs, ALL), (theirs, {}), (theirs, cohort), (mine, ALL)):
        shown = client.get(PATH, wanted).json()
        assert (shown["size"], [row["rank"] for row in shown["top"]]) == (1, [1])
        assert learner.user.name not in str(shown)
    assert mine.get(PATH, ALL).json()["is_hidden"]
    mine.patch(f"{PATH}preference/", {"is_hidden": False})
    assert [row["rank"] for row in theirs.get(PATH, ALL).json()["top"]] == [1, 2]
    assert projection.read(board, learner=learner.user_id).mine.points == 90


def test_a_board_that_has_not_heard_of_it_yet_names_nobody_who_opted_out(cast, api, board, learner):
    earn(learner, 90)
    build_board(board)
    BoardPreference.objects.create(academy=learner.academy, learner=learner.user, is_hidden=True)
    assert api(cast.harbour.other_learner).get(PATH, ALL).json()["top"] == []


def test_initials_are_a_choice(cast, api, learner):
    learner.user.name = "Ana-María Pérez"
    learner.user.save()
    earn(learner, 10)
    api(cast.harbour.learner).patch(f"{PATH}preference/", {"name_shown": "initials"})
    assert api(cast.harbour.other_learner).get(PATH).json()["top"][0]["name"] == "A. M. P."


def test_who_left_or_is_suspended_stands_nowhere(cast, api, board, learner):
    left, suspended = people(cast, 2)
    for member in (learner, left, suspended):
        earn(member, 10)
    build_board(board)
    end_membership(membership=left.pk, actor=cast.harbour.owner.account, now=NOW)
    suspended.user.is_active = False
    suspended.user.save()
    shown = api(cast.harbour.learner).get(PATH, ALL).json()
    assert [row["is_me"] for row in shown["top"]] == [True]
    hear()
    assert projection.read(board, learner=left.user_id).mine is None


def test_a_cohort_has_a_board_for_those_who_are_in_it(cast, api, learner):
    outside = MembershipFactory(academy=cast.harbour.academy)
    for member in (learner, outside):
        earn(member, 10)
    client = api(cast.harbour.learner)
    shown = client.get(PATH, {"board": f"cohort:{cast.harbour.cohort.pk}"}).json()
    assert (shown["size"], shown["cohorts"][0]["name"]) == (1, cast.harbour.cohort.name)
    elsewhere = CohortFactory(academy=cast.harbour.academy)
    for key in (elsewhere.pk, cast.meridian.cohort.pk, "0" * 32):
        assert client.get(PATH, {"board": f"cohort:{key}"}).status_code == 404
    assert client.get(PATH, {"board": "cohort:nonsense"}).status_code == 400
    assert client.get(PATH, {"period": "month"}).status_code == 400


def test_a_board_that_is_not_there_comes_from_the_database(cast, board, learner):
    earn(learner, 10)
    assert projection.read(board, learner=learner.user_id) is None
    assert standings(board, learner=learner.user_id).mine.points == 10
    # An empty one is there, and empty.
    empty = Board(academy_id=cast.meridian.academy.pk)
    assert build_board(empty) == 0
    assert projection.read(empty, learner=learner.user_id).size == 0


def test_without_redis_boards_come_from_the_database(cast, api, learner, settings):
    earn(learner, 10)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    try:
        assert api(cast.harbour.learner).get(PATH, ALL).json()["top"][0]["points"] == 10
        answer = api(cast.harbour.learner).patch(f"{PATH}preference/", {"is_hidden": True})
        assert answer.status_code == 200
        assert api(cast.harbour.other_learner).get(PATH, ALL).json()["top"] == []
    finally:
        projection.breaker.reset()


def test_what_is_written_while_a_board_is_being_built_is_not_lost(cast, board):
    first, second, third = people(cast, 3)
    for member in (first, second):
        earn(member, 10)
    build_board(board)
    rows = [(member.user_id, weight_of(points=10, reached_at=NOW)) for member in (first, second)]

    def reading():
        yield rows[0]
        # Meanwhile one earns more, one leaves, one is new; and somebody else wants to build it, too.
        projection.write(board, learner=first.user_id, weight=weight_of(points=30, reached_at=NOW))
        projection.write(board, learner=second.user_id, weight=None)
        projection.write(board, learner=third.user_id, weight=weight_of(points=5, reached_at=NOW))
        assert projection.read(board, learner=first.user_id).mine.points == 30
        assert build_board(board) is None
        yield rows[1]

    assert projection.build(board, reading) == 2
    found = projection.read(board, learner=first.user_id)
    assert [(place.learner_id, place.points) for place in found.top] == [(first.user_id, 30), (third.user_id, 5)]


def test_a_builder_who_lost_its_lock_changes_nothing(cast, board, learner):
    earn(learner, 10)
    build_board(board)

    def reading():
        client = projection._client(projection.settings.REDIS_URL)
        client.delete(projection._keys(board)[1])
        assert build_board(board) == 1
        yield learner.user_id, weight_of(points=999, reached_at=NOW)

    assert projection.build(board, reading) is None
    assert projection.read(board, learner=learner.user_id).mine.points == 10


def test_the_command_rebuilds_every_board(cast, board, learner, capsys):
    earn(learner, 10)
    call_command("rebuild_leaderboards")
    assert "harbour, all time: 1 learners" in capsys.readouterr().out
    assert projection.read(board, learner=learner.user_id).mine.points == 10


def test_a_month_of_chance_ends_as_the_database_says(cast, board):
    """Points, people who hide and come back, news out of order and heard twice, and a Redis that forgets everything."""
    dice, crowd = random.Random(11), people(cast, 8)
    build_board(board)
    for step in range(60):
        member = dice.choice(crowd)
        if dice.random() < 0.2:
            hidden = dice.random() < 0.5
            change_board_preference(changes={"is_hidden": hidden}, actor=member, now=minutes_later(step))
        else:
            earn(member, dice.randint(1, 5), now=minutes_later(step))
        if dice.random() < 0.3:
            hear()
        if dice.random() < 0.1:
            projection._client(projection.settings.REDIS_URL).flushdb()
            build_board(board)
    hear()
    for member in crowd:
        found = projection.read(board, learner=member.user_id)
        assert found == ranked(points_on(board), learner=member.user_id)


def test_an_unchanged_board_is_not_sent_again(cast, api, learner):
    earn(learner, 10)
    client = api(cast.harbour.learner)
    tag = client.get(PATH).headers["ETag"]
    assert client.get(PATH, HTTP_IF_NONE_MATCH=tag).status_code == 304
    earn(learner, 10)
    assert client.get(PATH, HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_a_longer_board_costs_no_more_queries(cast, api, learner):
    client, counts = api(cast.harbour.learner), []
    for more in (2, 20):
        for member in people(cast, more):
            earn(member, 10)
            CohortMemberFactory(cohort=cast.harbour.cohort, member=member)
        client.get(PATH)
        with CaptureQueriesContext(connection) as queries:
            client.get(PATH)
            client.get(PATH, {"board": f"cohort:{cast.harbour.cohort.pk}"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_names_are_those_of_the_people_who_stand_there(cast, learner):
    left, suspended, hidden = people(cast, 3)
    Membership.objects.filter(pk=left.pk).update(ended_at=NOW)
    suspended.user.is_active = False
    suspended.user.save()
    change_board_preference(changes={"is_hidden": True}, actor=hidden, now=NOW)
    everybody = Membership.objects.for_academy(cast.harbour.academy).values_list("user", flat=True)
    named = set(names_of(cast.harbour.academy.pk, everybody))
    assert named == set(standing().for_academy(cast.harbour.academy).values_list("user", flat=True))
    assert learner.user_id in named
