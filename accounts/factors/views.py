"""One's own second factors, and proving one."""

import base64
from datetime import timedelta
from io import BytesIO
from typing import Any, ClassVar, TypeVar
from uuid import UUID

import qrcode
from django.contrib.auth import authenticate, update_session_auth_hash
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice
from drf_spectacular.utils import extend_schema
from qrcode.image.svg import SvgPathImage
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.factors import passkeys
from accounts.factors.actions import (
    add_passkey,
    confirm_authenticator,
    remove_factor,
    rename_factor,
    renew_recovery_codes,
    start_authenticator,
)
from accounts.factors.duties import must_have_factor
from accounts.factors.errors import (
    NoFactor,
    PasskeyRefused,
    PasskeysUnavailable,
    PasskeyTaken,
    TooManyFactors,
    TooManyWrongCodes,
    WrongPassword,
    WrongProof,
)
from accounts.factors.methods import Method, methods_of
from accounts.factors.models import Passkey, RecoveryCode
from accounts.factors.proofs import owes_factor, remember_proof
from accounts.factors.proving import prove_by_code, prove_by_passkey, refuse_proof
from accounts.factors.serializers import (
    AuthenticatorOut,
    CodeIn,
    EnrolledOut,
    FactorNameIn,
    FactorsOut,
    NewAuthenticatorOut,
    PasskeyIn,
    PasskeyOut,
    PasskeyQuestionOut,
    ProofIn,
    StepUpOut,
)
from accounts.identity.models import User
from accounts.identity.requests import received_at, signed_in

_CHALLENGE = "passkey_challenge"
_CHALLENGE_LASTS = timedelta(minutes=5)

Row = TypeVar("Row", bound=models.Model)


class FactorsView(APIView):
    """What there is."""

    @extend_schema(operation_id="factors", responses=FactorsOut)
    def get(self, request: Request) -> Response:
        """My second factors."""
        user = signed_in(request)
        return Response(
            FactorsOut(
                {
                    "authenticators": TOTPDevice.objects.filter(user=user, confirmed=True).order_by("pk"),
                    "passkeys": Passkey.objects.filter(user=user),
                    "recovery_codes_left": RecoveryCode.objects.unused_of(user).count(),
                    "is_required": must_have_factor(user),
                    "are_passkeys_possible": passkeys.are_possible(),
                }
            ).data
        )


class AuthenticatorsView(APIView):
    """New authenticator apps (RFC 6238)."""

    step_up = ("POST",)
    rate = "prove"
    refuses = (TooManyFactors,)

    @extend_schema(operation_id="add_authenticator", request=FactorNameIn, responses={201: NewAuthenticatorOut})
    def post(self, request: Request) -> Response:
        """Begin with an app: the secret is shown once, and counts when a first code was confirmed."""
        wanted = FactorNameIn.parse(request)
        device = start_authenticator(user=signed_in(request), name=wanted.name)
        shown = {
            "id": device.pk,
            "secret": _in_groups(base64.b32encode(device.bin_key).decode()),
            "url": device.config_url,
            "qr_svg": _picture_of(device.config_url),
        }
        return Response(NewAuthenticatorOut(shown).data, status=201)


class AuthenticatorConfirmationView(APIView):
    """The first code of a new authenticator app."""

    step_up = ("POST",)
    rate = "prove"
    refuses = (WrongProof, TooManyWrongCodes)

    @extend_schema(operation_id="confirm_authenticator", request=CodeIn, responses=EnrolledOut)
    def post(self, request: Request, authenticator: int) -> Response:
        """Count the app from now on. My other sessions end."""
        code = "".join(CodeIn.parse(request).code.split())
        enrolled = confirm_authenticator(
            user=signed_in(request), authenticator=authenticator, code=code, now=received_at(request)
        )
        keep_session(request, by=Method.AUTHENTICATOR)
        return Response(EnrolledOut({"recovery_codes": enrolled.recovery_codes}).data)


class AuthenticatorView(APIView):
    """One authenticator app."""

    step_up = ("DELETE",)
    rate = "prove"

    @extend_schema(operation_id="rename_authenticator", request=FactorNameIn, responses=AuthenticatorOut)
    def patch(self, request: Request, authenticator: int) -> Response:
        """Call it something else."""
        wanted = FactorNameIn.parse(request)
        device = TOTPDevice.objects.get(user=signed_in(request), pk=authenticator, confirmed=True)
        return Response(AuthenticatorOut(rename_factor(factor=device, name=wanted.name)).data)

    @extend_schema(operation_id="remove_authenticator", responses={204: None})
    def delete(self, request: Request, authenticator: int) -> Response:
        """Remove it. My other sessions end."""
        device = TOTPDevice.objects.get(user=signed_in(request), pk=authenticator, confirmed=True)
        return _removed(request, device)


class PasskeyOptionsView(APIView):
    """The question to a device that is to make a passkey."""

    step_up = ("POST",)
    rate = "prove"
    refuses = (PasskeysUnavailable,)

    @extend_schema(operation_id="passkey_options", request=None, responses=PasskeyQuestionOut)
    def post(self, request: Request) -> Response:
        """What to ask `navigator.credentials.create()`."""
        return _asked(request, passkeys.ask_for_new(signed_in(request)), purpose="new")


class PasskeysView(APIView):
    """New passkeys."""

    step_up = ("POST",)
    rate = "prove"
    refuses = (PasskeyRefused, PasskeyTaken, TooManyFactors)

    @extend_schema(operation_id="add_passkey", request=PasskeyIn, responses={201: EnrolledOut})
    def post(self, request: Request) -> Response:
        """Count the passkey that a device has made. My other sessions end with the first factor."""
        wanted = PasskeyIn.parse(request)
        made = passkeys.check_new(wanted.credential, challenge=_challenge(request, purpose="new"))
        enrolled = add_passkey(user=signed_in(request), name=wanted.name, passkey=made, now=received_at(request))
        keep_session(request, by=Method.PASSKEY)
        return Response(EnrolledOut({"recovery_codes": enrolled.recovery_codes}).data, status=201)


class PasskeyView(APIView):
    """One passkey."""

    step_up = ("DELETE",)
    rate = "prove"

    @extend_schema(operation_id="rename_passkey", request=FactorNameIn, responses=PasskeyOut)
    def patch(self, request: Request, passkey: UUID) -> Response:
        """Call it something else."""
        wanted = FactorNameIn.parse(request)
        named = rename_factor(factor=Passkey.objects.get(user=signed_in(request), pk=passkey), name=wanted.name)
        return Response(PasskeyOut(named).data)

    @extend_schema(operation_id="remove_passkey", responses={204: None})
    def delete(self, request: Request, passkey: UUID) -> Response:
        """Remove it. My other sessions end."""
        return _removed(request, Passkey.objects.get(user=signed_in(request), pk=passkey))


class RecoveryCodesView(APIView):
    """New recovery codes."""

    step_up = ("POST",)
    rate = "prove"
    refuses = (NoFactor,)

    @extend_schema(operation_id="renew_recovery_codes", request=None, responses={201: EnrolledOut})
    def post(self, request: Request) -> Response:
        """Ten codes, shown once. Those before are worthless."""
        user = signed_in(request)
        codes = renew_recovery_codes(user=user, actor=user, now=received_at(request))
        return Response(EnrolledOut({"recovery_codes": codes}).data, status=201)


class ProvingView(APIView):
    """The base of what is open to a session that is signed in by half."""

    permission_classes = (IsAuthenticated,)
    # Also to who has asked to be erased and wants to change their mind.
    is_open_before_erasure = True
    rate: ClassVar[dict[str, str]] = {"POST": "prove"}


class StepUpView(ProvingView):
    """Proving who sits here: the second factor after signing in, and once more before what is dangerous."""

    refuses: ClassVar[dict[str, Any]] = {"POST": (WrongProof, WrongPassword, PasskeyRefused, TooManyWrongCodes)}

    @extend_schema(operation_id="step_up_methods", responses=StepUpOut)
    def get(self, request: Request) -> Response:
        """What I can prove myself with."""
        return Response(StepUpOut({"methods": methods_of(signed_in(request))}).data)

    @extend_schema(operation_id="step_up", request=ProofIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Prove it. The proof is fresh for ten minutes."""
        [(kind, given)] = ProofIn.parse(request).items()
        user, now = signed_in(request), received_at(request)
        if kind == "code":
            method = prove_by_code(user=user, code=given, now=now)
        elif kind == "passkey":
            challenge = _challenge(request, purpose="proof")
            method = prove_by_passkey(user=user, answer=given, challenge=challenge, now=now)
        else:
            method = _prove_by_password(request, user, given)
        remember(request, user, by=method)
        return Response(status=204)


class StepUpPasskeyView(ProvingView):
    """The question to a device that has a passkey."""

    refuses = (PasskeysUnavailable,)

    @extend_schema(operation_id="step_up_passkey_options", request=None, responses=PasskeyQuestionOut)
    def post(self, request: Request) -> Response:
        """What to ask `navigator.credentials.get()`."""
        return _asked(request, passkeys.ask_for_proof(signed_in(request)), purpose="proof")


def remember(request: Request, user: User, *, by: Method) -> None:
    """Note the proof; a session that becomes more than it was gets another key, so that nobody knows it from before."""
    session = request._request.session  # noqa: SLF001  # Django's own request
    if owes_factor(user, session):
        session.cycle_key()
    remember_proof(session, by=by, now=received_at(request))


def keep_session(request: Request, *, by: Method) -> None:
    """Carry this session over a change of the factors, which ends all others."""
    user = signed_in(request)
    user.refresh_from_db(fields=["has_factor", "factors_changed_at"])
    update_session_auth_hash(request._request, user)  # noqa: SLF001  # Django's own request
    remember_proof(request._request.session, by=by, now=received_at(request))  # noqa: SLF001


def _removed(request: Request, factor: TOTPDevice | Passkey) -> Response:
    user, proof = signed_in(request), request._request.session["proof"]  # noqa: SLF001  # Django's own request
    remove_factor(user=user, factor=factor, actor=user, now=received_at(request))
    keep_session(request, by=Method(proof["by"]))
    return Response(status=204)


def _asked(request: Request, question: passkeys.Question, *, purpose: str) -> Response:
    request._request.session[_CHALLENGE] = {  # noqa: SLF001  # Django's own request
        "purpose": purpose,
        "challenge": base64.b64encode(question.challenge).decode(),
        "at": received_at(request).timestamp(),
    }
    return Response(PasskeyQuestionOut({"options": question.options}).data)


def _challenge(request: Request, *, purpose: str) -> bytes:
    """The challenge that was given for this purpose; it can be asked for once. Raises `PasskeyRefused`."""
    kept = request._request.session.pop(_CHALLENGE, None)  # noqa: SLF001  # Django's own request
    is_good = (
        kept is not None
        and kept["purpose"] == purpose
        and received_at(request).timestamp() - kept["at"] < _CHALLENGE_LASTS.total_seconds()
    )
    if not is_good:
        raise PasskeyRefused
    return base64.b64decode(kept["challenge"])


def _prove_by_password(request: Request, user: User, password: str) -> Method:
    """For people without a factor; a wrong one counts as a failed sign-in does. Raises `WrongPassword`."""
    if user.has_factor:
        refuse_proof(user=user, method=Method.PASSWORD, now=received_at(request))
        raise WrongPassword("Prove your second factor instead.")
    found = authenticate(request._request, email=user.email, password=password)  # noqa: SLF001
    if found is None or found.pk != user.pk:
        refuse_proof(user=user, method=Method.PASSWORD, now=received_at(request))
        raise WrongPassword
    return Method.PASSWORD


def _picture_of(url: str) -> str:
    drawn = BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=2).save(drawn)
    return drawn.getvalue().decode()


def _in_groups(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
