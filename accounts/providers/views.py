"""Which accounts elsewhere are linked. Only what allauth's own view leaves open."""

from typing import Any

from allauth.headless.socialaccount.views import ManageProvidersView
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from accounts.factors.errors import StepUpRequired
from accounts.factors.methods import methods_of
from accounts.factors.proofs import is_fresh
from accounts.identity.models import User
from config.http.problems import answer as answer_refusal


class LinkedAccountsView(ManageProvidersView):  # type: ignore[misc]  # allauth is not typed
    """GET and DELETE account/providers; unlinking asks for a fresh proof, as `step_up` does in views of our own."""

    @transaction.atomic
    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One at a time: two that are unlinked at once must not both believe that the other remains."""
        if request.method == "DELETE" and isinstance(request.user, User):
            if not is_fresh(request.user, request.session, now=timezone.now()):
                return answer_refusal(StepUpRequired(members={"methods": methods_of(request.user)}), request)
            User.objects.select_for_update().get(pk=request.user.pk)
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer
