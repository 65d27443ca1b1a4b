"""A learner's own run through questions: to study them one by one, or as a quiz against the clock."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from academies.models import Academy
from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import ItemBank
from exams.practice.sessions.querysets import PracticeSessionQuerySet


class PracticeSession(TenantModel):
    """Questions that a learner took on at once. It pins their versions: what leaves the bank stays in it.

    Answers of a study session are facts (`MarkedAnswer`) at once; those of a quiz are kept as `PracticeAnswer` until
    it is finished, and are facts then.
    """

    class Mode(models.TextChoices):
        STUDY = "study", "Study"
        PRACTICE = "practice", "Practice quiz"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        FINISHED = "finished", "Finished"

    mode = models.CharField(max_length=8, choices=Mode)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="+")
    # What the questions were chosen by: `domains`, `skills`, `difficulties` and `only`, as asked for.
    filter = models.JSONField(default=dict)
    # Position (1-based) → version of an item, and position → order of its options.
    versions = ArrayField(models.UUIDField())
    option_orders = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    # With the learner's time factor; null for study.
    time_limit_seconds = models.PositiveIntegerField(null=True)
    deadline_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    # When something was last answered or skipped in study; a quiz has a clock instead.
    last_active_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # Of study, as it goes on; of a quiz, once it is finished.
    answered = models.PositiveSmallIntegerField(default=0)
    right = models.PositiveSmallIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    # Positions that were passed over in study and not answered since.
    skipped = ArrayField(models.PositiveSmallIntegerField(), default=list)

    objects = PracticeSessionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(mode="study", deadline_at=None)
                | models.Q(mode="practice", deadline_at__isnull=False),
                name="practice_session_clock",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", finished_at=None)
                | models.Q(state="finished", finished_at__isnull=False),
                name="practice_session_end",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-started_at", "-id"], name="practice_session_newest"),
            # Not on what every answer changes: the few that are open are looked through.
            models.Index(fields=["started_at"], condition=models.Q(state="open"), name="practice_session_open"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()} of {self.bank}, {len(self.versions)} questions"

    @property
    def viewed(self) -> int:
        """How many questions the learner of a study session has dealt with."""
        return self.answered + len(self.skipped)

    def is_open(self, *, now: datetime) -> bool:
        """Whether it takes answers. Those on their way have the declared grace."""
        if self.state != self.State.OPEN:
            return False
        return self.deadline_at is None or now - settings.ANSWER_GRACE < self.deadline_at


class PracticeAnswer(models.Model):
    """The present answer to one question of a quiz that is not finished. Written by one guarded statement alone."""

    pk = models.CompositePrimaryKey("session_id", "position")
    academy = models.ForeignKey(
        Academy, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    session = models.ForeignKey(PracticeSession, on_delete=models.CASCADE, related_name="answers", db_index=False)
    position = models.PositiveSmallIntegerField()
    # Numbered by the device that gave it; an older one does not take the place of a newer one.
    sequence = models.BigIntegerField(default=1)
    answer = models.JSONField(null=True)
    is_guess = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.session_id} #{self.position}"
