"""The admin of the platform: staff with a second factor, the platform's own pages, and a first page with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django_otp.forms import OTPAuthenticationFormMixin
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.forms import AuthenticationForm
from unfold.sites import UnfoldAdminSite
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.models import User

OWN_APPS = frozenset({"config", "accounts", "academies", "exams", "tutoring", "gamification", "analytics"})


NO_FACTOR = "If none is set up for you yet, ask an administrator of the server: manage.py add_factor."


class SignInForm(OTPAuthenticationFormMixin, AuthenticationForm):  # type: ignore[misc]  # neither library is typed
    """Address, password and, where a second factor is demanded, its code."""

    otp_error_messages = {
        **OTPAuthenticationFormMixin.otp_error_messages,
        "token_required": f"Enter the code of your authenticator app. {NO_FACTOR}",
        "device_required": NO_FACTOR,
        "invalid_token": "The code is not right. Codes change every 30 seconds and count once.",
    }

    otp_token = forms.CharField(
        label="Code of the authenticator app",
        required=False,
        max_length=16,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Address"
        if not settings.ADMIN_SECOND_FACTOR:
            del self.fields["otp_token"]

    def clean(self) -> dict[str, Any]:
        """First the password, then the code."""
        cleaned: dict[str, Any] = super().clean()
        if settings.ADMIN_SECOND_FACTOR:
            self.clean_otp(self.get_user())
        return cleaned

    def _chosen_device(self, user: User) -> TOTPDevice | None:
        # Staff have one device. It is locked, so that a code counts once even when it is sent twice at once.
        return TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()

    def _update_form(self, user: User) -> None:
        """Show the form again without the password, which the library would put into the page."""


@dataclass(frozen=True)
class Figure:
    """A number on the first page, and where it leads."""

    title: str
    count: int
    link: str
    is_alarming: bool = False


@dataclass(frozen=True)
class _Count:
    title: str
    model: str
    where: Q
    query: str = ""
    is_alarm: bool = False


COUNTS = (
    _Count("Academies", "academies.academy", Q(suspended_at=None), "state=open"),
    _Count("Current members", "academies.membership", Q(ended_at=None), "current=yes"),
    _Count("Exams being sat", "exams.attempt", Q(state="in_progress"), "state__exact=in_progress"),
    _Count("Exams waiting to be marked", "exams.attempt", Q(state="submitted"), "state__exact=submitted"),
    _Count("Events given up", "accounts.delivery", Q(state="dead"), "state__exact=dead", is_alarm=True),
)


class ProficientAdminSite(UnfoldAdminSite):  # type: ignore[misc]  # unfold is not typed
    """Only for staff and, where `ADMIN_SECOND_FACTOR` says so, only with a verified second factor."""

    site_title = "ProficientHub"
    site_header = "ProficientHub"
    index_title = "Overview"
    login_form = SignInForm
    login_template = "admin/sign_in.html"
    index_template = "admin/overview.html"
    enable_nav_sidebar = True

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Only the platform's own pages: those that libraries bring along know nothing of academies or the journal."""
        if admin_class is None or admin_class.__module__.partition(".")[0] in OWN_APPS:
            super().register(model_or_iterable, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody gets in: not who asked to be erased, nor a session without a second factor."""
        if not super().has_permission(request) or getattr(request.user, "erasure_due_at", None) is not None:
            return False
        return not settings.ADMIN_SECOND_FACTOR or bool(request.user.is_verified())  # type: ignore[union-attr]  # django-otp

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The first page."""
        figures = {"figures": list(self._figures(request))}
        page: TemplateResponse = super().index(request, {**figures, **(extra_context or {})})
        return page

    def _figures(self, request: HttpRequest) -> Iterator[Figure]:
        pages = {f"{model._meta.app_label}.{model._meta.model_name}": page for model, page in self._registry.items()}
        for count in COUNTS:
            page = pages.get(count.model)
            if page is None or not page.has_view_or_change_permission(request):
                continue
            # The page's own rows: an academy's staff count theirs alone.
            number = page.get_queryset(request).filter(count.where).count()
            link = reverse(f"admin:{count.model.replace('.', '_')}_changelist")
            yield Figure(count.title, number, f"{link}?{count.query}", is_alarming=count.is_alarm and number > 0)
