"""Predictions are kept when attempts begin, resolved when results are shown, and learned from every night."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from analytics.readiness.calibration import fit_curve
from analytics.readiness.evidence import count_norms
from analytics.readiness.models import ReadinessCalibration, ReadinessPrediction
from analytics.readiness.readiness import readiness_of
from exams.delivery.models import Attempt
from exams.formats.models import Blueprint
from exams.marking.models import Score


def keep_prediction(*, attempt: UUID, now: datetime) -> ReadinessPrediction | None:
    """Keep what is believed of an attempt that began at `now`, before any of its answers. Once; None if nothing is."""
    begun = Attempt.objects.select_related("form").filter(id=attempt).first()
    if begun is None or begun.form.blueprint_id is None:
        return None
    held = ReadinessPrediction.objects.filter(attempt=begun).first()
    if held is not None:
        return held
    exam = Blueprint.objects.select_related("conversion").get(pk=begun.form.blueprint_id)
    if exam.conversion.cut_score is None:
        return None
    (found,) = readiness_of(begun.learner_id, academy=begun.academy_id, blueprints=[exam], now=now)
    if found.chance is None or found.modelled is None:
        return None
    kept, _ = ReadinessPrediction.objects.get_or_create(
        attempt=begun,
        defaults={
            "academy_id": begun.academy_id,
            "learner_id": begun.learner_id,
            "blueprint": exam,
            "modelled": found.modelled,
            "probability": found.chance.probability,
            "answers": found.answers,
            "made_at": now,
        },
    )
    # Its result may have been shown before we heard that it began.
    resolve_prediction(attempt=begun.pk, now=now)
    return kept


def keep_predictions(*, since: datetime, now: datetime) -> int:
    """Keep what is believed of every attempt that began in this time; returns how many were looked at.

    By a sweeper and not at each start: a hall full of learners begins at once, and nobody waits for a prediction.
    """
    begun = Attempt.objects.filter(
        started_at__gt=since, started_at__lte=now, form__blueprint__conversion__cut_score__isnull=False
    ).exclude(id__in=ReadinessPrediction.objects.filter(made_at__gt=since).values("attempt"))
    looked_at = 0
    for attempt in begun.order_by("started_at").only("id", "started_at"):
        keep_prediction(attempt=attempt.pk, now=attempt.started_at or now)
        looked_at += 1
    return looked_at


@transaction.atomic
def resolve_prediction(*, attempt: UUID, now: datetime) -> None:
    """Note whether the attempt passed, as its learner sees it now; nothing of one that was voided."""
    kept = ReadinessPrediction.objects.locked().filter(attempt=attempt).first()
    if kept is None:
        return
    shown = Score.objects.filter(attempt=attempt, is_current=True, shown_at__isnull=False)
    kept.passed = shown.exclude(attempt__state=Attempt.State.VOIDED).values_list("passed", flat=True).first()
    kept.resolved_at = None if kept.passed is None else now
    kept.save(update_fields=["passed", "resolved_at"])


def refit(*, now: datetime) -> int:
    """Count what everybody reaches, and fit how predictions are put right; return how many exams have outcomes."""
    count_norms(now=now)
    resolved = ReadinessPrediction.objects.filter(passed__isnull=False).order_by()
    exams = list(resolved.values_list("blueprint", flat=True).distinct())
    for exam in exams:
        outcomes = ReadinessPrediction.objects.outcomes(exam, of="modelled")
        curve = fit_curve(outcomes)
        ReadinessCalibration.objects.update_or_create(
            blueprint_id=exam,
            defaults={
                "attempts": len(outcomes),
                "slope": curve.slope if curve else None,
                "intercept": curve.intercept if curve else None,
                "fitted_at": now,
            },
        )
    return len(exams)
