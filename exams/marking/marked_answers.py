"""Answers of exams as facts that practice, statistics and insight count, once their learner may see the score."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Sum

from accounts.identity.zones import zone_at
from accounts.journal.record import record
from exams.delivery.models import Attempt, Delivery
from exams.delivery.policy import visibility_of
from exams.events import ResultChanged, ResultShown
from exams.marking.fields import CurrentTransaction
from exams.marking.models import MarkedAnswer, Score

log = structlog.get_logger(__name__)

_KEEP = """
INSERT INTO exams_markedanswer AS held
    (academy_id, learner_id, source, source_id, slot, bank_id, domain_id, item_id, item_version_id, answer,
     fraction, points, is_guess, seconds, is_open, shows_domain, is_counted, answered_at, local_date)
SELECT attempt.academy_id, attempt.learner_id, 'exam', attempt.id, slot.number, form.bank_id, slot.domain_id,
       version.item_id, version.id, response.answer, round(greatest(mark.fraction, 0)::numeric, 4), version.points,
       false, response.seconds, %(is_open)s, %(shows_domain)s, mark.fraction >= 0, response.saved_at,
       (response.saved_at AT TIME ZONE %(zone)s)::date
FROM exams_attempt attempt
JOIN exams_form form ON form.id = attempt.form_id
JOIN exams_score score ON score.attempt_id = attempt.id AND score.is_current
CROSS JOIN LATERAL unnest(score.fractions) WITH ORDINALITY AS mark (fraction, number)
JOIN exams_slot slot ON slot.form_id = attempt.form_id AND slot.number = mark.number
JOIN exams_itemversion version ON version.id = slot.item_version_id
JOIN exams_response response ON response.attempt_id = attempt.id AND response.slot = slot.number
WHERE attempt.id = %(attempt)s AND response.answer IS NOT NULL
ON CONFLICT (source_id, slot) DO UPDATE
    SET fraction = excluded.fraction, is_open = excluded.is_open, shows_domain = excluded.shows_domain,
        is_counted = excluded.is_counted, written_in = pg_current_xact_id()
    WHERE (held.fraction, held.is_open, held.shows_domain, held.is_counted)
        IS DISTINCT FROM (excluded.fraction, excluded.is_open, excluded.shows_domain, excluded.is_counted)
"""

# A result of four decimals, as facts have them.
_EXACT = Decimal("0.0001")


@transaction.atomic
def show_result(*, attempt: UUID, now: datetime) -> None:
    """Keep the answers of an attempt whose score may be seen, and say that it may. Doing it twice changes nothing.

    Of one that may not be seen yet nothing is kept; of one that was voided nothing counts any more.
    """
    found = Attempt.objects.locked().select_related("delivery__form", "learner").filter(id=attempt).first()
    if found is None:
        return
    if found.state == Attempt.State.VOIDED:
        kept = MarkedAnswer.objects.of_source(found.pk).filter(is_counted=True)
        kept.update(is_counted=False, written_in=CurrentTransaction())
        return
    visibility = visibility_of(state=found.state, delivery=found.delivery, now=now)
    if not visibility.is_available:
        return
    told = {"is_open": visibility.shows_answers, "shows_domain": visibility.shows_domains}
    zone = zone_at(user=found.learner, at=found.submitted_at or now)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"attempt": found.pk, "zone": zone, **told})
    score = Score.objects.get(attempt=found, is_current=True)
    if score.shown_at is not None:
        return
    event = _changed(found, score) or _shown(found, score)
    score.shown_at = now
    score.save(update_fields=["shown_at"])
    record(event, actor=None, now=now)


def show_results(*, now: datetime, delivery: UUID | None = None, limit: int = 500) -> int:
    """Show what may be seen by now and was not shown yet, of one delivery or of all; return how many were tried."""
    waiting = Score.objects.filter(is_current=True, shown_at=None).filter(
        attempt__state__in=(Attempt.State.MARKED, Attempt.State.RELEASED)
    )
    if delivery is not None:
        waiting = waiting.filter(attempt__delivery=delivery)
    may_be_seen = (
        Q(attempt__delivery__review_when=Delivery.ReviewWhen.AT_ONCE)
        | Q(attempt__delivery__released_at__lte=now)
        | Q(attempt__delivery__review_when=Delivery.ReviewWhen.AFTER_WINDOW, attempt__delivery__closes_at__lte=now)
    )
    found = waiting.filter(may_be_seen).exclude(attempt__delivery__review_what=Delivery.ReviewWhat.NOTHING)
    attempts = list(found.order_by("marked_at").values_list("attempt", flat=True)[:limit])
    for attempt in attempts:
        try:
            show_result(attempt=attempt, now=now)
        except Exception:
            # One that fails must not keep the others waiting; it is tried again next time.
            log.exception("marking.showing_failed", attempt=str(attempt))
    return len(attempts)


def first_right(source_id: UUID) -> dict[str, int]:
    """How many items of one attempt or session the learner had right and never before: by difficulty, and `all`."""
    earlier = MarkedAnswer.objects.counted().filter(
        learner=OuterRef("learner"), item=OuterRef("item"), fraction=1, id__lt=OuterRef("id")
    )
    right = MarkedAnswer.objects.counted().of_source(source_id).filter(fraction=1).filter(~Exists(earlier))
    counts = dict(right.values_list("item_version__difficulty").annotate(items=Count("item", distinct=True)).order_by())
    return {**counts, "all": sum(counts.values())}


def days_of(source_id: UUID) -> dict[str, int]:
    """Local date (ISO 8601) → how many answers of one attempt or session were given on it."""
    rows = MarkedAnswer.objects.of_source(source_id).values_list("local_date").annotate(answers=Count("id"))
    return {day.isoformat(): answers for day, answers in rows.order_by("local_date")}


def _shown(attempt: Attempt, score: Score) -> ResultShown:
    exam = attempt.delivery.form.blueprint_id or attempt.form_id
    earlier = Score.objects.filter(
        Q(attempt__form__blueprint=exam) | Q(attempt__form=exam),
        is_current=True,
        shown_at__isnull=False,
        academy=attempt.academy_id,
        attempt__learner=attempt.learner_id,
    ).exclude(attempt=attempt)
    before = earlier.aggregate(best=Max(F("raw") / F("raw_max"), filter=Q(raw_max__gt=0)))["best"]
    totals = MarkedAnswer.objects.of_source(attempt.pk).aggregate(
        answered=Count("id"), right=Count("id", filter=Q(fraction=1)), seconds=Sum("seconds", default=0)
    )
    return ResultShown(
        **attempt.event_subject(),
        exam_id=exam,
        share=_share(score),
        best_before=None if before is None else str(Decimal(before).quantize(_EXACT)),
        passed=score.passed,
        is_first_pass=bool(score.passed) and not earlier.filter(passed=True).exists(),
        items=len(score.fractions),
        answered=totals["answered"],
        right=totals["right"],
        first_right=first_right(attempt.pk)["all"],
        seconds=totals["seconds"],
        days=days_of(attempt.pk),
        gives_certificate=attempt.delivery.gives_certificate,
    )


def _changed(attempt: Attempt, score: Score) -> ResultChanged | None:
    """What a regrade made of a result that had been shown; None for one that had not."""
    before = Score.objects.filter(attempt=attempt, shown_at__isnull=False).order_by("-number").first()
    if before is None:
        return None
    return ResultChanged(
        **attempt.event_subject(),
        score_number=score.number,
        share=_share(score),
        passed_before=before.passed,
        passed=score.passed,
        gives_certificate=attempt.delivery.gives_certificate,
    )


def _share(score: Score) -> str:
    return str((score.raw / score.raw_max if score.raw_max else Decimal(0)).quantize(_EXACT))
