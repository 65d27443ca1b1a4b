"""What people hold in their hands: authenticator apps and passkeys, as the tests have them."""

import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice
from webauthn.helpers import bytes_to_base64url, encode_cbor

from tests.cast import WatchedClient

STEP_UP = "/api/v1/me/step-up/"
AUTHENTICATORS = "/api/v1/me/factors/authenticators/"
PASSKEYS = "/api/v1/me/factors/passkeys/"
ORIGIN = "http://testserver"


def code_of(device: TOTPDevice, *, steps: int = 0) -> str:
    """The code that the app shows, so many half minutes from now."""
    device.refresh_from_db()
    return f"{totp(device.bin_key, device.step, device.t0 - steps * device.step, device.digits):06d}"


def enrol(client: WatchedClient) -> tuple[TOTPDevice, list[str]]:
    """Add an authenticator app as its owner does. Returns it with the recovery codes."""
    begun = client.post(AUTHENTICATORS, {"name": "Phone"})
    assert begun.status_code == 201, begun.json()
    device = TOTPDevice.objects.get(pk=begun.json()["id"])
    # The code before the present one, so that the present one is still good for signing in.
    answer = client.post(f"{AUTHENTICATORS}{device.pk}/confirmation/", {"code": code_of(device, steps=-1)})
    assert answer.status_code == 200, answer.json()
    device.refresh_from_db()
    return device, answer.json()["recovery_codes"]


class SoftKey:
    """A passkey in software (WebAuthn, level 3, section 6): one key on the curve P-256, attestation "none"."""

    def __init__(self, *, rp_id: str = "testserver", origin: str = ORIGIN) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = os.urandom(32)
        self.rp_id, self.origin = rp_id, origin
        self.count = 0

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.create()` gives."""
        numbers = self.key.public_key().public_numbers()
        cose = encode_cbor({1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)})
        attested = bytes(16) + len(self.id).to_bytes(2) + self.id + cose
        attestation = encode_cbor({"fmt": "none", "attStmt": {}, "authData": self._data(0x41) + attested})
        return self._credential(
            {
                "clientDataJSON": bytes_to_base64url(self._client_data("webauthn.create", options)),
                "attestationObject": bytes_to_base64url(attestation),
                "transports": ["internal"],
            }
        )

    def answer(self, options: dict[str, Any]) -> dict[str, Any]:
        """What `navigator.credentials.get()` gives."""
        self.count += 1
        data, client_data = self._data(0x01), self._client_data("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": bytes_to_base64url(client_data),
                "authenticatorData": bytes_to_base64url(data),
                "signature": bytes_to_base64url(signature),
            }
        )

    def _credential(self, response: dict[str, Any]) -> dict[str, Any]:
        key = bytes_to_base64url(self.id)
        return {"id": key, "rawId": key, "type": "public-key", "response": response}

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.rp_id.encode()).digest() + bytes([flags]) + self.count.to_bytes(4)

    def _client_data(self, kind: str, options: dict[str, Any]) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()


def register(client: WatchedClient, key: SoftKey) -> Any:
    """Add a passkey as its owner does."""
    options = client.post(f"{PASSKEYS}options/").json()["options"]
    return client.post(PASSKEYS, {"name": "Laptop", "credential": key.make(options)})


def answer_with(client: WatchedClient, key: SoftKey) -> Any:
    """Prove oneself with a passkey."""
    options = client.post(f"{STEP_UP}passkey-options/").json()["options"]
    return client.post(STEP_UP, {"passkey": key.answer(options)})
