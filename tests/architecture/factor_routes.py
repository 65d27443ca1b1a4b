"""The routes of second factors: who gets what."""

from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.factors.models import Passkey
from tests.architecture.access import Access, Given, everybody
from tests.cast import Cast
from tests.factories.accounts import UserFactory


def _name(_: Cast) -> Given:
    return Given(body={"name": "Phone"})


def _authenticator_of_somebody_else(_: Cast) -> Given:
    device = TOTPDevice.objects.create(user=UserFactory(), name="Phone")
    return Given(path={"authenticator": device.pk}, body={"name": "Mine now"})


def _new_authenticator_of_somebody_else(_: Cast) -> Given:
    device = TOTPDevice.objects.create(user=UserFactory(), name="Phone", confirmed=False)
    return Given(path={"authenticator": device.pk}, body={"code": "123456"})


def _passkey_of_somebody_else(_: Cast) -> Given:
    passkey = Passkey.objects.create(user=UserFactory(), name="Laptop", credential_id="AAAA", public_key=b"")
    return Given(path={"passkey": passkey.pk}, body={"name": "Mine now"})


def _made_up_passkey(_: Cast) -> Given:
    return Given(body={"name": "Laptop", "credential": {"id": "AAAA"}})


def _wrong_password(_: Cast) -> Given:
    return Given(body={"password": "not the password"})


TABLE: dict[str, Access] = {
    "GET /api/v1/me/factors/": everybody(),
    "POST /api/v1/me/factors/authenticators/": everybody(201, given=_name),
    "PATCH /api/v1/me/factors/authenticators/{authenticator}/": everybody(404, given=_authenticator_of_somebody_else),
    "DELETE /api/v1/me/factors/authenticators/{authenticator}/": everybody(404, given=_authenticator_of_somebody_else),
    "POST /api/v1/me/factors/authenticators/{authenticator}/confirmation/": everybody(
        404, given=_new_authenticator_of_somebody_else
    ),
    "POST /api/v1/me/factors/passkeys/": everybody(400, given=_made_up_passkey),
    "POST /api/v1/me/factors/passkeys/options/": everybody(),
    "PATCH /api/v1/me/factors/passkeys/{passkey}/": everybody(404, given=_passkey_of_somebody_else),
    "DELETE /api/v1/me/factors/passkeys/{passkey}/": everybody(404, given=_passkey_of_somebody_else),
    # Nobody in the cast has a factor.
    "POST /api/v1/me/factors/recovery-codes/": everybody(409),
    "GET /api/v1/me/step-up/": everybody(),
    "POST /api/v1/me/step-up/": everybody(400, given=_wrong_password),
    "POST /api/v1/me/step-up/passkey-options/": everybody(),
}
