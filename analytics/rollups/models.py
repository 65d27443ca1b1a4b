"""Rollup tables and the state of the counting. Nothing but `analytics.rollups` writes them, and everything in them can
be counted again.

A day is the learner's own (`MarkedAnswer.local_date`), whoever it is summed up for.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from academies.models import Academy, Cohort
from academies.tenancy.querysets import TenantQuerySet
from analytics.rollups.querysets import LearnerDayQuerySet
from exams.models import Domain, ItemBank, MarkedAnswer


def _loose(to: Any) -> "models.ForeignKey[Any, Any]":
    """A way to a row that is not checked and has no index of its own: what is counted outlives what it is about."""
    return models.ForeignKey(to, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)


class Counted(models.Model):
    """The columns of `statistics.STATISTICS`, over answers that count (`MarkedAnswer.is_counted`)."""

    academy = _loose(Academy)
    local_date = models.DateField()
    answers = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    guesses = models.PositiveIntegerField()
    credit = models.DecimalField(max_digits=14, decimal_places=4)
    seconds = models.PositiveBigIntegerField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.local_date}: {self.answers}"


class LearnerDay(Counted):
    """What one learner answered on one day in one domain, by where they answered it.

    `shows_domain` is false for answers of exams that show their score alone: they count in whatever is said of the
    learner as a whole, and must not be told to the learner domain by domain.
    """

    pk = models.CompositePrimaryKey(
        "academy_id", "learner_id", "local_date", "bank_id", "domain_id", "source", "shows_domain"
    )
    learner = _loose(settings.AUTH_USER_MODEL)
    bank = _loose(ItemBank)
    domain = _loose(Domain)
    source = models.CharField(max_length=8, choices=MarkedAnswer.Source)
    shows_domain = models.BooleanField(default=True)

    objects = LearnerDayQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["academy", "local_date", "domain"], name="learner_day_academy"),
        ]


class AcademyDay(Counted):
    """What an academy's learners answered on one day in one domain, by where they answered it.

    `learners` are those who did: not to be added up over domains or days, for which there is `AcademyActivity`.
    """

    pk = models.CompositePrimaryKey("academy_id", "local_date", "bank_id", "domain_id", "source")
    bank = _loose(ItemBank)
    domain = _loose(Domain)
    source = models.CharField(max_length=8, choices=MarkedAnswer.Source)
    learners = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()


class AcademyActivity(Counted):
    """What an academy's learners did on one day altogether. Here `learners` are the different people of the day."""

    pk = models.CompositePrimaryKey("academy_id", "local_date")
    learners = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()


class CohortDay(Counted):
    """As `AcademyDay`, of a cohort: everything that those who are its members now have ever answered in the academy.

    Who joins brings their past days along, who leaves takes them away (`CountedMember` says how far that was done).
    """

    pk = models.CompositePrimaryKey("academy_id", "cohort_id", "local_date", "bank_id", "domain_id", "source")
    cohort = _loose(Cohort)
    bank = _loose(ItemBank)
    domain = _loose(Domain)
    source = models.CharField(max_length=8, choices=MarkedAnswer.Source)
    learners = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()


class CohortActivity(Counted):
    """As `AcademyActivity`, of a cohort."""

    pk = models.CompositePrimaryKey("academy_id", "cohort_id", "local_date")
    cohort = _loose(Cohort)
    learners = models.PositiveIntegerField()

    objects = TenantQuerySet.as_manager()


class CountedMember(models.Model):
    """A learner whose days are in the days of a cohort.

    The rollups' own copy of the lists of members: what is added to a cohort is what is taken away again later,
    whatever has become of the list meanwhile.
    """

    pk = models.CompositePrimaryKey("academy_id", "learner_id", "cohort_id")
    academy = _loose(Academy)
    learner = _loose(settings.AUTH_USER_MODEL)
    cohort = _loose(Cohort)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["cohort"], name="counted_member_cohort")]

    def __str__(self) -> str:
        return f"{self.learner_id} in {self.cohort_id}"


class Watermark(models.Model):
    """How far the facts are counted. Who counts holds the lock of the one row, so there is one at a time.

    Counted are the facts before (`transaction`, `fact`) in the order of (`written_in`, id). `as_of`: what was committed
    by then is counted. (`next_transaction`, `next_as_of`): when every transaction before that one is counted, so is
    everything committed by then.
    """

    name = models.CharField(max_length=20, primary_key=True)
    transaction = models.PositiveBigIntegerField(default=0)
    fact = models.PositiveBigIntegerField(default=0)
    as_of = models.DateTimeField(null=True)
    next_transaction = models.PositiveBigIntegerField(default=0)
    next_as_of = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Watermark"]] = models.Manager()

    class Meta:
        verbose_name = "rollup state"
        verbose_name_plural = "rollup state"

    def __str__(self) -> str:
        return self.name


class DirtyDay(models.Model):
    """A learner's day that is to be counted again, though none of its answers has changed."""

    id = models.BigAutoField(primary_key=True)
    academy = _loose(Academy)
    learner = _loose(settings.AUTH_USER_MODEL)
    local_date = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name = "day to count again"
        verbose_name_plural = "days to count again"

    def __str__(self) -> str:
        return f"{self.learner_id} {self.local_date}"


class DirtyCohort(models.Model):
    """A cohort whose list of members may have changed."""

    id = models.BigAutoField(primary_key=True)
    academy = _loose(Academy)
    cohort = _loose(Cohort)

    objects = TenantQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.cohort_id)


class RebuildRun(models.Model):
    """A backfill of one academy, and how far it has come: first the sums of its days, then its learners' days."""

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(Academy, on_delete=models.CASCADE, related_name="+")
    from_date = models.DateField(null=True)
    to_date = models.DateField(null=True)
    # The day that was summed up last, and then the learner's day that was counted last.
    summed_date = models.DateField(null=True)
    has_summed_up = models.BooleanField(default=False)
    learner_id = models.UUIDField(null=True)
    learner_date = models.DateField(null=True)
    days = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["academy", "from_date", "to_date"],
                condition=models.Q(finished_at=None),
                nulls_distinct=False,
                name="rebuild_run_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.academy} {self.from_date or '…'} – {self.to_date or '…'}"
