"""Boards of cohorts: who is in one says PostgreSQL, where they stand says Redis, and the database says the same."""

import random
from datetime import timedelta

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from academies.roster.actions import add_to_cohort, remove_from_cohort
from academies.tenancy.actions import end_membership
from accounts.journal.relay import deliver_due
from gamification.leaderboards import projection
from gamification.leaderboards.actions import change_board_preference
from gamification.leaderboards.boards import Board, Standings
from gamification.leaderboards.people import members_of
from gamification.leaderboards.reading import build_board, points_on, ranked, standings
from gamification.weeks import week_of
from tests.factories.academies import CohortFactory, CohortMemberFactory, MembershipFactory
from tests.factories.boards import earn, minutes_later
from tests.factories.exams import NOW

pytestmark = pytest.mark.django_db(transaction=True)

WEEK = timedelta(weeks=1)


@pytest.fixture(autouse=True)
def at_now():
    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        yield


@pytest.fixture
def boards(cast):
    academy = cast.harbour.academy.pk
    return [Board(academy_id=academy), Board(academy_id=academy, week_date=week_of(NOW))]


def assert_same(boards, cohorts, members) -> None:
    for board in boards:
        for cohort in cohorts:
            for member in members:
                truth = ranked(points_on(board, cohort=cohort), learner=member.user_id)
                found = projection.read_among(board, members_of(cohort.pk), learner=member.user_id)
                assert found == truth == standings(board, learner=member.user_id, cohort=cohort)


def test_redis_and_the_database_say_the_same_of_a_large_cohort(cast, boards):
    dice, cohort = random.Random(5), CohortFactory(academy=cast.harbour.academy)
    crowd = [MembershipFactory(academy=cast.harbour.academy) for _ in range(80)]
    for member in crowd:
        earn(member, dice.randint(1, 12), now=minutes_later(dice.randint(0, 3)))
    for member in crowd[:65]:
        CohortMemberFactory(cohort=cohort, member=member)
    for board in boards:
        build_board(board)
    # Somebody of the cohort without points, and somebody who is not in it, see it too.
    idle = MembershipFactory(academy=cast.harbour.academy)
    CohortMemberFactory(cohort=cohort, member=idle)
    assert_same(boards, [cohort], [*crowd, idle])


def test_who_changes_cohorts_changes_boards_at_once(cast, boards):
    harbour, member = cast.harbour, MembershipFactory(academy=cast.harbour.academy)
    first, second = (CohortFactory(academy=harbour.academy) for _ in range(2))
    earn(member, 10)
    build_board(boards[0])
    for now_in, before in ((first, second), (second, first)):
        remove_from_cohort(cohort=before, members=[member], actor=harbour.owner.account, now=NOW)
        add_to_cohort(cohort=now_in, members=[member], actor=harbour.owner.account, now=NOW)
        sizes = [standings(boards[0], learner=member.user_id, cohort=each).size for each in (now_in, before)]
        assert sizes == [1, 0]


def test_a_cohort_without_anybody_differs_from_a_board_that_is_lost(cast, boards):
    cohort, learner = CohortFactory(academy=cast.harbour.academy), cast.harbour.learner.membership
    assert projection.read_among(boards[0], [], learner=learner.user_id) is None
    build_board(boards[0])
    nobody = Standings(size=0, top=(), mine=None, around=())
    assert projection.read_among(boards[0], members_of(cohort.pk), learner=learner.user_id) == nobody


def test_without_redis_it_comes_from_the_database(cast, boards, settings):
    learner, cohort = cast.harbour.learner.membership, cast.harbour.cohort
    earn(learner, 10)
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    try:
        assert standings(boards[0], learner=learner.user_id, cohort=cohort).mine.points == 10
    finally:
        projection.breaker.reset()


people, places = st.integers(0, 4), st.integers(0, 1)
steps = st.one_of(
    st.tuples(st.just("earn"), people, st.integers(1, 3), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("hide"), people, st.booleans()),
    st.tuples(st.just("move"), people, places, st.booleans()),
    st.tuples(st.just("leave"), people),
    st.tuples(st.just("hear")),
    st.tuples(st.just("forget")),
    st.tuples(st.just("build")),
)


class World:
    """Some learners of an academy, who come and go, and two cohorts of it."""

    def __init__(self, cast, boards) -> None:
        self.actor, self.academy, self.boards = cast.harbour.owner.account, cast.harbour.academy, boards
        self.cohorts = [CohortFactory(academy=self.academy) for _ in range(2)]
        self.members = [MembershipFactory(academy=self.academy) for _ in range(5)]

    def earn(self, who, amount, minutes, is_older) -> None:
        earn(self.members[who], amount, now=minutes_later(minutes) - is_older * WEEK)

    def hide(self, who, is_hidden) -> None:
        change_board_preference(changes={"is_hidden": is_hidden}, actor=self.members[who], now=NOW)

    def move(self, who, where, is_in) -> None:
        act = add_to_cohort if is_in else remove_from_cohort
        act(cohort=self.cohorts[where], members=[self.members[who]], actor=self.actor, now=NOW)

    def leave(self, who) -> None:
        end_membership(membership=self.members[who].pk, actor=self.actor, now=NOW)
        self.members[who] = MembershipFactory(academy=self.academy)

    def hear(self) -> None:
        deliver_due(now=NOW + timedelta(days=1))

    def forget(self) -> None:
        projection._client(projection.settings.REDIS_URL).flushdb()

    def build(self) -> None:
        for board in self.boards:
            build_board(board)

    def settle(self) -> None:
        self.hear()
        if any(projection.read(board, learner=self.members[0].user_id) is None for board in self.boards):
            self.build()
        assert_same(self.boards, self.cohorts, self.members)


@pytest.fixture
def world(cast, boards):
    return World(cast, boards)


@settings(max_examples=15)
@given(st.lists(steps, min_size=1, max_size=25))
def test_any_history_ends_as_the_database_says(world, history):
    for name, *arguments in history:
        getattr(world, name)(*arguments)
    world.settle()
