"""What learners found wrong with questions, and what staff decided about it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from exams.bank.models import Item, ItemVersion
from exams.practice.reports.querysets import ItemReportQuerySet, ReportCaseQuerySet


class ReportCase(TenantModel):
    """All that is reported about one version of a question until staff decide. It belongs to the bank's academy."""

    class State(models.TextChoices):
        OPEN = "open", "Open"
        TRIAGED = "triaged", "Being looked at"
        UPHELD = "upheld", "Upheld"
        DISMISSED = "dismissed", "Dismissed"

    WAITING: ClassVar = (State.OPEN, State.TRIAGED)

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="report_cases")
    state = models.CharField(max_length=12, choices=State, default=State.OPEN)
    reporters = models.PositiveIntegerField(default=0)
    # When as many learners had reported it as it takes.
    flagged_at = models.DateTimeField(null=True)
    # The reports alone took the version out of new draws, so a dismissal puts it back.
    has_quarantined = models.BooleanField(default=False)
    reply = models.TextField(max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReportCaseQuerySet.as_manager()

    class Meta:
        verbose_name = "reported question"
        ordering: ClassVar = ["-opened_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item_version"],
                condition=models.Q(state__in=("open", "triaged")),
                name="report_case_one_waiting",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=("open", "triaged"), decided_at=None)
                | models.Q(state__in=("upheld", "dismissed"), decided_at__isnull=False),
                name="report_case_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_version} reported"


class ItemReport(TenantModel):
    """One learner's report. It belongs to the learner's academy, which need not be that of the bank."""

    class Reason(models.TextChoices):
        INCORRECT = "incorrect", "The answer is wrong"
        TYPO = "typo", "There is a slip in the text"
        UNCLEAR = "unclear", "It is unclear"
        OTHER = "other", "Something else"

    case = models.ForeignKey(ReportCase, on_delete=models.PROTECT, related_name="reports", db_index=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_index=False)
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    reason = models.CharField(max_length=12, choices=Reason)
    comment = models.TextField(max_length=2000, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ItemReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "learner"], name="item_report_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-created_at", "-id"], name="item_report_newest"),
            models.Index(fields=["learner", "item"], name="item_report_met"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
