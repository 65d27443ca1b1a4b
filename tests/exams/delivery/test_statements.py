"""How much is asked of the database: constant, whatever the length of the exam."""

import pytest
import time_machine

from exams.delivery.actions import start_attempt
from exams.delivery.paper import paper_of
from exams.marking.actions import submit_and_mark
from tests.exams.clients import Browser
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, answer, claim_of, make_delivery, make_plain_form, minutes, start

pytestmark = pytest.mark.django_db


def test_saving_an_answer_takes_exactly_one_statement(attempt):
    browser = Browser.of(attempt)
    with time_machine.travel(NOW + minutes(1), tick=False):
        browser.answer(1, {"choice": "a"})
        for sequence, choice in ((2, "b"), (3, "c")):
            with Statements() as statements:
                assert browser.answer(1, {"choice": choice}, sequence).status_code == 200
            assert len(statements.captured_queries) == 1
            assert "INSERT INTO exams_attemptstep" in statements.asked[0]


def test_starting_takes_at_most_four_statements_for_any_length(cast):
    counts = []
    for length in (10, 200):
        delivery = make_delivery(
            make_plain_form(cast.harbour.academy, length), shuffle_items=True, shuffle_options=True
        )
        paper_of(delivery.form_id)  # in memory, as in a process that has started one attempt at it
        learner = MembershipFactory(academy=cast.harbour.academy)
        with Statements() as statements:
            start_attempt(delivery=delivery.pk, actor=learner, now=NOW)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 4


def test_a_form_is_read_in_the_same_few_statements_for_any_length(cast):
    counts = []
    for length in (10, 200):
        form = make_plain_form(cast.harbour.academy, length)
        with Statements() as statements:
            paper_of(form.pk)
        counts.append(len(statements))
        with Statements() as statements:
            paper_of(form.pk)
        assert len(statements) == 0
    assert counts[0] == counts[1] <= 4


def test_handing_in_and_marking_takes_four_statements_for_any_length(cast):
    counts = []
    for length in (20, 200):
        delivery = make_delivery(make_plain_form(cast.harbour.academy, length))
        attempt = start(delivery, MembershipFactory(academy=cast.harbour.academy))
        for slot in range(1, length + 1):
            answer(attempt, slot, {"choice": "a"})
        with Statements() as statements:
            submit_and_mark(claim=claim_of(attempt), now=NOW)
        counts.append(len(statements))
    # Nobody who hears of it is written to then: that would cost as much again.
    assert counts == [4, 4]


@pytest.mark.parametrize("page", ["result", "review", "sitting"])
def test_pages_of_an_attempt_take_as_many_statements_for_any_length(cast, api, page):
    client, counts = api(cast.harbour.learner), []
    for length in (20, 200):
        delivery = make_delivery(make_plain_form(cast.harbour.academy, length))
        attempt = start(delivery, cast.harbour.learner.membership)
        for slot in range(1, length + 1, 2):
            answer(attempt, slot, {"choice": "a"})
        if page != "sitting":
            submit_and_mark(claim=claim_of(attempt), now=NOW)
        with time_machine.travel(NOW, tick=False), Statements() as statements:
            assert client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/{page}/").status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_the_timeline_takes_as_many_statements_for_any_length(cast, api, attempt):
    client, counts = api(cast.harbour.instructor), []
    for sequence in (1, 2, 30):
        answer(attempt, 1, {"choice": "abc"[sequence % 3]}, sequence=sequence)
        with Statements() as statements:
            client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/timeline/")
        counts.append(len(statements))
    assert len(set(counts)) == 1
