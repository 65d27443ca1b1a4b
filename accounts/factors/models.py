"""Passkeys and recovery codes. Authenticator apps are django-otp's `TOTPDevice`."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.factors.querysets import RecoveryCodeQuerySet
from config.kernel.ids import new_id


class Passkey(models.Model):
    """A public key whose private half never leaves the person's device (WebAuthn, level 3)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(max_length=64)
    # As the browser names it: base64url of at most 1023 bytes.
    credential_id = models.CharField(max_length=1400)
    public_key = models.BinaryField()
    # Counted by the device; stays 0 for passkeys that are synchronised between devices.
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["credential_id"], name="passkey_once"),
        ]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code that stands in for a lost factor, once. Only its SHA-256 is kept: at 120 random bits nobody guesses it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes", db_index=False
    )
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = RecoveryCodeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return "used" if self.used_at else "unused"
