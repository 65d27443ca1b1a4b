"""Marking what was handed in: constant statements per attempt, whatever its length."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Q

from accounts.journal.record import record, record_in_order
from accounts.models import User
from config.kernel.compiled import CompiledRead
from config.kernel.ids import new_id
from config.kernel.statements import prepared_cursor
from exams.bank.answers import is_empty
from exams.bank.models import ItemVersion
from exams.delivery.actions import submit_attempt
from exams.delivery.models import Attempt, AttemptStep, Delivery
from exams.delivery.paper import Paper, paper_of
from exams.delivery.steps import seal_of, step_mac
from exams.delivery.tokens import AttemptClaim
from exams.events import AttemptMarked, AttemptSubmitted
from exams.marking.models import RegradeRun, Score, SlotTreatment
from exams.marking.scoring import fraction_of

log = structlog.get_logger(__name__)

# Waits for whoever is at the attempt, and finds nothing to change after them. Also says whether any slot is treated.
_CLAIM = """
UPDATE exams_attempt attempt SET state = %s WHERE id = %s AND state = 'submitted'
RETURNING EXISTS (
    SELECT FROM exams_slottreatment treated
    WHERE treated.academy_id = attempt.academy_id AND treated.form_id = attempt.form_id
)
"""

# An attempt that its learner may hand in now, locked: answers that are being saved come first, later ones are refused.
_SITTING = CompiledRead(
    lambda *, attempt, learner, now: (
        Attempt.objects.locked()
        .select_related("delivery")
        .defer("slot_order", "option_orders", "notes", "delivery__instructions", "delivery__instructions_html")
        .filter(id=attempt, learner=learner, state=Attempt.State.IN_PROGRESS)
        .filter(Q(closes_at=None) | Q(closes_at__gt=now))
        .order_by()
    ),
    attempt=UUID,
    learner=UUID,
    now=datetime,
)
# Read when the attempt is locked: the digest of its steps with the one that closes it, its answers by slot, and whether
# any slot is treated.
_FACTS = """
SELECT
    (SELECT sha256(coalesce(string_agg(mac, ''::bytea ORDER BY id), ''::bytea) || %(mac)s)
     FROM exams_attemptstep WHERE attempt_id = %(attempt)s),
    (SELECT jsonb_object_agg(slot, answer) FROM exams_response WHERE attempt_id = %(attempt)s),
    EXISTS (SELECT FROM exams_slottreatment WHERE academy_id = %(academy)s AND form_id = %(form)s)
"""
_HAND_IN = """
WITH closed AS (
    UPDATE exams_attempt
    SET state = %(state)s, closed_by = %(by)s, submitted_at = %(now)s, paused_at = NULL, steps_digest = %(digest)s
    WHERE id = %(attempt)s
), logged AS (
    INSERT INTO exams_attemptstep (academy_id, attempt_id, kind, body, recorded_at, mac)
    VALUES (%(academy)s, %(attempt)s, %(kind)s, %(body)s::jsonb, %(now)s, %(mac)s)
)
INSERT INTO exams_score
    (id, academy_id, attempt_id, number, is_current, fractions, answered,
     raw, raw_max, scaled, passed, domains, conversion_id, marked_at)
VALUES
    (%(score)s, %(academy)s, %(attempt)s, 1, true, %(fractions)s::float8[], %(answered)s::smallint,
     %(raw)s, %(raw_max)s, %(scaled)s, %(passed)s, %(domains)s::jsonb, %(conversion)s, %(now)s)
"""

# In `Score.fractions`, the place of a slot that does not count.
EXCLUDED = -1.0


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """How one slot counts when it does not count as the form has it. `version` gives the key of a rescore."""

    kind: str
    version: ItemVersion | None = None


_NONE: Mapping[int, Treatment] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What the answers to a paper are worth. `domains` maps an id to `[raw, raw_max, items]`."""

    fractions: list[float]
    answered: int
    raw: Decimal
    raw_max: Decimal
    scaled: Decimal
    passed: bool | None
    domains: dict[str, list[float]]


def submit_and_mark(*, claim: AttemptClaim, now: datetime) -> Attempt:
    """Hand in and mark. If marking fails, the submission stands all the same, and the sweeper takes it up.

    An attempt that was marked here has the score as `with_current_score` adds it. Raises Http404, AttemptPaused.
    """
    try:
        if attempt := _submit_and_mark_at_once(claim=claim, now=now):
            return attempt
    except Exception:
        # Whatever it was, the submission is tried by itself now, and committed before it is marked.
        log.exception("marking.failed", attempt=str(claim.attempt))
    attempt = submit_attempt(claim=claim, now=now)
    if attempt.state == Attempt.State.SUBMITTED:
        try:
            _mark(attempt, now=now)
        except Exception:
            # Whatever went wrong with marking, the learner's submission stands and must be acknowledged.
            log.exception("marking.failed", attempt=str(attempt.pk))
    return attempt


@transaction.atomic
def mark_attempt(*, attempt: UUID, now: datetime) -> Attempt | None:
    """Score a submitted attempt; None when somebody else has or is at it."""
    found = (
        Attempt.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("delivery")
        .filter(id=attempt, state=Attempt.State.SUBMITTED)
        .first()
    )
    return found if found is not None and _mark(found, now=now) else None


def mark_submitted_attempts(*, now: datetime, limit: int = 200) -> int:
    """Mark what is submitted and unmarked, oldest first; return how many were marked."""
    waiting = list(
        Attempt.objects.filter(state=Attempt.State.SUBMITTED)
        .order_by("submitted_at")
        .values_list("id", flat=True)[:limit]
    )
    marked = 0
    for attempt in waiting:
        try:
            marked += mark_attempt(attempt=attempt, now=now) is not None
        except Exception:
            # One attempt that cannot be marked must not keep the others waiting; it is tried again next time.
            log.exception("marking.failed", attempt=str(attempt))
    return marked


def score(*, paper: Paper, answers: Mapping[int, Any], treatments: Mapping[int, Treatment] = _NONE) -> Marks:
    """The marks of these answers (slot → answer). Excluded slots count neither in `raw` nor in `raw_max`."""
    fractions: list[float] = []
    domains: dict[str, list[float]] = {}
    raw = raw_max = 0.0
    for slot in paper.slots:
        answer = answers.get(slot.number)
        treatment = treatments.get(slot.number)
        if treatment is None or (treatment.kind == RegradeRun.Treatment.RESCORE and treatment.version is None):
            fraction = fraction_of(type=slot.type, scoring=slot.scoring, key=slot.key, answer=answer)
        elif treatment.kind == RegradeRun.Treatment.EXCLUDE:
            fractions.append(EXCLUDED)
            continue
        elif treatment.version is None:
            fraction = 1.0
        else:
            version = treatment.version
            fraction = fraction_of(type=version.type, scoring=version.scoring, key=version.key, answer=answer)
        fractions.append(fraction)
        mark = fraction * slot.points
        raw += mark
        raw_max += slot.points
        domain = domains.setdefault(slot.domain, [0.0, 0.0, 0])
        domain[0] += mark
        domain[1] += slot.points
        domain[2] += 1
    exact_raw, exact_max = _exact(raw), _exact(raw_max)
    scaled = paper.conversion.scaled(raw=exact_raw, raw_max=exact_max)
    return Marks(
        fractions=fractions,
        answered=sum(1 for answer in answers.values() if not is_empty(answer)),
        raw=exact_raw,
        raw_max=exact_max,
        scaled=scaled,
        passed=None if paper.cut_score is None else scaled >= paper.cut_score,
        domains=domains,
    )


def save_score(
    *,
    attempt: Attempt,
    paper: Paper,
    marks: Marks,
    number: int,
    now: datetime,
    regrade: RegradeRun | None = None,
) -> Score:
    """Append a score and say so in the journal. The caller has made room: at most one score is current."""
    saved = Score(
        academy_id=attempt.academy_id,
        attempt=attempt,
        number=number,
        fractions=marks.fractions,
        answered=marks.answered,
        raw=marks.raw,
        raw_max=marks.raw_max,
        scaled=marks.scaled,
        passed=marks.passed,
        domains=marks.domains,
        conversion_id=paper.conversion_id,
        regrade=regrade,
        marked_at=now,
    )
    saved.save(force_insert=True)
    record(_marked(attempt, marks=marks, number=number), actor=None, now=now)
    return saved


def answers_of(attempt: UUID) -> dict[int, Any]:
    """Slot → answer of an attempt."""
    with prepared_cursor() as cursor:
        cursor.execute("SELECT slot, answer FROM exams_response WHERE attempt_id = %s", [attempt])
        return dict(cursor.fetchall())


def treatments_of(*, academy: UUID, form: UUID) -> dict[int, Treatment]:
    """Slot → how the academy counts it, for slots that a regrade has changed."""
    return {
        row.slot: Treatment(kind=row.treatment, version=row.item_version)
        for row in SlotTreatment.objects.filter(academy=academy, form=form).select_related("item_version")
    }


@transaction.atomic
def _mark(attempt: Attempt, *, now: datetime) -> bool:
    """Score a submitted attempt. False, and nothing done, when somebody else has been faster. Wants `delivery`."""
    state = _state_when_marked(attempt)
    with prepared_cursor() as cursor:
        cursor.execute(_CLAIM, [state.value, attempt.pk])
        claimed = cursor.fetchone()
    if claimed is None:
        return False
    (is_treated,) = claimed
    paper = paper_of(attempt.form_id)
    marks = score(
        paper=paper,
        answers=answers_of(attempt.pk),
        treatments=treatments_of(academy=attempt.academy_id, form=attempt.form_id) if is_treated else _NONE,
    )
    save_score(attempt=attempt, paper=paper, marks=marks, number=1, now=now)
    attempt.state = state
    _show(attempt, paper=paper, marks=marks)
    return True


@transaction.atomic
def _submit_and_mark_at_once(*, claim: AttemptClaim, now: datetime) -> Attempt | None:
    """What `submit_attempt` and `_mark` do, for the usual case alone and in four statements instead of nine.

    None, and nothing done, for an attempt that is not running or whose clock has run out, and for a form with treated
    slots: those go the long way.
    """
    attempt = _SITTING.first(attempt=claim.attempt, learner=claim.learner, now=now)
    if attempt is None:
        return None
    by, body = Attempt.ClosedBy.LEARNER.value, {"by": Attempt.ClosedBy.LEARNER.value}
    kind = AttemptStep.Kind.SUBMITTED.value
    mac = step_mac(attempt=attempt.pk, kind=kind, slot=None, sequence=None, body=body, recorded_at=now)
    with prepared_cursor() as cursor:
        subject: dict[str, Any] = {
            "attempt": attempt.pk,
            "academy": attempt.academy_id,
            "form": attempt.form_id,
            "mac": mac,
        }
        cursor.execute(_FACTS, subject)
        digest, answers, is_treated = cursor.fetchone()
        if is_treated:
            return None
        paper = paper_of(attempt.form_id)
        marks = score(paper=paper, answers={int(slot): answer for slot, answer in (answers or {}).items()})
        attempt.close(state=_state_when_marked(attempt), by=Attempt.ClosedBy.LEARNER, now=now)
        attempt.steps_digest = seal_of(digest)
        cursor.execute(
            _HAND_IN,
            {
                **subject,
                "state": str(attempt.state),
                "by": by,
                "now": now,
                "digest": attempt.steps_digest,
                "kind": kind,
                "body": json.dumps(body),
                "score": new_id(),
                # As PostgreSQL writes arrays: psycopg would go through the list one by one.
                "fractions": f"{{{','.join(map(repr, marks.fractions))}}}",
                "answered": marks.answered,
                "raw": marks.raw,
                "raw_max": marks.raw_max,
                "scaled": marks.scaled,
                "passed": marks.passed,
                "domains": json.dumps(marks.domains),
                "conversion": paper.conversion_id,
            },
        )
    submitted = AttemptSubmitted(**attempt.event_subject(), closed_by=by, steps_digest=attempt.steps_digest)
    marked = _marked(attempt, marks=marks, number=1)
    record_in_order((submitted, User(pk=claim.learner)), (marked, None), now=now)
    _show(attempt, paper=paper, marks=marks)
    return attempt


def _state_when_marked(attempt: Attempt) -> Attempt.State:
    is_shown = attempt.delivery.released_at or attempt.delivery.review_when == Delivery.ReviewWhen.AT_ONCE
    return Attempt.State.RELEASED if is_shown else Attempt.State.MARKED


def _marked(attempt: Attempt, *, marks: Marks, number: int) -> AttemptMarked:
    return AttemptMarked(
        **attempt.event_subject(),
        score_number=number,
        raw=str(marks.raw),
        raw_max=str(marks.raw_max),
        scaled=str(marks.scaled),
        passed=marks.passed,
    )


def _show(attempt: Attempt, *, paper: Paper, marks: Marks) -> None:
    """Give the attempt what `with_current_score` would give it."""
    shown = {"raw": marks.raw, "raw_max": marks.raw_max, "scaled": marks.scaled, "passed": marks.passed}
    for name, value in {**shown, "label": paper.label, "answered": marks.answered}.items():
        setattr(attempt, f"current_{name}", value)


def _exact(value: float) -> Decimal:
    return Decimal(repr(round(value, 4)))
