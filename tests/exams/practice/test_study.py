"""Study: the truth at once, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import JournalEntry
from exams.bank.actions import move_version
from exams.bank.models import ItemVersion
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.actions import IDLE_AFTER, finish_left_sessions
from exams.practice.sessions.models import PracticeSession
from tests.exams.practice.practising import PRACTICE, Practising
from tests.exams.statements import Statements
from tests.factories.exams import ONE_OF_EACH, make_bank, make_item
from tests.factories.practice import make_practice_bank, right_answer, versions_of, wrong_answer
from tests.http.problem import problem


@pytest.fixture
def bank(cast):
    return make_practice_bank(cast.harbour.learner.membership, items=6)


@pytest.fixture
def study(cast, bank):
    return Practising.start(cast.harbour.learner, mode="study", bank=str(bank.pk), count=4)


def test_a_session_shows_its_questions_without_their_keys(study):
    assert [item["position"] for item in study.body["items"]] == [1, 2, 3, 4]
    assert all(item["truth"] is None and "key" not in item["question"] for item in study.body["items"])
    assert study.body["session"]["deadline_at"] is None
    assert study.body["session"]["filter"] == {"domains": [], "skills": [], "difficulties": [], "only": None}


def test_an_answer_is_told_at_once_with_reasons_for_every_option(study):
    told = study.answer(1, wrong_answer(), seconds=7, is_guess=True).json()
    assert told["saved"] is True
    truth = told["truth"]
    assert (truth["fraction"], truth["key"], truth["parts"]) == (0.0, {"choice": "a"}, {"b": False})
    assert set(truth["why"]) == {"a", "b", "c"}
    assert "Because it is so." in truth["explanation_html"]


def test_an_answer_becomes_a_fact_of_its_learners_day(cast, bank, study):
    learner = cast.harbour.learner.account
    learner.time_zone = "Pacific/Kiritimati"
    learner.save(update_fields=["time_zone"])
    now = timezone.now()
    study.answer(1, right_answer(), seconds=3, is_guess=True)
    fact = MarkedAnswer.objects.get()
    session = PracticeSession.objects.get()
    assert (fact.source, fact.source_id, fact.slot, fact.academy) == ("study", session.pk, 1, cast.harbour.academy)
    assert (fact.learner_id, fact.bank_id, fact.item_version_id) == (learner.pk, bank.pk, session.versions[0])
    assert fact.domain_id == fact.item.domain_id
    assert (fact.fraction, fact.is_guess, fact.is_open, fact.is_counted) == (1, True, True, True)
    assert fact.local_date == (now + timedelta(hours=14)).date()
    assert fact.seconds <= 3


def test_nobody_spends_longer_on_a_question_than_the_session_lasted(study):
    study.answer(1, right_answer(), seconds=900_000)
    study.skip(2, seconds=900_000)
    assert MarkedAnswer.objects.get().seconds <= 60
    assert PracticeSession.objects.get().seconds <= 120


def test_an_answer_stands_once_the_truth_was_told(study):
    first = study.answer(1, wrong_answer()).json()
    repeated = study.answer(1, wrong_answer())
    assert (repeated.status_code, repeated.json()["truth"]) == (200, first["truth"])
    refused = problem(study.answer(1, right_answer()), 409, "already_answered")
    assert refused["answer"] == wrong_answer()
    session = PracticeSession.objects.get()
    assert (session.answered, session.right, MarkedAnswer.objects.count()) == (1, 0, 1)


def test_every_type_of_question_can_be_studied(cast):
    bank = make_bank(cast.harbour.academy, slug="each", is_open_to_practice=True)
    for number, (fields, _) in enumerate(ONE_OF_EACH):
        make_item(bank, f"EACH-{number}", **fields)
    study = Practising.start(cast.harbour.learner, mode="study", bank=str(bank.pk), count=20)
    answers = {fields["type"]: answer for fields, answer in ONE_OF_EACH}
    for item in study.body["items"]:
        answer = answers[item["type"]]
        if item["type"] == "ordering":
            # Steps have ids that give nothing away, so only the key knows them.
            key = ItemVersion.objects.get(item=item["item"]).key["order"]
            assert [option["id"] for option in item["question"]["options"]] != key
            answer = {"order": key}
        told = study.answer(item["position"], answer)
        assert told.json()["truth"]["fraction"] == 1
        assert "normalise" not in told.json()["truth"]["key"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer": None},
        {"answer": {}},
        {"answer": {"choice": "z"}},
        {"answer": {"choice": 3}},
        {"answer": []},
        {"answer": {"choice": "a"}, "seconds": -1},
        {"answer": {"choice": "a"}, "seconds": True},
        {"answer": {"choice": "a"}, "is_guess": "yes"},
        {"answer": {"choice": "a"}, "sequence": 0},
        {"answer": {"choice": "a"}, "flagged": True},
    ],
)
def test_what_is_no_answer_is_refused_and_leaves_no_trace(study, body):
    response = study.client.put(
        f"/api/v1/sittings/{study.id}/answers/1/", body, HTTP_AUTHORIZATION=f"Attempt {study.body['token']}"
    )
    problem(response, 400, "validation_error")
    assert not MarkedAnswer.objects.exists()


def test_there_is_nothing_at_other_positions_or_with_other_tokens(cast, bank, study):
    other = Practising.start(cast.harbour.other_learner, mode="study", bank=str(bank.pk))
    for position in (0, 5, 99_999_999_999):
        problem(study.answer(position, right_answer()), 404, "not_found")
    stolen = Practising(study.client, {**study.body, "token": other.body["token"]})
    problem(stolen.answer(1, right_answer()), 401, "token_invalid")
    problem(other.client.get(f"{PRACTICE}/sessions/{study.id}/"), 404, "not_found")
    problem(other.client.post(f"{PRACTICE}/sessions/{study.id}/skips/", {"position": 1}), 404, "not_found")
    problem(other.client.post(f"{PRACTICE}/sessions/{study.id}/submission/", {}), 404, "not_found")


def test_a_skipped_question_counts_as_viewed_and_may_still_be_answered(study):
    assert study.skip(1).json()["viewed"] == 1
    assert study.skip(1).json()["viewed"] == 1
    study.answer(1, right_answer())
    study.answer(2, wrong_answer())
    assert study.skip(2).json() | {"seconds": 0} == {
        **study.body["session"],
        "answered": 2,
        "right": 1,
        "viewed": 2,
        "seconds": 0,
    }
    problem(study.skip(5), 404, "not_found")


def test_another_device_goes_on_where_the_first_one_was(study):
    study.answer(1, wrong_answer(), is_guess=True)
    study.skip(2)
    first, second, third, _ = study.again()["items"]
    assert (first["answer"], first["is_guess"], first["truth"]["fraction"]) == (wrong_answer(), True, 0.0)
    assert (second["answer"], second["is_skipped"], second["truth"]) == (None, True, None)
    assert (third["is_skipped"], third["truth"]) == (False, None)


def test_a_running_session_keeps_a_question_that_leaves_the_bank(cast, bank, study):
    for version in versions_of(bank):
        move_version(version=version, to="quarantined", actor=None, now=timezone.now())
    assert study.answer(1, right_answer()).status_code == 200
    assert len(study.again()["items"]) == 4
    response = study.client.post(f"{PRACTICE}/sessions/", {"mode": "study", "bank": str(bank.pk)})
    assert problem(response, 409, "nothing_to_practise")["loosen"] == []


def test_finishing_tells_what_was_viewed_and_is_done_once(cast, study):
    study.answer(1, right_answer())
    study.answer(2, wrong_answer())
    study.skip(3)
    finished = study.finish().json()
    assert finished["session"]["state"] == "finished"
    assert all(item["truth"] for item in finished["items"])
    assert study.finish().json()["session"] == finished["session"]
    problem(study.answer(4, right_answer()), 409, "practice_over")
    problem(study.skip(4), 409, "practice_over")
    entry = JournalEntry.objects.get(kind="exams.study_finished")
    assert entry.actor == cast.harbour.learner.account
    assert entry.payload | {"seconds": 0} == {
        "learner_id": str(cast.harbour.learner.account.pk),
        "session_id": study.id,
        "bank_id": finished["session"]["bank"]["id"],
        "answered": 2,
        "right": 1,
        "viewed": 3,
        "seconds": 0,
        "days": {MarkedAnswer.objects.first().local_date.isoformat(): 2},
    }


def test_a_session_that_nobody_comes_back_to_is_finished_by_the_sweeper(study):
    study.answer(1, right_answer())
    now = PracticeSession.objects.get().last_active_at + IDLE_AFTER
    assert finish_left_sessions(now=now - timedelta(seconds=1)) == 0
    assert finish_left_sessions(now=now) == 1
    assert finish_left_sessions(now=now) == 0
    entry = JournalEntry.objects.get(kind="exams.study_finished")
    assert (entry.actor, entry.payload["answered"]) == (None, 1)


def test_checking_an_answer_takes_one_statement(study):
    study.answer(1, right_answer())
    with Statements() as statements:
        study.answer(2, right_answer())
        study.answer(1, right_answer())
    # The process may meet question 2 for the first time, and the repeat looks at what stands.
    assert len(statements) <= 4
