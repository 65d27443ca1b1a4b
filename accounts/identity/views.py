"""Whether somebody is signed in, and allauth's endpoints where they have to do more than allauth does.

Signing in and out is allauth's own, under `/_allauth/browser/v1/`.
"""

from typing import Any

from allauth.account.internal.flows.email_verification import login_on_verification
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.headless.account import views as allauth
from allauth.headless.base.response import AuthenticationResponse, ConflictResponse
from allauth.headless.internal.restkit.response import APIResponse
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.decorators import method_decorator
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.factors.duties import standing_of
from accounts.identity.errors import LinkNotValid
from accounts.identity.serializers import SessionOut, VerificationIn
from accounts.identity.sign_up import SignUpInput
from accounts.identity.verification import verify_address, verify_by_link


class SessionView(APIView):
    """The first thing a front end asks."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="session", responses=SessionOut)
    def get(self, request: Request) -> Response:
        """Whether I am signed in; sets the CSRF cookie that everything which changes something needs."""
        get_token(request._request)  # noqa: SLF001  # Django's own request
        original = request._request  # noqa: SLF001  # as above
        standing = standing_of(original.user, original.session)
        return Response({"authenticated": request.user.is_authenticated, "second_factor": standing})


class VerificationView(APIView):
    """The link of the letter that verifies an address. It works in any browser, and signs nobody in."""

    permission_classes = (AllowAny,)
    rate = "links"
    refuses = (LinkNotValid,)

    @extend_schema(operation_id="verify_address", request=VerificationIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Verify the address that the letter was sent to."""
        verify_by_link(key=VerificationIn.parse(request).key, now=timezone.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@method_decorator(transaction.atomic, name="post")
class SignUpView(allauth.SignupView):  # type: ignore[misc]  # allauth is not typed
    """The person, their letter and what the journal says of it, or nothing."""

    input_class = {"POST": SignUpInput}


class VerifyView(allauth.VerifyEmailView):  # type: ignore[misc]  # allauth is not typed
    """The code of the letter, in the browser that signed up."""

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Verify and sign in; also when the letter's link has verified the address meanwhile."""
        address = self.process.email_address
        if not address.verified:
            self.process.finish()
        signed_in = login_on_verification(request, address) if self.stage else None
        answer: HttpResponse = AuthenticationResponse.from_response(request, signed_in)
        return answer


class ResendView(allauth.ResendEmailVerificationCodeView):  # type: ignore[misc]  # allauth is not typed
    """Another code. For an address that has an account already its owner gets another letter too."""

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send it, a few times at most and not too often."""
        process = EmailVerificationProcess.resume(request)
        if process is None or not process.can_resend:
            refusal: HttpResponse = ConflictResponse(request)
            return refusal
        process.generate_code()
        process.send()
        process.record_resend()
        process.persist()
        sent: HttpResponse = APIResponse(request)
        return sent


class ResetPasswordView(allauth.ResetPasswordView):  # type: ignore[misc]  # allauth is not typed
    """The link of the letter has come to the address, so the address is verified too."""

    @method_decorator(transaction.atomic)
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Set the password. Nobody is signed in by it, and everybody who was is out."""
        answer: HttpResponse = super().post(request, *args, **kwargs)
        verify_address(user=self.input.user, by="reset", now=timezone.now())
        return answer


@method_decorator(transaction.atomic, name="post")
class RequestPasswordResetView(allauth.RequestPasswordResetView):  # type: ignore[misc]  # allauth is not typed
    """A letter to whoever has the address, with an account or without."""


@method_decorator(transaction.atomic, name="post")
class ChangePasswordView(allauth.ChangePasswordView):  # type: ignore[misc]  # allauth is not typed
    """Another password for who knows the present one. The other sessions end, this one stays."""
