"""Scores, and the runs that changed them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from academies.models import Academy
from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Domain, Item, ItemBank, ItemVersion
from exams.delivery.models import Attempt, Delivery
from exams.formats.models import Form, ScoreConversion
from exams.marking.fields import TransactionIdField
from exams.marking.querysets import MarkedAnswerQuerySet


class Score(TenantModel):
    """What an attempt was found to be worth. A regrade appends the next number; the current one counts.

    `fractions` holds one number in 0–1 per slot, in slot order; -1 stands for a slot that was excluded.
    `domains` maps a domain's id to `[raw, raw_max, items]`.
    """

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="scores")
    number = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    fractions = ArrayField(models.FloatField())
    answered = models.PositiveSmallIntegerField()
    raw = models.DecimalField(max_digits=9, decimal_places=4)
    raw_max = models.DecimalField(max_digits=9, decimal_places=4)
    scaled = models.DecimalField(max_digits=7, decimal_places=2)
    passed = models.BooleanField(null=True)
    domains = models.JSONField(default=dict)
    conversion = models.ForeignKey(ScoreConversion, on_delete=models.PROTECT, related_name="+", db_index=False)
    regrade = models.ForeignKey("RegradeRun", null=True, blank=True, on_delete=models.PROTECT, related_name="scores")
    marked_at = models.DateTimeField()
    # When its learner could see it, and others were told so (`marked_answers`).
    shown_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["attempt", "-number"]
        indexes: ClassVar = [
            models.Index(
                fields=["marked_at"], condition=models.Q(is_current=True, shown_at=None), name="score_not_shown"
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt", "number"], name="score_number"),
            models.UniqueConstraint(fields=["attempt"], condition=models.Q(is_current=True), name="score_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.scaled.normalize():f}"


class MarkedAnswer(models.Model):
    """One answer of one learner to one item and what it was worth, wherever it was given: the fact that practice,
    statistics and insight are counted from.

    Answers of an exam come in when its learner may see the score (`marked_answers`). Nothing is taken back: what no
    longer counts says so. Every change renews `written_in`, so that whoever counts can read on from where they were.
    """

    class Source(models.TextChoices):
        EXAM = "exam", "Exam"
        PRACTICE = "practice", "Practice quiz"
        STUDY = "study", "Study session"
        REVIEW = "review", "Review"

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(
        Academy, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    source = models.CharField(max_length=8, choices=Source)
    # The attempt, session or card, and the place in it: slot of the form, position in the session, number of review.
    source_id = models.UUIDField()
    slot = models.PositiveIntegerField()
    bank = models.ForeignKey(
        ItemBank, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    # As it was then: items may move to another domain.
    domain = models.ForeignKey(
        Domain, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    item = models.ForeignKey(Item, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    item_version = models.ForeignKey(
        ItemVersion, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    answer = models.JSONField(null=True)
    # 0 to 1; 1 is right.
    fraction = models.DecimalField(max_digits=5, decimal_places=4)
    points = models.PositiveSmallIntegerField(default=1)
    # The learner said that they guessed.
    is_guess = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)
    # Whether the learner has seen whether this answer was right. Some exams show a score alone.
    is_open = models.BooleanField(default=True)
    # Whether they may know what they earned in its domain; of a score alone they may not.
    shows_domain = models.BooleanField(default=True)
    # False for an answer that was left out of its exam, or whose attempt was voided.
    is_counted = models.BooleanField(default=True)
    answered_at = models.DateTimeField()
    # On the learner's calendar of that moment (`accounts.identity.zones`).
    local_date = models.DateField()
    written_in = TransactionIdField()

    objects = MarkedAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source_id", "slot"], name="marked_answer_once"),
            models.CheckConstraint(condition=models.Q(fraction__gte=0, fraction__lte=1), name="marked_answer_fraction"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["learner", "academy", "answered_at"], name="marked_answer_learner"),
            # What a day of a learner is counted from.
            models.Index(fields=["academy", "learner", "local_date"], name="marked_answer_day"),
            models.Index(fields=["learner", "item", "answered_at"], name="marked_answer_met"),
            models.Index(fields=["item", "answered_at"], name="marked_answer_item"),
            models.Index(fields=["written_in", "id"], name="marked_answer_written"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.source_id} #{self.slot}: {self.fraction}"


class RegradeRun(TenantModel):
    """One regrade that was carried out: what it covered, under which policy, and how many scores it changed."""

    class Policy(models.TextChoices):
        NEVER_LOWER = "never_lower", "Never lower a score"
        REPLACE = "replace", "Take the new score"

    class Treatment(models.TextChoices):
        RESCORE = "rescore", "Score again with the newest key"
        FULL_MARKS = "full_marks", "Full marks for everyone"
        EXCLUDE = "exclude", "Leave the item out"

    delivery = models.ForeignKey(Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="regrades")
    policy = models.CharField(max_length=12, choices=Policy, default=Policy.NEVER_LOWER)
    treatment = models.CharField(max_length=12, choices=Treatment, default=Treatment.RESCORE)
    attempts = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"regrade of {self.created_at:%Y-%m-%d %H:%M}"


class SlotTreatment(TenantModel):
    """How one academy's attempts at a form count one slot from now on, when that is not what the form pinned."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="treatments")
    slot = models.PositiveSmallIntegerField()
    treatment = models.CharField(max_length=12, choices=RegradeRun.Treatment)
    # Whose key counts when the slot is scored again.
    item_version = models.ForeignKey("ItemVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    regrade = models.ForeignKey(RegradeRun, on_delete=models.PROTECT, related_name="treatments")

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "form", "slot"], name="slot_treatment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form} #{self.slot}: {self.get_treatment_display()}"
