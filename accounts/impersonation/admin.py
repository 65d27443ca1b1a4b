"""The page of a person in the admin from which staff begin to see as them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from unfold.decorators import action
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.factors.gate import ask_page, stepped_up
from accounts.identity.models import User
from accounts.impersonation.actions import LASTS, SHORTEST_REASON, may_impersonate, start_impersonation
from accounts.impersonation.middleware import KEY
from accounts.sessions.tracking import session_id
from config.kernel.errors import DomainError

FRONT_END = "/"


class ReasonForm(forms.Form):
    """Why somebody's pages are looked at."""

    reason = forms.CharField(
        label="Why", min_length=SHORTEST_REASON, max_length=200, widget=UnfoldAdminTextInputWidget()
    )


class SeeAs:
    """Mixin for the admin of people."""

    def has_see_as_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Who has the power; whom they may see as is decided when they do."""
        return isinstance(request.user, User) and may_impersonate(request.user)

    @action(description="See what they see", url_path="see-as", icon="visibility", permissions=["see_as"])
    @stepped_up
    def see_as(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the reason, then open the front end as this person."""
        pages: Any = self
        user, staff = pages.get_object(request, object_id), request.user
        if not isinstance(user, User) or not isinstance(staff, User):
            raise PermissionDenied
        form = ReasonForm(request.POST or None)
        if request.method != "POST" or not form.is_valid():
            return ask_page(
                request,
                form=form,
                title=f"See the platform as {user}",
                words=(
                    f"For {LASTS.seconds // 60} minutes you see what they see and can change nothing. "
                    "The reason is on record, and in the file that they get when they ask for their data."
                ),
                button="See what they see",
            )
        try:
            started = start_impersonation(
                user=user.pk,
                session=session_id(request.session),
                reason=form.cleaned_data["reason"],
                actor=staff,
                now=timezone.now(),
            )
        except DomainError as refusal:
            pages.message_user(request, refusal.detail, messages.ERROR)
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[user.pk]))
        request.session[KEY] = str(started.pk)
        return HttpResponseRedirect(FRONT_END)
