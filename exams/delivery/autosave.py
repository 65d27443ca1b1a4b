"""Saving one answer: one guarded statement that also appends the step log (docs/adr/0005-autosave-in-one-statement.md).

Owner, state, deadline, section and sequence are all checked inside the statement. It takes a share lock on the attempt,
so that a submission waits for answers that are being saved, and answers that come after it see that it is closed: what
was acknowledged is what gets marked.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404

from config.kernel.statements import prepared_cursor
from exams.bank.answers import MalformedAnswer, check_answer
from exams.delivery.errors import AttemptClosed, AttemptPaused, SectionClosed, StaleSequence
from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.paper import paper_of
from exams.delivery.steps import step_mac
from exams.delivery.tokens import AttemptClaim

_SAVE = """
WITH sitting AS (
    SELECT id, academy_id, deadline_at, section_deadline_at
    FROM exams_attempt
    WHERE id = %(attempt)s AND learner_id = %(learner)s AND state = 'in_progress'
      AND (closes_at IS NULL OR closes_at > %(latest)s)
      AND array_position(slot_order, %(slot)s::smallint) BETWEEN open_from AND open_to
    FOR SHARE
), saved AS (
    INSERT INTO exams_response AS held
        (academy_id, attempt_id, slot, sequence, answer, flagged, seconds, saved_at)
    SELECT academy_id, id, %(slot)s, %(sequence)s, %(answer)s::jsonb, %(flagged)s, %(seconds)s, %(now)s FROM sitting
    ON CONFLICT (attempt_id, slot) DO UPDATE
        SET sequence = excluded.sequence, answer = excluded.answer, flagged = excluded.flagged,
            seconds = greatest(held.seconds, excluded.seconds), saved_at = excluded.saved_at
        WHERE held.sequence < excluded.sequence
    RETURNING attempt_id
), logged AS (
    INSERT INTO exams_attemptstep (academy_id, attempt_id, kind, slot, sequence, body, recorded_at, mac)
    SELECT academy_id, id, 'answered', %(slot)s, %(sequence)s, %(body)s::jsonb, %(now)s, %(mac)s
    FROM sitting JOIN saved ON saved.attempt_id = sitting.id
)
SELECT deadline_at, section_deadline_at, EXISTS (SELECT 1 FROM saved) FROM sitting
"""

_encode = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """The acknowledgement of an answer: it is in the database."""

    slot: int
    sequence: int
    deadline_at: datetime | None
    section_deadline_at: datetime | None


def save_response(
    *, claim: AttemptClaim, slot: int, sequence: int, answer: Any, flagged: bool, seconds: int, now: datetime
) -> Saved:
    """Save the answer in one slot.

    Raises MalformedAnswer, Http404 (no such slot or attempt), StaleSequence, AttemptClosed, AttemptPaused,
    SectionClosed. A repeat of the stored sequence with the stored answer counts as saved: its acknowledgement was lost.
    """
    place = paper_of(claim.form).slot(slot)
    if place is None:
        raise Http404
    check_answer(type=place.type, question=place.question, answer=answer)
    body = {"answer": answer, "flagged": flagged, "seconds": seconds}
    with prepared_cursor() as cursor:
        cursor.execute(
            _SAVE,
            {
                "attempt": claim.attempt,
                "learner": claim.learner,
                "latest": now - settings.ANSWER_GRACE,
                "slot": slot,
                "sequence": sequence,
                # The column's null, not JSON's, stands for no answer.
                "answer": None if answer is None else _encode(answer),
                "flagged": flagged,
                "seconds": seconds,
                "body": _encode(body),
                "now": now,
                "mac": step_mac(
                    attempt=claim.attempt,
                    kind=AttemptStep.Kind.ANSWERED.value,
                    slot=slot,
                    sequence=sequence,
                    body=body,
                    recorded_at=now,
                ),
            },
        )
        row = cursor.fetchone()
    if row is None:
        raise _refusal(claim, now=now)
    deadline_at, section_deadline_at, is_saved = row
    if not is_saved:
        _accept_repeat_or_refuse(claim, slot=slot, sequence=sequence, answer=answer, flagged=flagged)
    return Saved(slot=slot, sequence=sequence, deadline_at=deadline_at, section_deadline_at=section_deadline_at)


def refusal_of(attempt: Attempt, *, now: datetime) -> AttemptClosed | AttemptPaused | SectionClosed:
    """Why an attempt takes no answer in some slot now. A section that ran out does not close the attempt."""
    if attempt.state == Attempt.State.PAUSED:
        return AttemptPaused(members={"state": attempt.state})
    if not attempt.is_open(now=now) and not attempt.is_section_over(now=now):
        closed_at = attempt.submitted_at or attempt.closes_at
        return AttemptClosed(members={"state": attempt.state, "closed_at": closed_at})
    return SectionClosed(
        members={"state": attempt.state, "open_positions": {"first": attempt.open_from, "last": attempt.open_to}}
    )


def _refusal(claim: AttemptClaim, *, now: datetime) -> Exception:
    attempt = Attempt.objects.filter(id=claim.attempt, learner=claim.learner).first()
    return Http404() if attempt is None else refusal_of(attempt, now=now)


def _accept_repeat_or_refuse(claim: AttemptClaim, *, slot: int, sequence: int, answer: Any, flagged: bool) -> None:
    held = Response.objects.select_related("attempt").get(attempt=claim.attempt, slot=slot)
    if held.sequence == sequence and held.answer == answer and held.flagged == flagged:
        return
    raise StaleSequence(
        members={
            "sequence": held.sequence,
            "answer": held.answer,
            "flagged": held.flagged,
            "deadline_at": held.attempt.deadline_at,
            "section_deadline_at": held.attempt.section_deadline_at,
        }
    )


__all__ = ["MalformedAnswer", "Saved", "refusal_of", "save_response"]
