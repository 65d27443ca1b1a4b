"""Checking what somebody proves themselves with. Wrong ones are counted and in the journal, also when refused."""

import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.factors.errors import PasskeyRefused, TooManyWrongCodes, WrongProof
from accounts.factors.events import FactorProved, RecoveryCodeUsed, StepUpFailed
from accounts.factors.methods import Method
from accounts.factors.models import Passkey, RecoveryCode
from accounts.factors.passkeys import check_answer
from accounts.factors.recovery import digest_of
from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter

# With so many codes left a letter reminds of making new ones.
FEW_CODES = 3
_DIGITS = re.compile(r"[0-9]{6}")


def prove_by_code(*, user: User, code: str, now: datetime) -> Method:
    """Six digits of an authenticator app, or a recovery code. Raises `WrongProof`, `TooManyWrongCodes`."""
    typed = "".join(code.split())
    has_digits = _DIGITS.fullmatch(typed) is not None
    method = Method.AUTHENTICATOR if has_digits else Method.RECOVERY_CODE
    with transaction.atomic():
        if _is_of_app(user, typed) if has_digits else _is_for_recovery(user, typed, now=now):
            record(FactorProved(user_id=user.pk, factor=method), actor=user, now=now)
            return method
        record(StepUpFailed(user_id=user.pk, factor=method), actor=user, now=now)
    # Outside, so that the wrong try stays counted.
    raise WrongProof


def prove_by_passkey(*, user: User, answer: Mapping[str, Any], challenge: bytes, now: datetime) -> Method:
    """The answer of a device to a challenge that was given to it. Raises `PasskeyRefused`."""
    with transaction.atomic():
        passkey = Passkey.objects.select_for_update().filter(user=user, credential_id=str(answer.get("id"))).first()
        count = check_answer(answer, challenge=challenge, passkey=passkey) if passkey else None
        if passkey is not None and count is not None:
            passkey.sign_count, passkey.last_used_at = count, now
            passkey.save(update_fields=["sign_count", "last_used_at"])
            record(FactorProved(user_id=user.pk, factor=Method.PASSKEY), actor=user, now=now)
            return Method.PASSKEY
        record(StepUpFailed(user_id=user.pk, factor=Method.PASSKEY), actor=user, now=now)
    raise PasskeyRefused


@transaction.atomic
def refuse_proof(*, user: User, method: Method, now: datetime) -> None:
    """Note that a proof which was checked elsewhere was wrong."""
    record(StepUpFailed(user_id=user.pk, factor=method), actor=user, now=now)


def code_is_right(device: TOTPDevice, code: str) -> bool:
    """Whether the code is the app's and was not used before. Wants the device locked. Raises `TooManyWrongCodes`."""
    is_allowed, refusal = device.verify_is_allowed()
    if not is_allowed:
        seconds = math.ceil((refusal["locked_until"] - timezone.now()).total_seconds())
        raise TooManyWrongCodes(members={"retry_after_seconds": max(1, seconds)})
    return bool(_DIGITS.fullmatch(code) and device.verify_token(code))


def _is_of_app(user: User, code: str) -> bool:
    wrong: list[TOTPDevice] = []
    for device in TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk"):
        if code_is_right(device, code):
            for other in wrong:
                # It was asked only because nobody says which app a code is from.
                other.throttle_reset()
            return True
        wrong.append(device)
    return False


def _is_for_recovery(user: User, code: str, *, now: datetime) -> bool:
    # One statement decides: of many who send the same code at once, one changes the row.
    used = RecoveryCode.objects.unused_of(user).filter(digest=digest_of(code)).update(used_at=now)
    if not used:
        return False
    left = RecoveryCode.objects.unused_of(user).count()
    record(RecoveryCodeUsed(user_id=user.pk, codes_left=left), actor=user, now=now)
    if left == FEW_CODES:
        url = f"{settings.SITE_URL}/settings/security"
        context = {"name": user.display_name, "left": left, "url": url}
        post_letter(kind="recovery_codes_low", to=user, context=context, now=now)
    return True
