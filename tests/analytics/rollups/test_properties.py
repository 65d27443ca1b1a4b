"""Whatever happens in whichever order, the rollups come to what the facts say: exactly, in every table."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from academies.models import Cohort, Membership
from academies.roster.actions import add_to_cohort, remove_from_cohort
from accounts.journal.relay import deliver_due
from analytics.rollups import rebuilding
from analytics.rollups.folding import compare_cohorts, count_again, fold
from analytics.rollups.rebuilding import rebuild
from config.kernel.ids import new_id
from exams.marking.fields import CurrentTransaction
from exams.models import ItemVersion, MarkedAnswer
from tests.analytics.recounted import held, recounted
from tests.exams.threads import all_at_once
from tests.factories.academies import CohortFactory
from tests.factories.exams import NOW
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db(transaction=True)

_LATE = """
INSERT INTO exams_markedanswer (academy_id, learner_id, source, source_id, slot, bank_id, domain_id, item_id,
    item_version_id, fraction, points, is_guess, seconds, is_open, shows_domain, is_counted, answered_at, local_date)
SELECT academy_id, learner_id, source, %s, slot, bank_id, domain_id, item_id,
    item_version_id, fraction, points, is_guess, 7, is_open, shows_domain, is_counted, answered_at, local_date
FROM exams_markedanswer ORDER BY id DESC LIMIT 3
"""


class Crash(Exception):
    """The process died."""


@dataclass
class World:
    """Two learners and two cohorts of an academy, and a writer whose transaction takes its time."""

    learners: list[Membership]
    cohorts: list[Cohort]
    versions: list[ItemVersion]
    actor: object
    late: object = None
    ticks: Callable[[], int] = field(default_factory=lambda: count().__next__)

    def answer(self, who, day, first, source, fraction, is_guess):
        at = NOW + timedelta(days=day)
        marked(
            self.learners[who],
            self.versions[first : first + 3],
            fractions=[fraction, 1],
            source=source,
            is_guess=is_guess,
            now=at,
        )

    def change(self, which, **fields):
        rows = MarkedAnswer.objects.order_by("id")
        picked = list(rows.values_list("pk", flat=True))[which::5]
        rows.filter(pk__in=picked).update(**fields, written_in=CurrentTransaction())

    def move(self, who, where, is_in):
        act = add_to_cohort if is_in else remove_from_cohort
        act(cohort=self.cohorts[where], members=[self.learners[who]], actor=self.actor, now=NOW)

    def write_late(self):
        if self.late is None:
            self.late = connection.copy()
            with self.late.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute(_LATE, [new_id()])
        # Others come and go meanwhile.
        self.answer(0, 0, 0, "study", 1, False)
        self.fold(9)

    def end_late(self):
        if self.late is not None:
            with self.late.cursor() as cursor:
                cursor.execute("COMMIT")
            self.late.close()
            self.late = None

    def fold(self, size):
        deliver_due(now=NOW)
        fold(now=NOW, size=size)

    def crash(self, work, after):
        """Do something whose process dies with its so-manieth statement."""
        statements = count()

        def die(execute, *arguments):
            if next(statements) == after:
                raise Crash
            return execute(*arguments)

        with suppress(Crash), connection.execute_wrapper(die):
            work()

    def rebuild(self, steps):
        """Begin, or go on; possibly not to the end."""
        running = rebuild(academy=self.learners[0].academy, first=None, last=None, clock=lambda: NOW)
        for _ in zip(range(steps), running, strict=False):
            pass
        running.close()

    def settle(self):
        """Everything has had its turn."""
        self.end_late()
        self.fold(4)
        assert held() == recounted()


whos, days, places = st.integers(0, 1), st.integers(0, 2), st.integers(0, 5)
fractions = st.sampled_from([0, 1, Decimal("0.3333"), Decimal("0.5")])
steps = st.one_of(
    st.tuples(st.just("answer"), whos, days, places, st.sampled_from(["exam", "study"]), fractions, st.booleans()),
    st.tuples(st.just("regrade"), places, fractions),
    st.tuples(st.just("uncount"), places, st.booleans()),
    st.tuples(st.just("hide"), places, st.booleans()),
    st.tuples(st.just("move"), whos, whos, st.booleans()),
    st.tuples(st.just("late")),
    st.tuples(st.just("end late")),
    st.tuples(st.just("fold"), st.integers(1, 9)),
    st.tuples(st.just("fold crashes"), st.integers(1, 9), st.integers(0, 40)),
    st.tuples(st.just("rebuild crashes"), st.integers(0, 40)),
    st.tuples(st.just("fold twice at once")),
    st.tuples(st.just("rebuild"), st.integers(1, 12)),
    st.tuples(st.just("rebuild and fold at once")),
    st.tuples(st.just("rebuild twice at once")),
    st.tuples(st.just("ask"), whos, days),
)


def act(world: World, name: str, *arguments) -> None:
    if name == "answer":
        world.answer(*arguments)
    elif name in ("regrade", "uncount", "hide"):
        column = {"regrade": "fraction", "uncount": "is_counted", "hide": "shows_domain"}[name]
        world.change(arguments[0], **{column: arguments[1]})
    elif name == "move":
        world.move(*arguments)
    elif name == "late":
        world.write_late()
    elif name == "end late":
        world.end_late()
    elif name == "fold":
        world.fold(*arguments)
    elif name == "fold crashes":
        world.crash(lambda: world.fold(arguments[0]), arguments[1])
    elif name == "rebuild crashes":
        world.crash(lambda: world.rebuild(20), *arguments)
    elif name == "rebuild":
        world.rebuild(*arguments)
    elif name == "ask":
        who, day = arguments
        learner = world.learners[who]
        date = (NOW + timedelta(days=day)).date()
        count_again(academy=learner.academy_id, learner=learner.user_id, local_date=date)
    else:
        works = [world.rebuild if "rebuild" in name else world.fold, world.fold if "fold" in name else world.rebuild]
        results = all_at_once([lambda: works[0](9), lambda: works[1](3)])
        assert [result for result in results if isinstance(result, Exception)] == []


@settings(max_examples=20)
@given(st.lists(steps, min_size=1, max_size=25))
def test_any_history_comes_to_what_the_facts_say(world, history):
    for step in history:
        act(world, *step)
    world.settle()


@pytest.fixture
def world(cast, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    compare_cohorts()
    harbour = cast.harbour
    found = World(
        learners=[harbour.learner.membership, harbour.other_learner.membership],
        cohorts=[harbour.cohort, CohortFactory(academy=harbour.academy, name="Second")],
        versions=versions_of(make_practice_bank(harbour.learner.membership, items=8)),
        actor=harbour.owner.account,
    )
    found.fold(5)
    yield found
    found.end_late()
