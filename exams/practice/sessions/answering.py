"""Answering one question: one guarded statement, as with the autosave of exams.

In study the answer is marked at once and becomes a fact in the statement that counts it; the first one stands. In a
quiz it is kept, and may be changed until the quiz is finished. Either statement locks the session, so that finishing
waits for answers that are being saved, and answers that come after it see that it is over.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404

from config.kernel.errors import FieldError, Invalid
from config.kernel.statements import prepared_cursor
from exams.bank.answers import check_answer, is_empty
from exams.delivery.errors import StaleSequence
from exams.delivery.paper import PaperSlot
from exams.marking.models import MarkedAnswer
from exams.marking.results import truth_of
from exams.marking.scoring import fraction_of
from exams.practice.sessions.errors import AlreadyAnswered, PracticeOver
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from exams.practice.sessions.questions import outline_of

# Nobody spends longer on a question than the session has lasted.
_SECONDS = "least(%(seconds)s::integer, ceil(extract(epoch FROM %(now)s::timestamptz - session.started_at))::integer)"

_STUDY = f"""
WITH running AS (
    SELECT session.id, session.academy_id, session.learner_id, session.bank_id, learner.time_zone,
           greatest({_SECONDS}, 0) AS seconds
    FROM exams_practicesession session JOIN accounts_user learner ON learner.id = session.learner_id
    WHERE session.id = %(session)s AND session.learner_id = %(learner)s AND session.state = 'open'
    FOR NO KEY UPDATE OF session
), kept AS (
    INSERT INTO exams_markedanswer
        (academy_id, learner_id, source, source_id, slot, bank_id, domain_id, item_id, item_version_id, answer,
         fraction, points, is_guess, seconds, is_open, shows_domain, is_counted, answered_at, local_date)
    SELECT running.academy_id, running.learner_id, 'study', running.id, %(position)s, running.bank_id, item.domain_id,
           item.id, %(version)s, %(answer)s::jsonb, %(fraction)s, %(points)s, %(is_guess)s, running.seconds,
           true, true, true, %(now)s, (%(now)s::timestamptz AT TIME ZONE running.time_zone)::date
    FROM running JOIN exams_item item ON item.id = %(item)s
    ON CONFLICT (source_id, slot) DO NOTHING
    RETURNING source_id, seconds
), counted AS (
    UPDATE exams_practicesession session
    SET answered = session.answered + 1, "right" = session."right" + %(is_right)s::integer,
        seconds = session.seconds + kept.seconds, last_active_at = %(now)s,
        skipped = array_remove(session.skipped, %(position)s::smallint)
    FROM kept WHERE session.id = kept.source_id
)
SELECT EXISTS (SELECT 1 FROM kept) FROM running
"""  # noqa: S608  # of constants alone  # nosec B608

_QUIZ = f"""
WITH running AS (
    SELECT session.id, session.academy_id, greatest({_SECONDS}, 0) AS seconds
    FROM exams_practicesession session
    WHERE session.id = %(session)s AND session.learner_id = %(learner)s AND session.state = 'open'
      AND session.deadline_at > %(latest)s
    FOR SHARE
), saved AS (
    INSERT INTO exams_practiceanswer AS held
        (academy_id, session_id, position, sequence, answer, is_guess, seconds, saved_at)
    SELECT academy_id, id, %(position)s, coalesce(%(sequence)s::bigint, 1), %(answer)s::jsonb, %(is_guess)s, seconds,
           %(now)s
    FROM running
    ON CONFLICT (session_id, position) DO UPDATE
        SET sequence = coalesce(%(sequence)s::bigint, held.sequence + 1), answer = excluded.answer,
            is_guess = excluded.is_guess, saved_at = excluded.saved_at,
            seconds = greatest(held.seconds, excluded.seconds)
        WHERE %(sequence)s::bigint IS NULL OR held.sequence < %(sequence)s::bigint
    RETURNING session_id
)
SELECT EXISTS (SELECT 1 FROM saved) FROM running
"""  # noqa: S608  # of constants alone  # nosec B608

_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An answer as it came: `seconds` is the time spent on the question, `is_guess` what the learner says of it.

    `sequence` numbers the answers to the questions of a quiz; one without a number is the newest.
    """

    answer: dict[str, Any] | None
    seconds: int
    is_guess: bool
    sequence: int | None = None


def answer_question(
    *, session: UUID, learner: UUID, position: int, given: Given, now: datetime
) -> dict[str, Any] | None:
    """Answer the question at a position, from 1. Returns in study what the answer was worth and why, in the shape of
    `StudyTruthOut`; in a quiz None, where the last answer counts and null takes it back.

    A repeat of an answer that stands is told the same again. Raises MalformedAnswer, Invalid, Http404, AlreadyAnswered,
    StaleSequence, PracticeOver.
    """
    outline = outline_of(session)
    question = outline.question(position)
    check_answer(type=question.type, question=question.question, answer=given.answer)
    parameters = {
        "session": session,
        "learner": learner,
        "position": position,
        # The column's null, not JSON's, stands for no answer.
        "answer": None if given.answer is None else _encode(given.answer),
        "is_guess": given.is_guess,
        "seconds": given.seconds,
        "now": now,
    }
    if outline.mode == PracticeSession.Mode.PRACTICE:
        saved = _row(_QUIZ, {**parameters, "sequence": given.sequence, "latest": now - settings.ANSWER_GRACE})
        if saved is None:
            raise _refusal(session, learner)
        if not saved[0]:
            _accept_repeat_or_refuse(session, position=position, given=given)
        return None
    if is_empty(given.answer):
        raise Invalid(errors=(FieldError(field="answer", code="required", detail="An answer is expected."),))
    fraction = worth_of(question, given.answer)
    row = _row(
        _STUDY,
        {
            **parameters,
            "item": question.item,
            "version": question.version,
            "points": question.points,
            "fraction": fraction,
            "is_right": fraction == 1,
        },
    )
    if row is None:
        raise _refusal(session, learner)
    if not row[0]:
        held = MarkedAnswer.objects.of_source(session).get(slot=position)
        if held.answer != given.answer:
            raise AlreadyAnswered(members={"answer": held.answer})
    return study_truth(question, answer=given.answer, fraction=fraction)


def study_truth(question: PaperSlot, *, answer: dict[str, Any] | None, fraction: float | None) -> dict[str, Any]:
    """What is right and what the answer was worth, in the shape of `StudyTruthOut`."""
    return {"fraction": fraction, **truth_of(question, answer=answer)}


def worth_of(question: PaperSlot, answer: dict[str, Any] | None) -> float:
    """What an answer earns, 0–1, as exact as it is kept."""
    return round(fraction_of(type=question.type, scoring=question.scoring, key=question.key, answer=answer), 4)


def _row(statement: str, parameters: dict[str, Any]) -> tuple[bool] | None:
    with prepared_cursor() as cursor:
        cursor.execute(statement, parameters)
        row: tuple[bool] | None = cursor.fetchone()
    return row


def _accept_repeat_or_refuse(session: UUID, *, position: int, given: Given) -> None:
    held = PracticeAnswer.objects.get(session=session, position=position)
    if (held.sequence, held.answer, held.is_guess) != (given.sequence, given.answer, given.is_guess):
        raise StaleSequence(
            members={"sequence": held.sequence, "answer": held.answer, "is_guess": held.is_guess},
        )


def _refusal(session: UUID, learner: UUID) -> Exception:
    found = PracticeSession.objects.filter(id=session, learner=learner).first()
    if found is None:
        return Http404()
    return PracticeOver(members={"state": found.state, "finished_at": found.finished_at or found.deadline_at})
