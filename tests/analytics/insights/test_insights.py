"""What learners are told of what they have answered: their own, as far as it is shown."""

from datetime import timedelta

import pytest
from django.utils import timezone

from academies.models import Membership
from analytics.rollups.rebuilding import rebuild
from exams.marking.marked_answers import show_result
from exams.models import Delivery, MarkedAnswer
from tests.cast import Cast
from tests.factories.exams import make_delivery, make_form_of, sit
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db

RIGHT, WRONG = {"choice": "a"}, {"choice": "b"}


@pytest.fixture
def learner(cast: Cast) -> Membership:
    member = cast.harbour.learner.membership
    # So that the days of these tests are those of the clock that they read.
    member.user.time_zone = "UTC"
    member.user.save()
    return member


@pytest.fixture
def bank(learner):
    return make_practice_bank(learner, items=24)


@pytest.fixture
def ask(cast, api, learner):
    def ask(what: str, person=None, **query):
        list(rebuild(academy=learner.academy, first=None, last=None, clock=timezone.now))
        answer = api(person or cast.harbour.learner).get(f"/api/v1/academies/harbour/insights/{what}/", query)
        assert answer.status_code == 200, answer.json()
        return answer.json()

    return ask


def ago(days: int):
    """Noon, so many days ago."""
    return timezone.now().replace(hour=12, minute=0) - timedelta(days=days)


def answers(learner, versions, days_ago, *, right=0, of=None, **fields):
    of = len(versions) if of is None else of
    at = ago(days_ago)
    marked(learner, versions[:of], fractions=[1] * right + [0] * (of - right), now=at, **fields)


def test_performance_over_a_period_with_the_one_before(learner, bank, ask):
    versions = versions_of(bank)
    answers(learner, versions, 2, right=6, of=8)
    answers(learner, versions, 1, right=4, of=4)
    answers(learner, versions, 9, right=5, of=10, source="study")
    answers(learner, versions, 40, right=1, of=10)
    found = ask("performance", period="7")
    assert found["totals"] == {"answers": 12, "right": 10, "percent": 83.3, "seconds": 360}
    assert found["previous"] == {"answers": 10, "right": 5, "percent": 50.0}
    assert found["change_points"] == 33.3
    # Four answers are too few for a best day.
    assert found["best_day"] == {"date": ago(2).date().isoformat(), "percent": 75.0, "answers": 8}
    assert [day["answers"] for day in found["days"]] == [8, 4]
    assert found["from"] == ago(6).date().isoformat()


def test_all_time_begins_with_the_first_answer_and_has_nothing_before_it(learner, bank, ask):
    answers(learner, versions_of(bank), 400, right=1, of=2)
    found = ask("performance", period="all")
    assert (found["previous"], found["change_points"]) == (None, None)
    assert found["from"] == ago(400).date().isoformat()
    assert found["totals"]["percent"] == 50.0


def test_who_has_answered_nothing_is_told_so(bank, ask):
    found = ask("performance")
    assert found["totals"] == {"answers": 0, "right": 0, "percent": None, "seconds": 0}
    assert (found["days"], found["best_day"], found["best_score"], found["period"]) == ([], None, None, "30")
    assert ask("domains")["domains"] == ask("weak-areas")["areas"] == []


def test_a_day_is_the_learners_own(learner, bank, ask):
    learner.user.time_zone = "Pacific/Kiritimati"
    learner.user.save()
    found = ask("performance", period="7")
    assert found["to"] == (timezone.now() + timedelta(hours=14)).date().isoformat()


def test_the_best_score_is_that_of_an_exam_whose_result_is_shown(learner, bank, ask):
    form = make_form_of(versions_of(bank)[:4])
    for choices in ([RIGHT, RIGHT, RIGHT, WRONG], [RIGHT, WRONG, WRONG, WRONG]):
        attempt = sit(make_delivery(form), learner, dict(enumerate(choices, start=1)), now=timezone.now())
        show_result(attempt=attempt.pk, now=timezone.now())
    hidden = make_delivery(form, review_when=Delivery.ReviewWhen.ON_RELEASE)
    attempt = sit(hidden, learner, dict.fromkeys(range(1, 5), RIGHT), now=timezone.now())
    show_result(attempt=attempt.pk, now=timezone.now())
    best = ask("performance", period="7")["best_score"]
    assert (best["percent"], best["title"]) == (75.0, "Mock exam")
    assert ask("performance", period="7", bank=str(bank.pk))["best_score"] == best
    assert ask("performance", period="7", bank=str(form.pk))["best_score"] is None


def test_an_exam_that_shows_its_score_alone_counts_as_a_whole_and_tells_no_domain(learner, bank, ask):
    delivery = make_delivery(make_form_of(versions_of(bank)[:12]), review_what=Delivery.ReviewWhat.SCORE)
    attempt = sit(delivery, learner, dict.fromkeys(range(1, 13), WRONG), now=timezone.now())
    show_result(attempt=attempt.pk, now=timezone.now())
    assert set(MarkedAnswer.objects.values_list("is_open", "shows_domain")) == {(False, False)}
    assert ask("performance")["totals"]["answers"] == 12
    assert ask("domains")["domains"] == []
    assert ask("weak-areas")["areas"] == []


def test_an_exam_that_shows_its_domains_tells_them(learner, bank, ask):
    delivery = make_delivery(make_form_of(versions_of(bank)[:12]), review_what=Delivery.ReviewWhat.DOMAINS)
    attempt = sit(delivery, learner, dict.fromkeys(range(1, 13), WRONG), now=timezone.now())
    show_result(attempt=attempt.pk, now=timezone.now())
    assert set(MarkedAnswer.objects.values_list("is_open", "shows_domain")) == {(False, True)}
    assert sum(each["answers"] for each in ask("domains")["domains"]) == 12


def test_domains_with_their_trend(learner, bank, ask):
    first, second = list(bank.domains.order_by("code"))
    of_first = [version for version in versions_of(bank) if version.item.domain_id == first.pk]
    for days_ago, right in ((30, 1), (20, 4), (10, 9)):
        answers(learner, of_first, days_ago, right=right, of=10)
    answers(learner, [v for v in versions_of(bank) if v.item.domain_id == second.pk], 1, right=1, of=2)
    one, two = ask("domains", period="all")["domains"]
    assert one["bank"] == {"id": str(bank.pk), "title": "Practice"}
    assert one["domain"] == {"id": str(first.pk), "code": "1", "title": "Domain 1", "weight": 50}
    assert (one["answers"], one["right"], one["percent"], one["seconds_mean"]) == (30, 14, 46.7, 30.0)
    assert (one["trend"]["direction"], one["trend"]["method"]) == ("improving", "cochran_armitage")
    assert two["trend"] == {"direction": "unknown", "p_value": None, "answers": 2, "method": "cochran_armitage"}
    # The trend is that of the last answers, whichever period is looked at.
    assert [each["trend"]["answers"] for each in ask("domains", period="30")["domains"]] == [30, 2]


def test_weak_areas_are_below_70_percent_with_ten_answers_the_worst_first(learner, bank, ask):
    first, second = list(bank.domains.order_by("code"))
    of_first, of_second = (
        [version for version in versions_of(bank) if version.item.domain_id == domain.pk] for domain in (first, second)
    )
    answers(learner, of_first, 3, right=6, of=10)
    answers(learner, of_second, 2, right=4, of=9)
    assert [each["domain"]["code"] for each in ask("weak-areas")["areas"]] == ["1"]
    answers(learner, of_second, 1, right=0, of=1)
    found = ask("weak-areas")["areas"]
    assert [(each["domain"]["code"], each["percent"]) for each in found] == [("2", 40.0), ("1", 60.0)]
    assert found[0]["last_answered_on"] == ago(1).date().isoformat()
    answers(learner, of_first, 0, right=4, of=4)
    # Exactly 70 % would not be weak, and this is more.
    assert [each["domain"]["code"] for each in ask("weak-areas")["areas"]] == ["2"]


def test_what_was_answered_long_ago_is_no_weakness(learner, bank, ask):
    answers(learner, versions_of(bank), 95, right=0)
    assert ask("weak-areas")["areas"] == []


def test_a_bank_that_cannot_be_practised_has_no_weak_areas(learner, ask):
    closed = make_practice_bank(learner, items=24, slug="closed", is_open_to_practice=False)
    answers(learner, versions_of(closed), 1, right=0)
    assert ask("weak-areas")["areas"] == []
    assert len(ask("domains")["domains"]) == 2


def test_another_learner_sees_their_own(cast, learner, bank, ask):
    answers(learner, versions_of(bank), 1, right=3)
    found = ask("performance", person=cast.harbour.other_learner)
    assert found["totals"]["answers"] == 0
    assert ask("weak-areas", person=cast.harbour.other_learner)["areas"] == []


def test_another_bank_is_left_out(learner, bank, ask):
    other = make_practice_bank(learner, items=4, slug="other")
    answers(learner, versions_of(bank), 1, right=3)
    answers(learner, versions_of(other), 1, right=3)
    assert ask("performance", bank=str(other.pk))["totals"]["answers"] == 4
    assert {each["bank"]["title"] for each in ask("domains", bank=str(bank.pk))["domains"]} == {"Practice"}


@pytest.mark.parametrize(
    ("what", "query"), [("performance", {"period": "14"}), ("domains", {"bank": "x"}), ("weak-areas", {"bank": "1"})]
)
def test_what_makes_no_sense_is_refused(cast, api, what, query):
    answer = api(cast.harbour.learner).get(f"/api/v1/academies/harbour/insights/{what}/", query)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


def test_more_answers_cost_no_more_queries(cast, api, learner, bank, ask, django_assert_max_num_queries):
    for days_ago in range(0, 60, 3):
        answers(learner, versions_of(bank), days_ago, right=3, of=10)
    ask("performance")
    client = api(cast.harbour.learner)
    for what, most in (("performance", 7), ("domains", 7), ("weak-areas", 7)):
        with django_assert_max_num_queries(most):
            client.get(f"/api/v1/academies/harbour/insights/{what}/", {"period": "90"})
