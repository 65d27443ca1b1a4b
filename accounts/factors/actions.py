"""Adding, naming, removing and resetting second factors. Each change of what there is ends the person's other sessions.

They all lock the person first, so that two of them at once see each other.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.factors.errors import NoFactor, PasskeyTaken, ResetRefused, TooManyFactors, WrongProof
from accounts.factors.events import FactorAdded, FactorRemoved, FactorReset, RecoveryCodesMade, StepUpFailed
from accounts.factors.methods import Method
from accounts.factors.models import Passkey, RecoveryCode
from accounts.factors.passkeys import NewPasskey
from accounts.factors.proving import code_is_right
from accounts.factors.recovery import digest_of, new_code
from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter

MOST_FACTORS = 10
RECOVERY_CODES = 10

Factor = TypeVar("Factor", TOTPDevice, Passkey)


@dataclass(frozen=True, kw_only=True)
class Enrolled:
    """A new factor, and the recovery codes that came with it: shown now and never again; none for who has some."""

    factor: Any
    recovery_codes: list[str]


@transaction.atomic
def start_authenticator(*, user: User, name: str) -> TOTPDevice:
    """A new authenticator app, which counts from its first right code on. One that was begun before is forgotten.

    Raises `TooManyFactors`.
    """
    person = _locked(user.pk)
    TOTPDevice.objects.filter(user=person, confirmed=False).delete()
    _keep_few(person)
    device: TOTPDevice = TOTPDevice.objects.create(user=person, name=name, confirmed=False)
    return device


def confirm_authenticator(*, user: User, authenticator: int, code: str, now: datetime) -> Enrolled:
    """Count the app from now on, if the code is right. Raises `WrongProof`, `TooManyWrongCodes`, `DoesNotExist`."""
    with transaction.atomic():
        person = _locked(user.pk)
        device = TOTPDevice.objects.select_for_update().get(user=person, pk=authenticator, confirmed=False)
        if code_is_right(device, code):
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            return Enrolled(factor=device, recovery_codes=_count(person, Method.AUTHENTICATOR, actor=user, now=now))
        record(StepUpFailed(user_id=person.pk, factor=Method.AUTHENTICATOR), actor=user, now=now)
    # Outside, so that the wrong try stays counted.
    raise WrongProof


@transaction.atomic
def give_authenticator(*, user: User, actor: User | None, now: datetime) -> TOTPDevice:
    """An authenticator app that counts at once, for who sets it up on the server. Raises `TooManyFactors`."""
    person = _locked(user.pk)
    _keep_few(person)
    device: TOTPDevice = TOTPDevice.objects.create(user=person, name="Authenticator app")
    _count(person, Method.AUTHENTICATOR, actor=actor, now=now, with_codes=False)
    return device


@transaction.atomic
def add_passkey(*, user: User, name: str, passkey: NewPasskey, now: datetime) -> Enrolled:
    """Count a passkey whose answer was checked. Raises `PasskeyTaken`, `TooManyFactors`."""
    person = _locked(user.pk)
    _keep_few(person)
    if Passkey.objects.filter(credential_id=passkey.credential_id).exists():
        raise PasskeyTaken
    made = Passkey.objects.create(
        user=person,
        name=name,
        credential_id=passkey.credential_id,
        public_key=passkey.public_key,
        sign_count=passkey.sign_count,
        transports=passkey.transports,
        created_at=now,
    )
    return Enrolled(factor=made, recovery_codes=_count(person, Method.PASSKEY, actor=user, now=now))


@transaction.atomic
def rename_factor(*, factor: Factor, name: str) -> Factor:
    """Call a factor something else."""
    factor.name = name
    factor.save(update_fields=["name"])
    return factor


@transaction.atomic
def remove_factor(*, user: User, factor: TOTPDevice | Passkey, actor: User, now: datetime) -> None:
    """Remove one factor; with the last one go the recovery codes. Removing what is gone already changes nothing."""
    person = _locked(user.pk)
    method = Method.PASSKEY if isinstance(factor, Passkey) else Method.AUTHENTICATOR
    deleted, _ = type(factor).objects.filter(user=person, pk=factor.pk).delete()
    if not deleted:
        return
    is_last = not any(rows.exists() for rows in _factors_of(person))
    if is_last:
        RecoveryCode.objects.filter(user=person).delete()
    _changed(person, has_factor=not is_last, now=now)
    record(FactorRemoved(user_id=person.pk, factor=method), actor=actor, now=now)
    _tell(person, "factor_removed", now=now, factor=method)


@transaction.atomic
def renew_recovery_codes(*, user: User, actor: User, now: datetime) -> list[str]:
    """New recovery codes in place of those before. Raises `NoFactor` where there is nothing to recover."""
    person = _locked(user.pk)
    if not person.has_factor:
        raise NoFactor
    return _make_codes(person, actor=actor, now=now)


@transaction.atomic
def reset_factors(*, user: UUID, reason: str, actor: User | None, now: datetime) -> User:
    """Remove every factor of somebody who has lost them, and end all their sessions. `actor` None is the server's own.

    Raises `ResetRefused` for oneself and for superusers, unless a superuser asks; `NoFactor`.
    """
    person = _locked(user)
    if actor is not None and (actor.pk == person.pk or (person.is_superuser and not actor.is_superuser)):
        raise ResetRefused
    if not person.has_factor:
        raise NoFactor
    for rows in _factors_of(person):
        rows.delete()
    RecoveryCode.objects.filter(user=person).delete()
    _changed(person, has_factor=False, now=now)
    record(FactorReset(user_id=person.pk, reason=reason), actor=actor, now=now)
    _tell(person, "factor_reset", now=now)
    return person


def _locked(user: Any) -> User:
    return User.objects.select_for_update().get(pk=user)


def _factors_of(person: User) -> tuple[models.QuerySet[Any], ...]:
    return TOTPDevice.objects.filter(user=person, confirmed=True), Passkey.objects.filter(user=person)


def _keep_few(person: User) -> None:
    if sum(rows.count() for rows in _factors_of(person)) >= MOST_FACTORS:
        raise TooManyFactors


def _count(person: User, method: Method, *, actor: User | None, now: datetime, with_codes: bool = True) -> list[str]:
    if not person.has_factor:
        _changed(person, has_factor=True, now=now)
    record(FactorAdded(user_id=person.pk, factor=method), actor=actor, now=now)
    _tell(person, "factor_added", now=now, factor=method)
    if not with_codes or RecoveryCode.objects.unused_of(person).exists():
        return []
    return _make_codes(person, actor=actor, now=now)


def _changed(person: User, *, has_factor: bool, now: datetime) -> None:
    person.has_factor, person.factors_changed_at = has_factor, now
    person.save(update_fields=["has_factor", "factors_changed_at"])


def _make_codes(person: User, *, actor: User | None, now: datetime) -> list[str]:
    RecoveryCode.objects.filter(user=person).delete()
    codes = [new_code() for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=person, digest=digest_of(code), created_at=now) for code in codes
    )
    record(RecoveryCodesMade(user_id=person.pk), actor=actor, now=now)
    return codes


def _tell(person: User, kind: str, *, now: datetime, **context: str) -> None:
    url = f"{settings.SITE_URL}/settings/security"
    post_letter(kind=kind, to=person, context={"name": person.display_name, "url": url, **context}, now=now)
