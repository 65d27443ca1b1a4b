"""Answers of exams become facts when their learner may see the score, and count once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.journal.models import JournalEntry
from exams.delivery.models import Delivery
from exams.delivery.offering import release_results
from exams.delivery.supervision import void_attempt
from exams.events import ResultChanged, ResultShown
from exams.marking.marked_answers import show_result, show_results
from exams.marking.models import MarkedAnswer, RegradeRun
from exams.marking.regrading import regrade
from tests.cast import Cast
from tests.factories.exams import NOW, make_delivery, make_one_of_each, make_plain_form, right_answers, sit

pytestmark = pytest.mark.django_db

RIGHT, WRONG = {"choice": "a"}, {"choice": "b"}


def kept() -> list[tuple[int, str, bool, bool]]:
    rows = MarkedAnswer.objects.order_by("slot").values_list("slot", "fraction", "is_open", "is_counted")
    return [(slot, str(fraction), is_open, is_counted) for slot, fraction, is_open, is_counted in rows]


def shown() -> list[dict[str, object]]:
    return list(JournalEntry.objects.filter(kind=ResultShown.kind).order_by("id").values_list("payload", flat=True))


def test_a_score_that_is_seen_at_once_leaves_its_answers(cast: Cast) -> None:
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 3))
    attempt = sit(delivery, cast.harbour.learner.membership, {1: RIGHT, 2: WRONG})
    show_result(attempt=attempt.pk, now=NOW)
    show_result(attempt=attempt.pk, now=NOW)
    assert kept() == [(1, "1.0000", True, True), (2, "0.0000", True, True)]
    assert [entry["first_right"] for entry in shown()] == [1]
    assert shown()[0]["days"] == {"2026-03-02": 2}


def test_partial_credit_is_kept_to_four_decimals(cast: Cast) -> None:
    form = make_one_of_each(cast.harbour.academy)
    attempt = sit(
        make_delivery(form), cast.harbour.learner.membership, {**right_answers(form), 4: {"pairs": {"1": "x"}}}
    )
    show_result(attempt=attempt.pk, now=NOW)
    assert [fraction for _, fraction, _, _ in kept()].count("0.5000") == 1


def test_the_day_is_the_learners_own(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    learner.user.time_zone = "Pacific/Auckland"
    learner.user.save()
    attempt = sit(
        make_delivery(make_plain_form(cast.harbour.academy, 1)), learner, {1: RIGHT}, now=NOW + timedelta(hours=4)
    )
    show_result(attempt=attempt.pk, now=NOW)
    assert MarkedAnswer.objects.get().local_date.isoformat() == "2026-03-03"


def test_what_waits_for_its_release_is_kept_with_the_release(cast: Cast) -> None:
    delivery = make_delivery(
        make_plain_form(cast.harbour.academy, 1), review_when=Delivery.ReviewWhen.ON_RELEASE, review_what="score"
    )
    attempt = sit(delivery, cast.harbour.learner.membership, {1: RIGHT})
    show_result(attempt=attempt.pk, now=NOW)
    assert show_results(now=timezone.now()) == 0
    assert kept() == []
    release_results(delivery=delivery.pk, actor=cast.harbour.owner.membership, now=NOW)
    assert show_results(now=NOW) == 1
    # The score alone is shown: whether the one answer was right is not the learner's to know.
    assert kept() == [(1, "1.0000", False, True)]


def test_what_waits_for_the_end_of_the_window_is_kept_by_the_sweeper(cast: Cast) -> None:
    delivery = make_delivery(
        make_plain_form(cast.harbour.academy, 1),
        review_when=Delivery.ReviewWhen.AFTER_WINDOW,
        closes_at=NOW + timedelta(days=1),
    )
    sit(delivery, cast.harbour.learner.membership, {1: RIGHT})
    assert show_results(now=NOW + timedelta(hours=1)) == 0
    assert show_results(now=NOW + timedelta(days=2)) == 1
    assert len(kept()) == 1


def test_a_result_that_is_never_shown_leaves_nothing(cast: Cast) -> None:
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 1), review_what=Delivery.ReviewWhat.NOTHING)
    attempt = sit(delivery, cast.harbour.learner.membership, {1: RIGHT})
    show_result(attempt=attempt.pk, now=NOW)
    assert (show_results(now=NOW), kept(), shown()) == (0, [], [])


def test_a_voided_attempt_counts_no_more(cast: Cast) -> None:
    attempt = sit(make_delivery(make_plain_form(cast.harbour.academy, 1)), cast.harbour.learner.membership, {1: RIGHT})
    show_result(attempt=attempt.pk, now=NOW)
    void_attempt(attempt=attempt.pk, reason="Wrong room", actor=cast.staff.account, now=NOW)
    show_result(attempt=attempt.pk, now=NOW)
    assert kept() == [(1, "1.0000", True, False)]


def test_a_regrade_changes_what_was_kept_and_says_so(cast: Cast) -> None:
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 2))
    attempt = sit(delivery, cast.harbour.learner.membership, {1: WRONG, 2: RIGHT})
    show_result(attempt=attempt.pk, now=NOW)
    item = MarkedAnswer.objects.get(slot=1).item_id
    regrade(
        item=item,
        treatment=RegradeRun.Treatment.FULL_MARKS,
        is_dry_run=False,
        actor=cast.harbour.owner.membership,
        now=NOW,
    )
    show_result(attempt=attempt.pk, now=NOW)
    assert kept() == [(1, "1.0000", True, True), (2, "1.0000", True, True)]
    changed = JournalEntry.objects.get(kind=ResultChanged.kind).payload
    assert (changed["passed_before"], changed["passed"], changed["share"]) == (False, True, "1.0000")


def test_a_second_attempt_knows_the_best_before_and_what_is_new(cast: Cast) -> None:
    delivery = make_delivery(make_plain_form(cast.harbour.academy, 2))
    learner = cast.harbour.learner.membership
    for answers in ({1: RIGHT, 2: WRONG}, {1: RIGHT, 2: RIGHT}):
        show_result(attempt=sit(delivery, learner, answers).pk, now=NOW)
    first, second = shown()
    assert (first["best_before"], first["is_first_pass"], first["first_right"]) == (None, False, 1)
    assert (second["best_before"], second["is_first_pass"], second["first_right"]) == ("0.5000", True, 1)
