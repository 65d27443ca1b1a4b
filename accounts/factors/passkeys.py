"""Passkeys on the wire (WebAuthn, level 3): questions for devices, and what their answers are worth.

Everything is bound to `SITE_URL`, never to the host that a request names. The challenge is kept by the caller.
"""

import ipaddress
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
import webauthn
from django.conf import settings
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from accounts.factors.errors import PasskeyRefused, PasskeysUnavailable
from accounts.factors.models import Passkey
from accounts.identity.models import User

log = structlog.get_logger(__name__)

TRANSPORTS = frozenset(each.value for each in AuthenticatorTransport)


@dataclass(frozen=True, kw_only=True)
class NewPasskey:
    """A passkey that a device has just made."""

    credential_id: str
    public_key: bytes
    sign_count: int
    transports: list[str]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a browser is asked, as JSON, and the challenge in it."""

    options: dict[str, Any]
    challenge: bytes


def are_possible() -> bool:
    """Whether browsers make passkeys for the platform's address: for names they do, for numbers not."""
    try:
        ipaddress.ip_address(_host())
    except ValueError:
        return bool(_host())
    return False


def ask_for_new(user: User) -> Question:
    """The question to a device to make a passkey. Raises `PasskeysUnavailable`."""
    if not are_possible():
        raise PasskeysUnavailable
    options = webauthn.generate_registration_options(
        rp_id=_host(),
        rp_name=settings.SITE_NAME,
        user_id=user.pk.bytes,
        user_name=user.email,
        user_display_name=user.display_name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=UserVerificationRequirement.PREFERRED
        ),
        exclude_credentials=_descriptors(user),
    )
    return Question(options=json.loads(webauthn.options_to_json(options)), challenge=options.challenge)


def check_new(answer: Mapping[str, Any], *, challenge: bytes) -> NewPasskey:
    """What the device made. Raises `PasskeyRefused`."""
    try:
        made = webauthn.verify_registration_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
        )
        given = answer["response"].get("transports") or []
        transports = [each for each in given if each in TRANSPORTS]
    except Exception as error:
        log.info("factors.passkey_refused", reason=type(error).__name__)
        raise PasskeyRefused from error
    return NewPasskey(
        credential_id=bytes_to_base64url(made.credential_id),
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=transports,
    )


def ask_for_proof(user: User) -> Question:
    """The question to a device to prove that it has one of the person's passkeys. Raises `PasskeysUnavailable`."""
    if not are_possible():
        raise PasskeysUnavailable
    options = webauthn.generate_authentication_options(rp_id=_host(), allow_credentials=_descriptors(user))
    return Question(options=json.loads(webauthn.options_to_json(options)), challenge=options.challenge)


def check_answer(answer: Mapping[str, Any], *, challenge: bytes, passkey: Passkey) -> int | None:
    """The device's new count of signatures, None for an answer that proves nothing.

    A count that does not grow, where a device counts, is refused by the library: the passkey was copied.
    """
    try:
        verified = webauthn.verify_authentication_response(
            credential=dict(answer),
            expected_challenge=challenge,
            expected_rp_id=_host(),
            expected_origin=_origin(),
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except Exception as error:  # noqa: BLE001 - as above
        log.info("factors.passkey_refused", reason=type(error).__name__)
        return None
    return verified.new_sign_count


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or ""


def _origin() -> str:
    address = urlsplit(settings.SITE_URL)
    return f"{address.scheme}://{address.netloc}"


def _descriptors(user: User) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=base64url_to_bytes(passkey.credential_id),
            transports=[AuthenticatorTransport(each) for each in passkey.transports],
        )
        for passkey in Passkey.objects.filter(user=user)
    ]
