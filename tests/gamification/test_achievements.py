"""What is reached by what, that it is reached once, and where a learner stands."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from accounts.journal.models import JournalEntry
from accounts.models import User
from gamification.achievements.catalogue import ACHIEVEMENTS, CATALOGUE, Kind
from gamification.models import Award
from tests.factories.practice import make_practice_bank, marked, versions_of
from tests.gamification.happenings import quiz, result, reviews, study, tell, upheld

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = "2026-03-02"
MOTIVATION = "/api/v1/academies/harbour/motivation/"


@pytest.fixture
def learner(cast):
    member = cast.harbour.learner.membership
    User.objects.filter(pk=member.user_id).update(time_zone="UTC")
    member.user.refresh_from_db()
    return member


def codes():
    return set(Award.objects.values_list("code", flat=True))


def test_there_are_enough_of_every_kind_and_codes_are_unique():
    assert len(ACHIEVEMENTS) == len(CATALOGUE) >= 30
    assert {each.kind for each in ACHIEVEMENTS} == set(Kind)
    assert all(len(each.code) <= 40 for each in ACHIEVEMENTS)


def test_quizzes_speed_and_first_answers(learner):
    tell(quiz(learner, day=DAY, items=10, right=10, new=25, seconds=900), now=NOW)
    assert codes() == {"quizzes_1", "first_right_25", "perfect_quizzes_1"}
    tell(quiz(learner, day=DAY, items=10, right=9, new=5, seconds=450), now=NOW)
    assert "fast_quizzes_1" in codes()


def test_a_quick_quiz_of_known_items_is_no_achievement(learner):
    tell(quiz(learner, day=DAY, items=10, right=10, new=4, seconds=60), now=NOW)
    assert codes() == {"quizzes_1"}


def test_days_make_persistence(learner):
    for number in range(3):
        day = NOW + timedelta(days=number)
        tell(study(learner, day=day.date().isoformat(), answered=5), now=day)
    assert codes() == {"longest_streak_3"}


def test_exams_reports_and_reviews(learner):
    tell(
        result(learner, day=DAY, first_right=0),
        upheld(learner, item=uuid4()),
        reviews(learner, day=DAY, recalled=50),
        now=NOW,
    )
    assert codes() == {"exams_passed_1", "reports_upheld_1", "recalled_50"}


def test_domains_are_mastered_by_answers(learner):
    bank = make_practice_bank(learner, items=44, domains=2)
    first, second = bank.domains.order_by("code")
    by_domain = {domain: [v for v in versions_of(bank) if v.item.domain_id == domain.pk] for domain in (first, second)}
    marked(learner, by_domain[first][:20], fractions=[1] * 16 + [0] * 4)
    marked(learner, by_domain[second][:20], fractions=[1] * 15 + [0] * 5)
    tell(study(learner, day=DAY), now=NOW)
    assert "domains_mastered_1" in codes()
    assert "domains_mastered_3" not in codes()


def test_everything_is_awarded_once_and_never_taken_back(learner, cast, api):
    event = quiz(learner, day=DAY, items=10, right=10, new=25)
    tell(event, event, now=NOW)
    awarded = JournalEntry.objects.filter(kind="gamification.achievement_awarded")
    assert awarded.count() == len(codes())
    shelf = api(cast.harbour.learner).get(f"{MOTIVATION}achievements/").json()
    shown = {each["code"]: each for kind in shelf["kinds"] for each in kind["achievements"]}
    assert shelf["awarded"] == len(codes())
    assert shown["first_right_100"]["progress"] == 50
    assert shown["first_right_100"]["awarded_at"] is None
    assert shown["quizzes_1"]["progress"] == 1
    # Another learner sees none of it.
    other = api(cast.harbour.other_learner).get(f"{MOTIVATION}achievements/").json()
    assert other["awarded"] == 0


def test_names_are_told_in_the_language_that_was_asked_for(learner, cast, api):
    answer = api(cast.harbour.learner).get(f"{MOTIVATION}rules/", HTTP_ACCEPT_LANGUAGE="es").json()
    assert answer["rules"][0]["name"] == "Preguntas acertadas por primera vez en un cuestionario"
    assert answer["levels"][1] == {"number": 2, "begins_at": 100, "next_at": 300}


def test_where_a_learner_stands(learner, cast, api, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    tell(quiz(learner, day=DAY, items=10, right=10, new=25), now=NOW)
    client = api(cast.harbour.learner)
    client.put(f"{MOTIVATION}goals/", {"goals": [{"period": "day", "kind": "xp", "target": 100}]})
    with django_assert_max_num_queries(20):
        shown = client.get(f"{MOTIVATION}standing/").json()
    assert (shown["xp"], shown["xp_today"], shown["level"]["number"]) == (65, 65, 1)
    assert (shown["streak"]["length"], shown["streak"]["is_today_done"], len(shown["streak"]["days"])) == (1, True, 35)
    assert shown["goals"] == [{"period": "day", "kind": "xp", "target": 100, "done": 65, "is_reached": False}]
    assert {award["code"] for award in shown["awards"]} <= codes()
    history = client.get(f"{MOTIVATION}xp/").json()["results"]
    assert {entry["rule"]: entry["amount"] for entry in history} == {"quiz_right": 50, "quiz_accuracy": 15}
