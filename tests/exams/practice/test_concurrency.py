"""Two tabs, a finish in the middle, sweepers at once, a server that dies: nothing lost, nothing twice."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from django.utils import timezone

from accounts.models import JournalEntry
from exams.delivery.tokens import issue_token
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.actions import Choice, finish_left_sessions, finish_session, start_session
from exams.practice.sessions.answering import Given, answer_question
from exams.practice.sessions.errors import AlreadyAnswered, PracticeOver
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from tests.exams.servers import free_port, kill, web
from tests.exams.threads import MOST, all_at_once, in_turns
from tests.factories.exams import NOW, minutes
from tests.factories.practice import make_practice_bank, right_answer, wrong_answer

pytestmark = pytest.mark.django_db(transaction=True)

QUESTIONS = 24


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


@pytest.fixture
def bank(learner):
    return make_practice_bank(learner, items=QUESTIONS)


def begin(learner, bank, mode, *, now=NOW):
    return start_session(mode=mode, choice=Choice(bank=bank.pk, count=QUESTIONS), actor=learner, now=now)


def answer(session, position, given):
    return answer_question(
        session=session.pk,
        learner=session.learner_id,
        position=position,
        given=Given(answer=given, seconds=1, is_guess=False),
        now=NOW + minutes(1),
    )


def finished():
    return JournalEntry.objects.filter(kind__in=("exams.quiz_finished", "exams.study_finished")).count()


def test_of_two_tabs_in_study_one_answer_stands(learner, bank):
    session = begin(learner, bank, "study")
    given = [right_answer(), wrong_answer()] * (MOST // 2)
    for position in range(1, 5):
        results = all_at_once([lambda one=one, at=position: answer(session, at, one) for one in given])
        fact = MarkedAnswer.objects.get(slot=position)
        told = [result for result in results if isinstance(result, dict)]
        assert len(told) == len([one for one in given if one == fact.answer])
        assert all(isinstance(result, dict | AlreadyAnswered) for result in results)
    session.refresh_from_db()
    assert session.answered == 4
    assert session.right == MarkedAnswer.objects.filter(fraction=1).count()


@pytest.mark.parametrize("mode", ["study", "practice"])
def test_what_was_acknowledged_before_the_end_is_a_fact_and_nothing_after_it(learner, bank, mode):
    session = begin(learner, bank, mode)
    calls = [lambda at=at: (at, answer(session, at, right_answer()))[0] for at in range(1, QUESTIONS + 1)]
    calls.insert(QUESTIONS // 2, lambda: finish_session(session=session.pk, actor=learner, now=NOW + minutes(2)) and 0)
    calls.insert(QUESTIONS // 2, lambda: finish_session(session=session.pk, actor=learner, now=NOW + minutes(2)) and 0)
    results = in_turns(calls)
    acknowledged = {result for result in results if isinstance(result, int) and result}
    assert all(isinstance(result, int | PracticeOver) for result in results)
    assert set(MarkedAnswer.objects.values_list("slot", flat=True)) == acknowledged
    session.refresh_from_db()
    assert (session.state, session.answered, finished()) == ("finished", len(acknowledged), 1)
    assert not PracticeAnswer.objects.exists()


def test_sweepers_and_the_learner_finish_each_session_once(learner, bank):
    sessions = [begin(learner, bank, mode) for mode in ("study", "practice") * 4]
    for session in sessions:
        answer(session, 1, right_answer())
    late = NOW + minutes(60 * 24)
    calls = [lambda: finish_left_sessions(now=late)] * 3
    calls += [lambda one=one: finish_session(session=one.pk, actor=learner, now=late) for one in sessions[:3]]
    all_at_once(calls)
    finish_left_sessions(now=late)
    assert not PracticeSession.objects.filter(state="open").exists()
    assert finished() == MarkedAnswer.objects.count() == len(sessions)


def test_the_latest_answer_of_a_quiz_counts(learner, bank):
    session = begin(learner, bank, "practice")
    random.seed(7)
    last = {}
    for _ in range(60):
        position, given = random.randint(1, QUESTIONS), random.choice([right_answer(), wrong_answer(), None])
        answer(session, position, given)
        last[position] = given
    finish_session(session=session.pk, actor=learner, now=NOW + minutes(2))
    facts = dict(MarkedAnswer.objects.values_list("slot", "answer"))
    assert facts == {position: given for position, given in last.items() if given}


@pytest.mark.crash
@pytest.mark.parametrize("mode", ["study", "practice"])
def test_an_acknowledged_answer_survives_the_death_of_the_web_server(learner, bank, mode):
    sessions = [begin(learner, bank, mode, now=timezone.now()) for _ in range(6)]
    port, acknowledged = free_port(), set()

    def answer_until_it_breaks(session):
        token = issue_token(attempt=session.pk, learner=session.learner_id, form=session.bank_id)
        with httpx.Client(headers={"Authorization": f"Attempt {token}"}, timeout=5) as client:
            for position in range(1, QUESTIONS + 1):
                url = f"http://127.0.0.1:{port}/api/v1/sittings/{session.pk}/answers/{position}/"
                try:
                    saved = client.put(url, json={"answer": right_answer()})
                except httpx.TransportError:
                    return
                assert saved.status_code == 200, saved.text
                acknowledged.add((session.pk, position))
                time.sleep(0.01)

    with ThreadPoolExecutor(max_workers=len(sessions)) as pool, web(port) as server:
        answering = [pool.submit(answer_until_it_breaks, session) for session in sessions]
        deadline = time.monotonic() + 20
        while len(acknowledged) < 2 * QUESTIONS:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        kill(server)
        for one in answering:
            one.result(timeout=20)
    assert len(acknowledged) < len(sessions) * QUESTIONS
    for session in sessions:
        finish_session(session=session.pk, actor=learner, now=timezone.now())
    assert set(MarkedAnswer.objects.values_list("source_id", "slot")) >= acknowledged
    assert finished() == len(sessions)
