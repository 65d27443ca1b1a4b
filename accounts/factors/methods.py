"""How a session can prove who sits in front of it."""

from typing import Any

from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.factors.models import Passkey, RecoveryCode


class Method(models.TextChoices):
    """What a proof was made with."""

    SIGN_IN = "sign_in", "Signing in"
    PASSWORD = "password", "Password"
    AUTHENTICATOR = "authenticator", "Authenticator app"
    PASSKEY = "passkey", "Passkey"
    RECOVERY_CODE = "recovery_code", "Recovery code"


# Those that are a second factor.
FACTORS = frozenset({Method.AUTHENTICATOR, Method.PASSKEY, Method.RECOVERY_CODE})


def methods_of(user: Any) -> list[Method]:
    """What this person can prove themselves with, besides signing in again: a factor, or the password without one."""
    if not user.has_factor:
        return [Method.PASSWORD] if user.has_usable_password() else []
    there = {
        Method.AUTHENTICATOR: TOTPDevice.objects.filter(user=user, confirmed=True),
        Method.PASSKEY: Passkey.objects.filter(user=user),
        Method.RECOVERY_CODE: RecoveryCode.objects.unused_of(user),
    }
    return [method for method, rows in there.items() if rows.exists()]
