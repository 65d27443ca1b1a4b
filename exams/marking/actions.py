"""Marking what was handed in: constant statements per attempt, whatever its length."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction

from accounts.journal.record import record
from config.kernel.statements import prepared_cursor
from exams.bank.answers import is_empty
from exams.bank.models import ItemVersion
from exams.delivery.actions import submit_attempt
from exams.delivery.models import Attempt, Delivery
from exams.delivery.paper import Paper, paper_of
from exams.delivery.tokens import AttemptClaim
from exams.events import AttemptMarked
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
    """Hand in, then mark at once. The submission is committed first: if marking fails, the sweeper takes it up.

    An attempt that was marked here has the score as `with_current_score` adds it.
    """
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
    record(
        AttemptMarked(
            **attempt.event_subject(),
            score_number=number,
            raw=str(marks.raw),
            raw_max=str(marks.raw_max),
            scaled=str(marks.scaled),
            passed=marks.passed,
        ),
        actor=None,
        now=now,
    )
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
    delivery = attempt.delivery
    is_shown = delivery.released_at or delivery.review_when == Delivery.ReviewWhen.AT_ONCE
    state = Attempt.State.RELEASED if is_shown else Attempt.State.MARKED
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
    shown = {"raw": marks.raw, "raw_max": marks.raw_max, "scaled": marks.scaled, "passed": marks.passed}
    for name, value in {**shown, "label": paper.label, "answered": marks.answered}.items():
        setattr(attempt, f"current_{name}", value)
    return True


def _exact(value: float) -> Decimal:
    return Decimal(repr(round(value, 4)))
