"""What was certified."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.models import Attempt


class Certificate(TenantModel):
    """A learner passed an exam. Names and score are those of the day on which it was issued."""

    class RevokedBecause(models.TextChoices):
        REGRADE = "regrade", "Regrade"
        VOIDED = "voided", "Attempt voided"
        STAFF = "staff", "Staff"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="+", db_index=False)
    # See `codes`.
    code = models.CharField(max_length=12)
    # Empty once the person has been erased.
    name = models.CharField(max_length=150, blank=True)
    exam = models.CharField(max_length=200)
    academy_name = models.CharField(max_length=150)
    score = models.CharField(max_length=40)
    locale = models.CharField(max_length=8)
    # On the learner's calendar.
    passed_date = models.DateField()
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.CharField(max_length=8, choices=RevokedBecause, blank=True)
    revoke_note = models.CharField("revoke, because", max_length=300, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-issued_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["attempt"], name="certificate_once"),
            models.UniqueConstraint(fields=["code"], name="certificate_code"),
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_because="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_because="")),
                name="certificate_revoked",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-issued_at"], name="certificate_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.exam}: {self.name or 'erased'}"

    @property
    def state(self) -> str:
        """`valid`, `revoked`, or `withdrawn` for that of somebody who was erased."""
        if not self.name:
            return "withdrawn"
        return "valid" if self.revoked_at is None else "revoked"

    @property
    def file_name(self) -> str:
        """Where its file lies in the private storage."""
        return f"certificates/{self.academy_id}/{self.pk}.pdf"
