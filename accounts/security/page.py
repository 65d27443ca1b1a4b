"""The Security page of the admin: what happened, newest first, with filters; thirty days at a glance above."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from accounts.journal.events import Severity, security_kinds
from accounts.journal.history import sentence_of
from accounts.journal.models import JournalEntry
from accounts.journal.names import Names
from accounts.journal.querysets import JournalQuerySet
from accounts.models import User
from accounts.security.charts import sign_in_charts, worst_places
from accounts.violations.actions import worst_violations

PER_PAGE = 50
PERMISSION = "accounts.view_journalentry"
PERIODS = {"1": "Last day", "7": "Last 7 days", "30": "Last 30 days", "90": "Last 90 days", "": "All time"}


def may_see_security(request: HttpRequest) -> bool:
    """Whether the person is the platform's own staff and may read the journal."""
    user = request.user
    return isinstance(user, User) and user.is_platform_staff and user.has_perm(PERMISSION)


class Filters(forms.Form):
    """What to show."""

    kind = forms.ChoiceField(required=False, label="What happened", widget=UnfoldAdminSelectWidget)
    severity = forms.TypedChoiceField(
        required=False,
        label="Severity",
        coerce=int,
        empty_value=None,
        choices=[("", "Any"), (2, "Warnings and alarms"), (3, "Alarms")],
        widget=UnfoldAdminSelectWidget,
    )
    days = forms.ChoiceField(
        required=False, label="Period", choices=list(PERIODS.items()), widget=UnfoldAdminSelectWidget
    )
    person = forms.EmailField(required=False, label="Person (e-mail address)", widget=UnfoldAdminTextInputWidget)
    place = forms.GenericIPAddressField(required=False, label="Network", widget=UnfoldAdminTextInputWidget)
    device = forms.CharField(required=False, label="Device", max_length=80, widget=UnfoldAdminTextInputWidget)
    # The cursor: entries before this one.
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput, label="Position"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(kind, kind.replace(".", ": ").replace("_", " ").capitalize()) for kind in security_kinds()]
        self.fields["kind"].choices = [("", "Anything"), *kinds]  # type: ignore[attr-defined]  # a ChoiceField

    def chosen(self) -> JournalQuerySet:
        """The entries that fit, newest first. Nothing where a filter makes no sense."""
        entries = JournalEntry.objects.of_security().select_related("actor").order_by("-id")
        if not self.is_valid():
            return entries.none()
        wanted = self.cleaned_data
        entries = entries.filter(severity__gte=wanted["severity"] or Severity.NOTICE)
        exact = {"kind": wanted["kind"], "place": wanted["place"], "pk__lt": wanted["before"]}
        entries = entries.filter(**{name: value for name, value in exact.items() if value})
        if wanted["device"]:
            entries = entries.filter(device__icontains=wanted["device"])
        if wanted["days"]:
            entries = entries.filter(occurred_at__gte=timezone.now() - timedelta(days=int(wanted["days"])))
        if wanted["person"]:
            user = User.objects.filter(email=wanted["person"].lower()).first()
            entries = entries.concerning(user.pk) if user else entries.none()
        return entries


@require_safe
def security_page(request: HttpRequest) -> HttpResponse:
    """GET /admin/security/"""
    if not may_see_security(request):
        raise PermissionDenied
    filters = Filters(request.GET)
    # One more than is shown tells whether there are older ones.
    found = list(filters.chosen()[: PER_PAGE + 1])
    entries = found[:PER_PAGE]
    names = Names(entries)
    rows = [
        {
            "entry": entry,
            "sentence": sentence_of(entry),
            "severity": Severity(entry.severity).name.capitalize(),
            "about": names.about(entry),
            "user_id": entry.payload.get("user_id"),
        }
        for entry in entries
    ]
    now = timezone.now()
    # Who filters is looking for entries.
    is_overview = not any(request.GET.values())
    context = {
        **admin.site.each_context(request),
        "title": "Security",
        "filters": filters,
        "rows": rows,
        "older": _address(request, before=entries[-1].pk) if len(found) > PER_PAGE else "",
        "newest": _address(request) if "before" in request.GET else "",
        "is_overview": is_overview,
        "charts": sign_in_charts(now=now) if is_overview else [],
        "places": worst_places(now=now) if is_overview else [],
        "violations": worst_violations(now=now) if is_overview else [],
    }
    return TemplateResponse(request, "admin/accounts/security.html", context)


def _address(request: HttpRequest, **more: object) -> str:
    kept = {name: value for name, value in request.GET.items() if name in Filters.base_fields and name != "before"}
    return f"?{urlencode({**kept, **more})}"
