"""What everybody reaches, what was predicted of attempts, and how predictions are put right."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.tenancy.models import TenantModel
from analytics.readiness.calibration import Curve
from analytics.readiness.querysets import ReadinessPredictionQuerySet
from exams.bank.models import Difficulty
from exams.models import Attempt, Blueprint, Domain


class DomainNorm(models.Model):
    """What everybody reached in one domain's items of one difficulty during the last year; counted anew every night."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="+")
    difficulty = models.CharField(max_length=8, choices=Difficulty)
    answers = models.PositiveIntegerField()
    credit = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["domain", "difficulty"], name="domain_norm_once"),
        ]

    def __str__(self) -> str:
        return f"{self.domain_id} {self.difficulty}: {self.credit:.0f} of {self.answers}"


class ReadinessPrediction(TenantModel):
    """What was believed of an attempt when it began, and what came of it once its result was shown."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    blueprint = models.ForeignKey(Blueprint, on_delete=models.PROTECT, related_name="+", db_index=False)
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="+")
    # Of the model alone, and as the learner was told: recalibrated, where that is done.
    modelled = models.FloatField()
    probability = models.FloatField()
    answers = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    passed = models.BooleanField(null=True)
    resolved_at = models.DateTimeField(null=True)

    objects = ReadinessPredictionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["blueprint", "-made_at"], condition=models.Q(passed__isnull=False), name="readiness_resolved"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id}: {self.probability:.0%}"


class ReadinessCalibration(models.Model):
    """How predictions of one exam are put right, fitted every night. Without a slope they are shown as they are."""

    blueprint = models.OneToOneField(Blueprint, on_delete=models.CASCADE, primary_key=True, related_name="+")
    attempts = models.PositiveIntegerField()
    slope = models.FloatField(null=True)
    intercept = models.FloatField(null=True)
    fitted_at = models.DateTimeField()

    objects = models.Manager["ReadinessCalibration"]()

    class Meta:
        ordering: ClassVar = ["-attempts"]

    def __str__(self) -> str:
        return str(self.blueprint)

    @property
    def curve(self) -> Curve | None:
        """What a modelled probability is put through."""
        if self.slope is None or self.intercept is None:
            return None
        return Curve(slope=self.slope, intercept=self.intercept)
