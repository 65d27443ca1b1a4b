"""The admin of the platform: staff with a second factor, the platform's own pages, and a first page with numbers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils import timezone
from unfold.forms import AuthenticationForm
from unfold.sites import UnfoldAdminSite
from unfold.widgets import UnfoldAdminTextInputWidget

from accounts.factors.gate import step_up_page
from accounts.factors.methods import Method
from accounts.factors.proofs import has_proved_factor
from accounts.factors.proving import prove_by_code
from accounts.identity.choose_password import ChoosePasswordView
from accounts.models import User
from accounts.security.page import security_page
from config.admin_powers import powers_page
from config.kernel.errors import DomainError

OWN_APPS = frozenset({"config", "accounts", "academies", "exams", "tutoring", "gamification", "analytics"})


NO_FACTOR = "If none is set up for you yet, ask an administrator of the server: manage.py add_factor."


class SignInForm(AuthenticationForm):  # type: ignore[misc]  # unfold is not typed
    """Address, password and the code of a second factor, for who has one or needs one."""

    otp_token = forms.CharField(
        label="Code of the authenticator app, or a recovery code",
        required=False,
        max_length=64,
        widget=UnfoldAdminTextInputWidget(attrs={"autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Address"

    def clean(self) -> dict[str, Any]:
        """First the password, then the code."""
        cleaned: dict[str, Any] = super().clean()
        user = self.get_user()
        if user is not None and (user.has_factor or settings.ADMIN_SECOND_FACTOR):
            user.proved_by = self._prove(user, cleaned.get("otp_token") or "")
        return cleaned

    def _prove(self, user: User, code: str) -> Method:
        if not user.has_factor:
            raise forms.ValidationError(NO_FACTOR, code="no_factor")
        if not code:
            raise forms.ValidationError("Enter the code of your authenticator app.", code="code_required")
        try:
            return prove_by_code(user=user, code=code, now=timezone.now())
        except DomainError as refusal:
            raise forms.ValidationError(refusal.detail, code=refusal.code) from refusal


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
    """Only for staff; who has a second factor has proved it, and where `ADMIN_SECOND_FACTOR` says so, all have one."""

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
        user = request.user
        if isinstance(user, User) and (user.has_factor or settings.ADMIN_SECOND_FACTOR):
            return user.has_factor and has_proved_factor(request.session)
        return True

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of the models, and those that are about no model."""
        own = [
            path("security/", self.admin_view(security_page), name="security"),
            path("powers/", self.admin_view(powers_page), name="powers"),
            path("step-up/", self.admin_view(step_up_page), name="step_up"),
            path("choose-password/<uidb64>/<token>/", ChoosePasswordView.as_view(), name="choose_password"),
        ]
        return [*own, *super().get_urls()]

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
