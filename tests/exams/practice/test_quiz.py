"""Practice quizzes: a clock, answers that may change, the truth at the end."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.models import JournalEntry
from exams.delivery.models import Accommodation
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.actions import Choice, finish_left_sessions, finish_session, start_session
from exams.practice.sessions.answering import Given, answer_question
from exams.practice.sessions.errors import PracticeOver
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from tests.exams.practice.practising import PRACTICE, Practising
from tests.factories.exams import NOW
from tests.factories.practice import make_practice_bank, marked, right_answer, versions_of, wrong_answer
from tests.http.problem import problem


@pytest.fixture
def bank(cast):
    return make_practice_bank(cast.harbour.learner.membership, items=6)


@pytest.fixture
def quiz(cast, bank):
    return Practising.start(cast.harbour.learner, mode="practice", bank=str(bank.pk), count=6)


def entry_of(kind="exams.quiz_finished"):
    return JournalEntry.objects.get(kind=kind)


def test_a_quiz_has_ninety_seconds_a_question_or_the_limit_that_is_asked_for(cast, bank, quiz):
    session = PracticeSession.objects.get()
    assert session.time_limit_seconds == 6 * 90
    assert session.deadline_at == session.started_at + timedelta(seconds=540)
    given = Practising.start(cast.harbour.learner, mode="practice", bank=str(bank.pk), time_limit_seconds=120)
    assert given.body["session"]["time_limit_seconds"] == 120


def test_more_time_in_the_whole_academy_lengthens_the_clock(cast, bank):
    learner = cast.harbour.learner.membership
    Accommodation.objects.create(academy=learner.academy, member=learner, time_factor=Decimal("1.5"))
    quiz = Practising.start(cast.harbour.learner, mode="practice", bank=str(bank.pk), time_limit_seconds=100)
    assert quiz.body["session"]["time_limit_seconds"] == 150


def test_study_has_no_limit(cast, api, bank):
    body = {"mode": "study", "bank": str(bank.pk), "time_limit_seconds": 60}
    refused = problem(api(cast.harbour.learner).post(f"{PRACTICE}/sessions/", body), 400, "validation_error")
    assert refused["errors"][0]["field"] == "time_limit_seconds"


def test_answers_may_change_and_tell_nothing_until_the_end(quiz):
    assert quiz.answer(1, wrong_answer(), seconds=2).json()["truth"] is None
    assert quiz.answer(1, right_answer(), is_guess=True).json()["truth"] is None
    assert quiz.answer(2, wrong_answer()).status_code == 200
    assert quiz.answer(2, None).status_code == 200
    first, second, *_ = quiz.again()["items"]
    assert (first["answer"], first["is_guess"], first["truth"]) == (right_answer(), True, None)
    assert second["answer"] is None
    assert not MarkedAnswer.objects.exists()
    problem(quiz.skip(1), 404, "not_found")


def test_of_two_devices_the_newer_answer_stays(quiz):
    assert quiz.answer(1, right_answer(), sequence=5).status_code == 200
    assert quiz.answer(1, right_answer(), sequence=5).status_code == 200, "only the acknowledgement was lost"
    for old in ({"sequence": 4}, {"sequence": 5}):
        refused = problem(quiz.answer(1, wrong_answer(), is_guess=True, **old), 409, "stale_sequence")
        assert (refused["sequence"], refused["answer"], refused["is_guess"]) == (5, right_answer(), False)
    assert quiz.answer(1, wrong_answer(), sequence=6).status_code == 200
    # Who gives no number gives the newest.
    assert quiz.answer(1, right_answer()).status_code == 200
    first, second, *_ = quiz.again()["items"]
    assert (first["sequence"], first["answer"], second["sequence"]) == (7, right_answer(), 0)
    for sequence in (0, 2**53 + 1, "1", True, 1.5):
        assert quiz.answer(1, right_answer(), sequence=sequence).status_code == 400, sequence


def test_finishing_makes_the_answers_facts_and_tells_everything(cast, quiz):
    quiz.answer(1, right_answer(), is_guess=True)
    quiz.answer(2, wrong_answer())
    quiz.answer(3, None)
    result = quiz.finish().json()
    session = result["session"]
    assert (session["state"], session["answered"], session["right"]) == ("finished", 2, 1)
    assert [item["truth"]["fraction"] for item in result["items"]] == [1.0, 0.0, None, None, None, None]
    assert sum(domain["items"] for domain in result["domains"]) == 6
    assert sum(domain["right"] for domain in result["domains"]) == 1
    assert not PracticeAnswer.objects.exists()
    facts = {fact.slot: fact for fact in MarkedAnswer.objects.all()}
    assert {slot: (fact.source, fact.fraction, fact.is_guess) for slot, fact in facts.items()} == {
        1: ("practice", 1, True),
        2: ("practice", 0, False),
    }
    assert quiz.finish().json()["session"] == session
    assert entry_of().payload | {"seconds": 0, "hard_right": 0} == {
        "learner_id": str(cast.harbour.learner.account.pk),
        "session_id": quiz.id,
        "bank_id": session["bank"]["id"],
        "items": 6,
        "answered": 2,
        "right": 1,
        "first_right": 1,
        "hard_right": 0,
        "seconds": 0,
        "time_limit_seconds": 540,
        "days": {facts[1].local_date.isoformat(): 2},
    }


def test_only_what_was_never_right_before_is_right_for_the_first_time(cast, bank, quiz):
    hard = [version.pk for version in versions_of(bank) if version.difficulty == "hard"]
    marked(cast.harbour.learner.membership, versions_of(bank)[:2])
    known = {version.pk for version in versions_of(bank)[:2]}
    session = PracticeSession.objects.get()
    for position in range(1, 7):
        quiz.answer(position, right_answer())
    quiz.finish()
    fresh = [version for version in session.versions if version not in known]
    payload = entry_of().payload
    assert (payload["right"], payload["first_right"]) == (6, 4)
    assert payload["hard_right"] == sum(version in hard for version in fresh) > 0


def test_the_clock_closes_a_quiz_and_answers_on_their_way_have_their_grace(cast, bank):
    learner = cast.harbour.learner.membership
    session = start_session(mode="practice", choice=Choice(bank=bank.pk), actor=learner, now=NOW)
    given = Given(answer=right_answer(), seconds=5, is_guess=False)

    def answer(position, at):
        answer_question(session=session.pk, learner=learner.user_id, position=position, given=given, now=at)

    answer(1, session.deadline_at + settings.ANSWER_GRACE / 2)
    over = session.deadline_at + settings.ANSWER_GRACE
    with pytest.raises(PracticeOver):
        answer(2, over)
    assert finish_left_sessions(now=over - timedelta(seconds=1)) == 0
    assert finish_left_sessions(now=over + timedelta(days=2)) == 1
    session.refresh_from_db()
    assert (session.state, session.answered, session.finished_at) == ("finished", 1, session.deadline_at)
    assert entry_of().actor is None


def test_the_day_is_the_learners_own_even_when_the_sweeper_comes_late(cast, bank):
    learner = cast.harbour.learner.membership
    learner.user.time_zone = "America/Los_Angeles"
    learner.user.save(update_fields=["time_zone"])
    at = NOW.replace(hour=2)
    session = start_session(mode="practice", choice=Choice(bank=bank.pk), actor=learner, now=at)
    given = Given(answer=right_answer(), seconds=5, is_guess=False)
    answer_question(session=session.pk, learner=learner.user_id, position=1, given=given, now=at)
    finish_left_sessions(now=at + timedelta(days=3))
    assert MarkedAnswer.objects.get().local_date == at.date() - timedelta(days=1)


def test_a_quiz_without_an_answer_is_finished_too(cast, bank):
    learner = cast.harbour.learner.membership
    session = start_session(mode="practice", choice=Choice(bank=bank.pk), actor=learner, now=timezone.now())
    finish_session(session=session.pk, actor=learner, now=timezone.now())
    assert (entry_of().payload["answered"], entry_of().payload["days"]) == (0, {})
