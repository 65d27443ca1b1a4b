"""A session as its learner gets it, on whichever device: the questions in their order, with what was answered.

The truth of a question is told in study once it was answered, in a quiz once the quiz is finished.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from exams.bank.models import Domain, Stimulus
from exams.delivery.paper import PaperSlot, shown_stimulus
from exams.delivery.sitting import item_of
from exams.delivery.tokens import issue_token
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.answering import study_truth
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from exams.practice.sessions.questions import questions_of


def session_of(session: PracticeSession, *, now: datetime) -> dict[str, Any]:
    """Everything that working through a session takes, in the shape of `PracticeSessionDetailOut`."""
    questions = questions_of(session.versions)
    answers = _answers(session)
    stimuli = Stimulus.objects.in_bulk({question.stimulus for question in questions if question.stimulus})
    return {
        "session": session,
        # The session stands for the attempt and its bank for the form: the token opens this sitting alone.
        "token": issue_token(attempt=session.pk, learner=session.learner_id, form=session.bank_id),
        "server_time": now,
        "stimuli": {str(key): shown_stimulus(stimulus) for key, stimulus in stimuli.items()},
        "domains": _domains(questions, answers),
        "items": [_item(session, question, answers.get(question.number)) for question in questions],
    }


def _item(session: PracticeSession, question: PaperSlot, given: MarkedAnswer | PracticeAnswer | None) -> dict[str, Any]:
    is_finished = session.state == PracticeSession.State.FINISHED
    is_told = is_finished or isinstance(given, MarkedAnswer)
    answer = given.answer if given else None
    fraction = float(given.fraction) if isinstance(given, MarkedAnswer) else None
    options = session.option_orders.get(str(question.number))
    return {
        **item_of(question, position=question.number, options=options),
        "item": question.item,
        "domain": question.domain,
        "sequence": given.sequence if isinstance(given, PracticeAnswer) else 0,
        "answer": answer,
        "is_guess": given.is_guess if given else False,
        "seconds": given.seconds if given else 0,
        "is_skipped": question.number in session.skipped,
        "truth": study_truth(question, answer=answer, fraction=fraction) if is_told else None,
    }


def _answers(session: PracticeSession) -> Mapping[int, MarkedAnswer | PracticeAnswer]:
    is_kept = session.mode == PracticeSession.Mode.PRACTICE and session.state == PracticeSession.State.OPEN
    if is_kept:
        return {kept.position: kept for kept in PracticeAnswer.objects.filter(session=session)}
    return {fact.slot: fact for fact in MarkedAnswer.objects.of_source(session.pk)}


def _domains(
    questions: Sequence[PaperSlot], answers: Mapping[int, MarkedAnswer | PracticeAnswer]
) -> list[dict[str, Any]]:
    """How each domain of the session went, as far as that may be told."""
    by_domain: dict[UUID, list[PaperSlot]] = {}
    for question in questions:
        by_domain.setdefault(UUID(question.domain), []).append(question)
    found = Domain.objects.filter(id__in=by_domain).order_by("code")
    return [
        {
            "id": domain.pk,
            "code": domain.code,
            "title": domain.title,
            "items": len(by_domain[domain.pk]),
            "right": sum(_is_right(answers.get(question.number)) for question in by_domain[domain.pk]),
        }
        for domain in found
    ]


def _is_right(given: MarkedAnswer | PracticeAnswer | None) -> bool:
    return isinstance(given, MarkedAnswer) and given.fraction == 1
