"""The page on which a new member of staff chooses a password."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone
from unfold.widgets import UnfoldAdminPasswordWidget

from accounts.events import UserChanged
from accounts.journal.record import record


class PasswordForm(SetPasswordForm):  # type: ignore[type-arg]  # Django's own takes no argument
    """A password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})


class ChoosePasswordView(PasswordResetConfirmView):
    """GET, POST /admin/choose-password/{user}/{token}/. The token leaves the address before the page is shown."""

    form_class = PasswordForm
    template_name = "admin/accounts/choose_password.html"
    success_url = reverse_lazy("admin:login")
    title = "Choose a password"

    @transaction.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Set it, and say so in the journal."""
        answer: HttpResponse = super().form_valid(form)
        record(UserChanged(user_id=form.user.pk, fields=["password"]), actor=form.user, now=timezone.now())
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the admin's pages need."""
        return {**admin.site.each_context(self.request), **super().get_context_data(**kwargs)}
