"""A session as its owner sees it, and a device that somebody has signed in from."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.sessions.querysets import UserSessionQuerySet
from config.kernel.ids import new_id


class UserSession(models.Model):
    """One sign-in. The session itself is Django's; it knows this row by `accounts.sessions.tracking.TRACKED`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sessions")
    # As in Django's own table: ending a session needs the key.
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=64, blank=True)
    system = models.CharField(max_length=64, blank=True)
    # The network alone, see `config.http.addresses.truncate_address`.
    address = models.CharField(max_length=45, blank=True)
    signed_in_at = models.DateTimeField(default=timezone.now)
    last_used_at = models.DateTimeField(default=timezone.now)

    objects = UserSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering: ClassVar = ["-last_used_at", "id"]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.browser, self.system, self.address) if part) or "Unknown device"


class KnownDevice(models.Model):
    """A browser that somebody has signed in with. It carries a cookie; here is only what recognises that cookie."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices")
    digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="known_device_once_per_user"),
        ]

    def __str__(self) -> str:
        return f"Device known since {self.first_seen_at:%Y-%m-%d}"
