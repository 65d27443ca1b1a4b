"""Which accounts elsewhere are linked. Only what allauth's own view leaves open."""

from typing import Any

from allauth.headless.socialaccount.views import ManageProvidersView
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase

from accounts.identity.models import User


class LinkedAccountsView(ManageProvidersView):  # type: ignore[misc]  # allauth is not typed
    """GET and DELETE account/providers"""

    step_up = ("DELETE",)

    @transaction.atomic
    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """One at a time: two that are unlinked at once must not both believe that the other remains."""
        if request.method == "DELETE" and isinstance(request.user, User):
            User.objects.select_for_update().get(pk=request.user.pk)
        answer: HttpResponseBase = super().handle(request, *args, **kwargs)
        return answer
