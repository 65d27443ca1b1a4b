"""The step-up of the admin: its dangerous pages lead to one that asks for a proof, and back."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminTextInputWidget

from accounts.factors.methods import Method, methods_of
from accounts.factors.proofs import is_fresh, remember_proof
from accounts.factors.proving import prove_by_code, refuse_proof
from accounts.identity.models import User
from config.kernel.errors import DomainError

ADMIN = "/admin/"


def step_up_first(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks for a proof; None for a session that has a fresh one."""
    user = request.user
    if isinstance(user, User) and is_fresh(user, request.session, now=timezone.now()):
        return None
    return HttpResponseRedirect(f"{reverse('admin:step_up')}?{urlencode({'next': request.get_full_path()})}")


def stepped_up(page: Callable[..., Any]) -> Callable[..., Any]:
    """Decorator for the methods of an admin page that need a fresh proof."""

    @wraps(page)
    def gated(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return step_up_first(request) or page(self, request, *args, **kwargs)

    return gated


class StepUpFirst:
    """Mixin for pages whose rows give people rights: who may change a row proves who they are before it opens."""

    def gives_rights(self, request: HttpRequest) -> bool:
        """Whether this person could give rights here."""
        return bool(self.has_change_permission(request))  # type: ignore[attr-defined]  # of the ModelAdmin

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page for one row."""
        away = step_up_first(request) if self.gives_rights(request) else None
        return away or super().changeform_view(request, *args, **kwargs)  # type: ignore[misc]  # as above


class StepUpForm(forms.Form):
    """A code, or the password of who has no second factor."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        user: Any = request.user
        self.user = user
        self.proved_by = Method.PASSWORD
        if self.user.has_factor:
            widget: Any = UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code", "autofocus": True})
            label = "Code of your authenticator app, or a recovery code"
        else:
            widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "current-password", "autofocus": True})
            label = "Your password"
        self.fields["proof"] = forms.CharField(label=label, max_length=128, strip=False, widget=widget)

    def clean_proof(self) -> str:
        """Right, or counted as a wrong try."""
        given: str = self.cleaned_data["proof"]
        now = timezone.now()
        if not self.user.has_factor:
            found = authenticate(self.request, email=self.user.email, password=given)
            if found is None or found.pk != self.user.pk:
                refuse_proof(user=self.user, method=Method.PASSWORD, now=now)
                raise forms.ValidationError("The password is not right.", code="wrong_proof")
            return given
        try:
            self.proved_by = prove_by_code(user=self.user, code=given, now=now)
        except DomainError as refusal:
            raise forms.ValidationError(refusal.detail, code=refusal.code) from refusal
        return given


def step_up_page(request: HttpRequest) -> HttpResponse:
    """The page that asks, and leads back into the admin."""
    wanted = request.GET.get("next", "")
    is_ours = wanted.startswith(ADMIN) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    back = wanted if is_ours else ADMIN
    form = StepUpForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        remember_proof(request.session, by=form.proved_by, now=timezone.now())
        return HttpResponseRedirect(back)
    has_passkey = Method.PASSKEY in methods_of(request.user)
    return ask_page(
        request,
        form=form,
        title="Prove once more that it is you",
        words="What comes next is dangerous in the wrong hands. Your proof is good for ten minutes.",
        button="Go on",
        elsewhere=f"/second-factor?{urlencode({'next': back})}" if has_passkey else "",
    )


def ask_page(
    request: HttpRequest, *, form: forms.Form, title: str, words: str, button: str, **more: Any
) -> HttpResponse:
    """A page with one question. `more` are further values of its template."""
    context = {**admin.site.each_context(request), "form": form, "title": title, "words": words, "button": button}
    return TemplateResponse(request, "admin/accounts/ask.html", {**context, **more})
