"""Whether and how a learner stands on boards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet


class BoardPreference(TenantModel):
    """What a learner chose for the boards of an academy. Without a row they stand there by their name."""

    class NameShown(models.TextChoices):
        NAME = "name", "Name"
        INITIALS = "initials", "Initials"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_hidden = models.BooleanField(default=False)
    name_shown = models.CharField(max_length=8, choices=NameShown, default=NameShown.NAME)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner"], name="board_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}: {'hidden' if self.is_hidden else self.get_name_shown_display()}"
