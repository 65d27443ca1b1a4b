"""Readiness through the API, and how predictions are kept and resolved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.journal import relay
from accounts.profile.models import Profile
from analytics.readiness.actions import keep_prediction, keep_predictions, refit, resolve_prediction
from analytics.readiness.models import DomainNorm, ReadinessPrediction
from exams.delivery.supervision import void_attempt
from exams.marking.marked_answers import show_result
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.accounts import UserFactory
from tests.factories.exams import NOW, hand_in, make_blueprint, make_delivery, make_form_of, start
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/insights/readiness/"


def learner_of(cast):
    return cast.harbour.learner.membership


def answered(member, bank, *, right, of, now=NOW, **fields):
    fractions = [1] * right + [0] * (of - right)
    # Spread over the domains, which alternate.
    return marked(member, versions_of(bank)[:of], fractions=fractions, now=now, **fields)


def delivered(exam, bank, **fields):
    form = make_form_of(versions_of(bank)[60:70])
    type(form).objects.filter(pk=form.pk).update(blueprint=exam)
    form.refresh_from_db()
    return make_delivery(form, **fields)


def ask(cast, api, path=PATH):
    answer = api(cast.harbour.learner).get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_too_few_answers_say_how_many_are_missing(cast, api, bank, exam):
    answered(learner_of(cast), bank, right=10, of=12, now=timezone.now() - timedelta(days=1))
    (found,) = ask(cast, api)["results"]
    assert found["exam"] == {
        "id": str(exam.pk),
        "title": exam.title,
        "bank": {"id": str(bank.pk), "title": bank.title},
    }
    assert (found["probability"], found["answers"], found["answers_needed"]) == (None, 12, 18)
    # 700 on a scale from 100 to 900 takes 15 of 20.
    assert found["cut"] == 75.0


def test_who_knows_more_is_likelier_to_pass(cast, api, bank, exam):
    now = timezone.now() - timedelta(hours=2)
    answered(learner_of(cast), bank, right=58, of=60, now=now)
    answered(cast.harbour.other_learner.membership, bank, right=30, of=60, now=now)
    (able,) = ask(cast, api)["results"]
    (weaker,) = api(cast.harbour.other_learner).get(PATH).json()["results"]
    assert able["probability"] > 80 > 20 > weaker["probability"]
    for each in (able, weaker):
        assert each["low"] <= each["probability"] <= each["high"]
        assert [domain["share"] for domain in each["domains"]] == [50.0, 50.0]
    assert able["recalibrated_on"] is None


def test_a_repeated_item_counts_once_by_its_newest_answer(cast, api, bank, exam):
    now = timezone.now() - timedelta(days=3)
    for day in range(3):
        answered(learner_of(cast), bank, right=5 * day, of=10, now=now + timedelta(days=day))
    (found,) = ask(cast, api)["results"]
    assert (found["answers"], found["answers_needed"]) == (10, 20)


def test_what_an_exam_has_not_shown_says_nothing(cast, api, bank, exam):
    now = timezone.now() - timedelta(days=1)
    answered(learner_of(cast), bank, right=30, of=40, now=now, is_open=False)
    answered(learner_of(cast), bank, right=30, of=40, now=now, is_counted=False)
    (found,) = ask(cast, api)["results"]
    assert found["answers"] == 0


def test_old_answers_weigh_less(cast, api, bank, exam):
    now = timezone.now()
    answered(learner_of(cast), bank, right=0, of=40, now=now - timedelta(days=150))
    marked(learner_of(cast), versions_of(bank)[40:80], now=now - timedelta(days=1))
    (found,) = ask(cast, api)["results"]
    # Half of the answers are wrong, but they have lost 31 of 32 parts of their weight.
    assert found["expected"] > 80


def test_the_exam_of_the_profile_comes_first_and_those_without_a_pass_mark_are_left_out(cast, api, bank, exam):
    second = make_blueprint(bank, [("1", "", "", 5)], title="Zeta certificate")
    unjudged = make_blueprint(bank, [("1", "", "", 5)], title="Alpha")
    type(unjudged.conversion).objects.filter(pk=unjudged.conversion_id).update(cut_score=None)
    Profile.objects.create(user=cast.harbour.learner.account, target_exam="zeta")
    found = ask(cast, api)["results"]
    assert [(each["exam"]["id"], each["is_target"]) for each in found] == [
        (str(second.pk), True),
        (str(exam.pk), False),
    ]


def test_an_exam_of_a_closed_bank_is_faced_only_where_it_is_assigned(cast, api):
    bank = make_practice_bank(learner_of(cast), items=80, slug="closed", is_open_to_practice=False)
    exam = make_blueprint(bank, [("1", "", "", 10)])
    assert ask(cast, api)["results"] == []
    assert api(cast.harbour.learner).get(f"{PATH}{exam.pk}/").status_code == 404
    delivered(exam, bank)
    assert len(ask(cast, api)["results"]) == 1


def test_another_academys_exam_is_not_there(cast, api):
    bank = make_practice_bank(cast.meridian.learner.membership, slug="theirs")
    exam = make_blueprint(bank, [("1", "", "", 5)])
    assert api(cast.harbour.learner).get(f"{PATH}{exam.pk}/").status_code == 404


def test_more_exams_cost_no_more_statements(cast, api, bank, exam):
    answered(learner_of(cast), bank, right=30, of=40, now=timezone.now() - timedelta(days=1))
    client = api(cast.harbour.learner)
    client.get(PATH)
    counts = []
    for _ in range(2):
        with Statements() as statements:
            assert client.get(PATH).status_code == 200
        counts.append(len(statements))
        make_blueprint(bank, [("1", "", "", 5), ("2", "hard", "", 5)])
    assert counts[0] == counts[1]


def test_a_prediction_is_kept_when_an_attempt_begins_and_resolved_when_its_result_is_shown(cast, bank, exam):
    member = learner_of(cast)
    answered(member, bank, right=39, of=40)
    attempt = start(delivered(exam, bank), member, now=NOW + timedelta(days=1))
    for _ in range(2):
        keep_predictions(since=NOW, now=NOW + timedelta(days=1))
    kept = ReadinessPrediction.objects.get()
    assert (kept.attempt_id, kept.blueprint_id, kept.answers, kept.passed) == (attempt.pk, exam.pk, 40, None)
    assert kept.probability == kept.modelled > 0.5
    hand_in(attempt, now=NOW + timedelta(days=1, minutes=20))
    show_result(attempt=attempt.pk, now=NOW + timedelta(days=1, minutes=20))
    relay.deliver_due(now=timezone.now())
    kept.refresh_from_db()
    assert kept.passed is False


def test_what_is_said_twice_or_in_the_wrong_order_comes_out_the_same(cast, bank, exam):
    member, now = learner_of(cast), NOW + timedelta(days=1)
    answered(member, bank, right=30, of=40)
    attempt = start(delivered(exam, bank), member, now=now)
    hand_in(attempt, now=now)
    show_result(attempt=attempt.pk, now=now)
    resolve_prediction(attempt=attempt.pk, now=now)
    for _ in range(2):
        keep_prediction(attempt=attempt.pk, now=now)
        resolve_prediction(attempt=attempt.pk, now=now)
    kept = ReadinessPrediction.objects.get()
    assert (kept.passed, kept.resolved_at) == (False, now)


def test_a_voided_attempt_says_nothing_about_predictions(cast, bank, exam):
    member, now = learner_of(cast), NOW + timedelta(days=1)
    answered(member, bank, right=30, of=40)
    attempt = start(delivered(exam, bank), member, now=now)
    keep_predictions(since=NOW, now=now)
    hand_in(attempt, now=now)
    show_result(attempt=attempt.pk, now=now)
    relay.deliver_due(now=timezone.now())
    assert ReadinessPrediction.objects.get().passed is False
    void_attempt(attempt=attempt.pk, reason="A fire", actor=cast.harbour.owner.account, now=now)
    relay.deliver_due(now=timezone.now())
    assert ReadinessPrediction.objects.get().passed is None


def test_nothing_is_kept_of_an_exam_without_a_blueprint_or_with_too_few_answers(cast, bank, exam):
    member = learner_of(cast)
    alone = start(make_delivery(make_form_of(versions_of(bank)[:3])), member)
    early = start(delivered(exam, bank), member)
    assert keep_prediction(attempt=alone.pk, now=NOW) is None
    assert keep_prediction(attempt=early.pk, now=NOW) is None


def predictions(cast, exam, bank, *, said, passed):
    """Resolved predictions of as many learners."""
    delivery = delivered(exam, bank)
    for probability, verdict in zip(said, passed, strict=True):
        member = MembershipFactory(academy=cast.harbour.academy, user=UserFactory())
        ReadinessPrediction.objects.create(
            academy=cast.harbour.academy,
            learner=member.user,
            blueprint=exam,
            attempt=start(delivery, member),
            modelled=probability,
            probability=probability,
            answers=40,
            made_at=NOW,
            passed=verdict,
            resolved_at=NOW,
        )


def test_calibration_is_not_told_while_somebody_could_be_made_out(cast, api, bank, exam):
    predictions(cast, exam, bank, said=[0.7] * 19, passed=[True] * 19)
    calibration = ask(cast, api, f"{PATH}{exam.pk}/")["calibration"]
    assert calibration == {"attempts": 19, "minimum": 20, "brier": None, "bins": []}


def test_calibration_by_hand(cast, api, bank, exam):
    predictions(cast, exam, bank, said=[0.7] * 14 + [0.2] * 6, passed=[True] * 10 + [False] * 10)
    calibration = ask(cast, api, f"{PATH}{exam.pk}/")["calibration"]
    assert [(each["count"], each["predicted"], each["observed"]) for each in calibration["bins"]] == [
        (6, 20.0, 0.0),
        (14, 70.0, 71.4),
    ]
    assert calibration["brier"] == pytest.approx((10 * 0.09 + 4 * 0.49 + 6 * 0.04) / 20, abs=1e-4)


def test_enough_outcomes_recalibrate_what_is_told(cast, api, bank, exam):
    # Everything was told too high: of those with 90 % half passed.
    outcomes = [verdict for number in range(34) for verdict in (False, number % 4 == 0, number % 2 == 0)]
    predictions(cast, exam, bank, said=[0.3, 0.6, 0.9] * 34, passed=outcomes)
    answered(learner_of(cast), bank, right=50, of=60, now=timezone.now() - timedelta(days=1))
    (before,) = ask(cast, api)["results"]
    assert refit(now=NOW) == 1
    (after,) = ask(cast, api)["results"]
    assert after["recalibrated_on"] == 102
    assert after["probability"] < before["probability"]


def test_norms_are_counted_over_everybody_and_anew(cast, bank):
    answered(learner_of(cast), bank, right=6, of=12)
    answered(cast.harbour.other_learner.membership, bank, right=12, of=12, is_open=False)
    for _ in range(2):
        refit(now=NOW + timedelta(days=1))
    assert sum(DomainNorm.objects.values_list("answers", flat=True)) == 24
    assert sum(DomainNorm.objects.values_list("credit", flat=True)) == 18
