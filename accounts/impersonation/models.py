"""Who of the staff saw as whom, why and for how long."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.impersonation.querysets import ImpersonationQuerySet
from accounts.sessions.models import UserSession
from config.kernel.ids import new_id


class Impersonation(models.Model):
    """One time that a member of staff sees as a person. It lives in one session of theirs and ends with it."""

    class Ending(models.TextChoices):
        HAND = "hand", "By hand"
        TIME = "time", "Its time was over"
        SIGN_OUT = "sign_out", "Staff signed out"
        SESSION = "session", "The session of the staff ended"
        POWER = "power", "No longer allowed"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="impersonations")
    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session = models.ForeignKey(UserSession, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=200)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=8, choices=Ending, blank=True)

    objects = ImpersonationQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["session"], condition=models.Q(ended_at=None), name="impersonation_one_per_session"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, why_ended="") | models.Q(ended_at__isnull=False, why_ended__gt=""),
                name="impersonation_end_has_a_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["expires_at"], condition=models.Q(ended_at=None), name="impersonation_running"),
        ]

    def __str__(self) -> str:
        return f"Seen as since {self.started_at:%Y-%m-%d %H:%M}"
