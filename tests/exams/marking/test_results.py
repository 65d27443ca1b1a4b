"""Results as a person sees them: standing among peers, domains, time, what to do next, and the review."""

from datetime import timedelta

import pytest
import time_machine
from scipy.stats import percentileofscore

from exams.delivery.models import Accommodation, Delivery
from exams.delivery.supervision import void_attempt
from exams.marking.models import Score
from exams.marking.results import standing_of
from tests.factories.academies import MembershipFactory
from tests.factories.exams import (
    NOW,
    answer,
    hand_in,
    make_delivery,
    make_one_of_each,
    make_plain_form,
    minutes,
    right_answers,
    sit,
    start,
)

pytestmark = pytest.mark.django_db

RIGHT = {"choice": "a"}


def at(after=timedelta()):
    return time_machine.travel(NOW + after, tick=False)


def page(client, attempt, name="result"):
    response = client.get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/{name}/")
    assert response.status_code == 200, response.json()
    return response.json()


@pytest.fixture
def twenty(cast):
    """A form of twenty items, so that scores can differ."""
    return make_delivery(make_plain_form(cast.harbour.academy, 20), attempts_allowed=20)


def scoring(delivery, right, *, learner=None):
    """An attempt with so many right answers, of somebody new unless a learner is named."""
    learner = learner or MembershipFactory(academy=delivery.academy)
    return sit(delivery, learner, dict.fromkeys(range(1, right + 1), RIGHT))


def standing(attempt, minimum=1):
    found = standing_of(attempt=attempt, score=Score.objects.get(attempt=attempt, is_current=True), minimum=minimum)
    return found.percentile, found.peers


# Percentile


@pytest.mark.parametrize(
    ("mine", "percentile"),
    [
        # Peers have 4, 8, 8, 8, 12, 16, 16, 20 right: (below + level ÷ 2) ÷ 8.
        (0, 0),
        (4, 6),  # 0.5 ÷ 8 = 6.25 %
        (6, 12),  # 1 ÷ 8 = 12.5 %, to the even neighbour
        (8, 31),  # 2.5 ÷ 8 = 31.25 %
        (10, 50),  # 4 ÷ 8
        (12, 56),  # 4.5 ÷ 8 = 56.25 %
        (16, 75),  # 6 ÷ 8
        (18, 88),  # 7 ÷ 8 = 87.5 %
        (20, 94),  # 7.5 ÷ 8 = 93.75 %
    ],
)
def test_percentile_is_the_share_below_and_half_of_those_level(twenty, mine, percentile):
    peers = (4, 8, 8, 8, 12, 16, 16, 20)
    for right in peers:
        scoring(twenty, right)
    assert standing(scoring(twenty, mine)) == (percentile, 8)
    assert percentile == round(percentileofscore(peers, mine, kind="mean"))


def test_of_each_peer_the_best_score_counts_and_of_oneself_none(cast, twenty):
    peer = MembershipFactory(academy=cast.harbour.academy)
    for right in (20, 2, 4):
        scoring(twenty, right, learner=peer)
    mine = [scoring(twenty, right, learner=cast.harbour.learner.membership) for right in (10, 19)]
    assert standing(mine[0]) == (0, 1), "the peer's best is 20"
    scoring(twenty, 1)
    assert standing(mine[0]) == (50, 2)


def test_among_too_few_there_is_no_percentile(cast, api, twenty, settings):
    settings.PERCENTILE_MIN_PEERS = 3
    mine, client = scoring(twenty, 10, learner=cast.harbour.learner.membership), api(cast.harbour.learner)
    for peers in range(4):
        shown = page(client, mine)
        assert (shown["peers"], shown["percentile"]) == (peers, None if peers < 3 else 100)
        scoring(twenty, 1)


def test_who_was_voided_has_not_handed_in_or_sat_another_exam_is_no_peer(cast, twenty):
    mine = scoring(twenty, 10)
    scoring(make_delivery(twenty.form), 20)
    start(twenty, MembershipFactory(academy=cast.harbour.academy))
    voided = scoring(twenty, 20)
    void_attempt(attempt=voided.pk, reason="Copied", actor=cast.staff.account, now=NOW)
    assert standing(mine, minimum=1) == (None, 0)


# The result


def test_a_result_breaks_down_by_domain_and_tells_the_time_of_each_item(cast, api, delivery):
    attempt = start(delivery, cast.harbour.learner.membership)
    answers = right_answers(delivery.form)
    answer(attempt, 1, answers[1], seconds=30)
    answer(attempt, 2, {"choices": ["a"]}, seconds=12)
    answer(attempt, 2, {"choices": ["a"]}, sequence=2, seconds=5)  # another device that counts anew
    hand_in(attempt)
    with at():
        shown = page(api(cast.harbour.learner), attempt)
    assert shown["domains"] == [
        {"code": "1", "title": "Domain 1", "raw": 1.0, "raw_max": 4.0, "percent": 25.0, "items": 4},
        {"code": "2", "title": "Domain 2", "raw": 0.5, "raw_max": 4.0, "percent": 12.5, "items": 4},
    ]
    assert sum(domain["raw"] for domain in shown["domains"]) == shown["raw"] == 1.5
    assert (shown["raw_max"], shown["percent"], shown["scaled"], shown["passed"]) == (8.0, 18.8, 250.0, False)
    assert shown["scale"] == {"min": 100.0, "max": 900.0, "label": "Score", "step": 1.0}
    assert (shown["cut"], shown["regraded_at"]) == (700.0, None)
    assert shown["seconds_total"] == 42
    assert shown["items"][:3] == [
        {"position": 1, "domain": "1", "seconds": 30, "fraction": 1.0},
        {"position": 2, "domain": "2", "seconds": 12, "fraction": 0.5},
        {"position": 3, "domain": "1", "seconds": 0, "fraction": 0.0},
    ]


def test_what_to_do_next_is_to_study_the_review_where_there_is_one(cast, api, delivery):
    attempt = sit(delivery, cast.harbour.learner.membership, {})
    assert page(api(cast.harbour.learner), attempt)["next"] == {
        "kind": "review", "attempt": str(attempt.pk), "delivery": None,
    }  # fmt: skip


def test_otherwise_to_try_again_while_that_is_possible(cast, api, delivery):
    Delivery.objects.filter(pk=delivery.pk).update(review_what="score", attempts_allowed=1)
    learner, client = cast.harbour.learner.membership, api(cast.harbour.learner)
    first = sit(delivery, learner, {})
    again = {"kind": "retake", "attempt": None, "delivery": str(delivery.pk)}
    home = {"kind": "home", "attempt": None, "delivery": None}
    with at():
        assert page(client, first)["next"] == home
        Accommodation.objects.create(academy=cast.harbour.academy, member=learner, extra_attempts=1)
        assert page(client, first)["next"] == again, "an extra attempt counts"
        second = start(delivery, learner)
        assert page(client, first)["next"] == home, "one is open"
        hand_in(second)
        assert page(client, first)["next"] == home, "the first does not forget the second"
        Delivery.objects.filter(pk=delivery.pk).update(attempts_allowed=5, closes_at=NOW + minutes(5))
        assert page(client, first)["next"] == again
    with at(minutes(5)):
        assert page(client, first)["next"] == home


# The review


def test_the_review_shows_every_item_as_it_was_seen_with_key_and_reasons(cast, api):
    form = make_one_of_each(cast.harbour.academy, sections=2, section_seconds=600)
    delivery = make_delivery(form, shuffle_items=True, shuffle_options=True)
    attempt = start(delivery, cast.harbour.learner.membership)
    answer(attempt, 1, {"choice": "b"}, seconds=9)
    answer(attempt, 2, {"choices": ["a", "b"]})
    hand_in(attempt)
    shown = page(api(cast.harbour.learner), attempt, "review")
    assert [item["slot"] for item in shown["items"]] == attempt.slot_order
    items = {item["slot"]: item for item in shown["items"]}
    first = items[1]
    assert [option["id"] for option in first["question"]["options"]] == attempt.option_orders["1"]
    assert (first["answer"], first["key"], first["fraction"], first["mark"]) == (
        {"choice": "b"},
        {"choice": "a"},
        0.0,
        0.0,
    )
    assert (first["parts"], first["seconds"], first["points"]) == ({"b": False}, 9, 1)
    assert set(first["why"]) == {"a", "b", "c"}
    assert first["explanation_html"] == "<p>Because it is so.</p>\n"
    assert items[2]["parts"] == {"a": True, "b": False, "d": False}
    assert items[3]["answer"] is None
    assert items[4]["key"] == {"pairs": {"1": "x", "2": "y"}}
    assert items[6]["key"] == {"gaps": {"1": ["sky"], "2": ["blue", "grey"]}}
    assert items[7]["key"] == {"accepted": ["least privilege"]}
    assert items[8]["key"] == {"number": "2.5", "tolerance": "0.1", "tolerance_kind": "absolute", "unit": "GB"}
    assert [section["time_limit_seconds"] for section in shown["sections"]] == [600, 600]


def test_a_sitting_holds_no_key(cast, api, attempt):
    with at():
        response = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/attempts/{attempt.pk}/sitting/")
    text = response.content.decode()
    for secret in ("It is not", "Because it is so", "least privilege", "not_given_", '"key"', "accepted", "tolerance"):
        assert secret not in text
