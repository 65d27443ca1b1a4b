"""Linking accounts elsewhere: what allauth's own views leave open."""

from typing import Any

from allauth.headless.socialaccount.views import ManageProvidersView, RedirectToProviderView
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.factors.errors import StepUpRequired
from accounts.factors.methods import methods_of
from accounts.factors.proofs import is_fresh
from accounts.identity.models import User
from config.http.problems import answer as answer_refusal

_FAILED = settings.HEADLESS_FRONTEND_URLS["socialaccount_login_error"]


class LinkingView(APIView):
    """Asked before a browser is sent to a provider to link an account: on the way it cannot be asked for a proof."""

    step_up = ("POST",)
    rate = "prove"

    @extend_schema(operation_id="may_link", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Whether I may link an account now."""
        return Response(status=204)


class ProviderRedirectView(RedirectToProviderView):  # type: ignore[misc]  # allauth is not typed
    """POST auth/provider/redirect"""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """To the provider. Another way into an account is opened by who has just proved that it is theirs."""
        is_linking = request.POST.get("process") == AuthProcess.CONNECT
        if is_linking and isinstance(request.user, User) and not _has_fresh_proof(request, request.user):
            return HttpResponseRedirect(f"{_FAILED}?error={StepUpRequired.code}")
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer


class LinkedAccountsView(ManageProvidersView):  # type: ignore[misc]  # allauth is not typed
    """GET and DELETE account/providers; unlinking asks for a fresh proof, as `step_up` does in views of our own."""

    @transaction.atomic
    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One at a time: two that are unlinked at once must not both believe that the other remains."""
        if request.method == "DELETE" and isinstance(request.user, User):
            if not _has_fresh_proof(request, request.user):
                return answer_refusal(StepUpRequired(members={"methods": methods_of(request.user)}), request)
            User.objects.select_for_update().get(pk=request.user.pk)
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer


def _has_fresh_proof(request: HttpRequest, user: User) -> bool:
    return bool(is_fresh(user, request.session, now=timezone.now()))
