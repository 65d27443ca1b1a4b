"""Benchmarks of practice: checking an answer in study, beside saving one in an exam."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.utils import timezone

from exams.delivery.tokens import issue_token
from exams.practice.sessions.actions import Choice, start_session
from exams.practice.sessions.answering import Given, answer_question
from exams.practice.sessions.models import PracticeSession
from exams.practice.sessions.questions import outline_of
from tests.benchmarks.bench import Bench, Statements
from tests.benchmarks.figures import interleave
from tests.benchmarks.load import request_of
from tests.benchmarks.world import Answers, make_academy, make_form_of, make_sittings, settle
from tests.factories.practice import make_practice_bank, right_answer

QUESTIONS = 90


def measure_study(bench: Bench) -> None:
    """One answer checked in study: marked, kept as a fact, and told with its reasons."""
    academy, learners = make_academy("study", learners=201)
    bank = make_practice_bank(learners[0], items=QUESTIONS)
    choice = Choice(bank=bank.pk, count=QUESTIONS)
    sessions = [start_session(mode="study", choice=choice, actor=each, now=timezone.now()) for each in learners]
    spare = sessions.pop()
    saves = Answers(make_sittings(make_form_of(academy, QUESTIONS), learners[:200]))
    checks = _checks(sessions)
    settle()

    def checking(_: int) -> Iterable[bytes]:
        return islice(checks, bench.size.autosaves)

    saved, checked = interleave(
        [
            bench.variant("save an answer", lambda _: saves.take(bench.size.autosaves)),
            bench.variant("check an answer in study", checking),
        ],
        rounds=bench.size.rounds,
    )
    bench.report.add_costs(saved)
    bench.report.add_costs(checked, bare=saved)
    bench.report.add_ratio("check an answer in study: CPU", checked.ratio_to(saved), most=1.5, unit="× save an answer")
    # In memory, as in a process that has met the session and its questions.
    outline = outline_of(spare.pk)
    outline.question(1)
    given = Given(answer=right_answer(), seconds=9, is_guess=False)
    with Statements() as statements:
        answer_question(session=spare.pk, learner=spare.learner_id, position=1, given=given, now=timezone.now())
    number = statements.count
    bench.report.add_goal("check an answer in study: statements", str(number), goal="exactly 1", is_met=number == 1)


def _checks(sessions: list[PracticeSession]) -> Iterator[bytes]:
    """An answer to each question of each session, the sessions in turn."""
    body = {"answer": right_answer(), "seconds": 9, "is_guess": False}
    tokens = [issue_token(attempt=each.pk, learner=each.learner_id, form=each.bank_id) for each in sessions]
    for position in range(1, QUESTIONS + 1):
        for session, token in zip(sessions, tokens, strict=True):
            path = f"/api/v1/sittings/{session.pk}/answers/{position}/"
            yield request_of("PUT", path, body=body, headers={"Authorization": f"Attempt {token}"})
