"""How the admin looks and what its sidebar offers, grouped by job and not by table."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

# Job → models, in the order of the work. What is not built yet, or not open to the person, is left out.
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "Customers",
        (
            ("academies.Academy", "domain"),
            ("academies.Membership", "badge"),
            ("academies.Cohort", "groups"),
            ("academies.Invitation", "forward_to_inbox"),
        ),
    ),
    (
        "Content",
        (
            ("exams.ItemBank", "library_books"),
            ("exams.Domain", "category"),
            ("exams.Item", "quiz"),
            ("exams.ItemVersion", "history_edu"),
            ("exams.ReportCase", "flag"),
            ("exams.ItemStatistics", "query_stats"),
            ("exams.Stimulus", "article"),
            ("exams.Blueprint", "architecture"),
            ("exams.Form", "description"),
            ("exams.ScoreConversion", "straighten"),
        ),
    ),
    (
        "Assessment",
        (
            ("exams.Delivery", "event"),
            ("exams.Attempt", "edit_note"),
            ("exams.Score", "grade"),
            ("exams.Accommodation", "accessibility_new"),
            ("exams.RegradeRun", "published_with_changes"),
            ("gamification.Certificate", "workspace_premium"),
        ),
    ),
    (
        "Practice",
        (
            ("exams.PracticeSession", "exercise"),
            ("exams.ReviewCard", "style"),
            ("exams.ReviewLog", "event_repeat"),
            ("exams.ReviewParameters", "tune"),
            ("exams.ReviewSettings", "manage_accounts"),
        ),
    ),
    (
        "Learning",
        (
            ("gamification.XPEntry", "stars"),
            ("gamification.Award", "emoji_events"),
            ("gamification.League", "leaderboard"),
        ),
    ),
    (
        "Insight",
        (
            ("analytics.ReadinessCalibration", "query_stats"),
            ("analytics.Recommendation", "assistant_direction"),
        ),
    ),
    (
        "Platform",
        (
            ("accounts.User", "person"),
            ("auth.Group", "shield_person"),
            ("accounts.LegalDocument", "gavel"),
            ("accounts.Erasure", "person_remove"),
            ("accounts.JournalEntry", "receipt_long"),
            ("accounts.Delivery", "outbox"),
            ("accounts.OutgoingMail", "mail"),
            ("analytics.Watermark", "speed"),
            ("analytics.DirtyDay", "event_repeat"),
            ("analytics.RebuildRun", "restart_alt"),
        ),
    ),
)

# Where the plural of the model is not what the page is called.
TITLES = {"accounts.JournalEntry": "Journal", "accounts.Delivery": "Outgoing events", "analytics.Watermark": "Rollups"}
# Pages that another page leads to.
UNLISTED = frozenset({"exams.BlueprintSection"})


def navigation(request: HttpRequest) -> list[dict[str, Any]]:
    """The sidebar of this person."""
    from accounts.security.page import may_see_security

    groups: list[dict[str, Any]] = [
        {"title": title, "separator": True, "items": list(_items(request, models))} for title, models in GROUPS
    ]
    if may_see_security(request):
        security = {"title": "Security", "icon": "security", "link": reverse("admin:security")}
        groups[-1]["items"] = [security, *groups[-1]["items"]]
    if getattr(request.user, "is_platform_staff", False):
        powers = {"title": "Who may do what", "icon": "rule", "link": reverse("admin:powers")}
        groups[-1]["items"].append(powers)
    return [group for group in groups if group["items"]]


def _items(request: HttpRequest, models: tuple[tuple[str, str], ...]) -> Iterator[dict[str, Any]]:
    from django.contrib import admin

    registered = admin.site._registry  # noqa: SLF001  # there is no other way to ask
    known = {model._meta.label: model for model in apps.get_models()}
    for label, icon in models:
        # What is built in a later part of the platform has no model yet.
        model = known.get(label)
        pages = registered.get(model) if model else None
        if model is None or pages is None or not pages.has_view_or_change_permission(request):
            continue
        opts = model._meta
        yield {
            "title": TITLES.get(label) or str(opts.verbose_name_plural).capitalize(),
            "icon": icon,
            "link": reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist"),
        }


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "ProficientHub",
    "SITE_HEADER": "ProficientHub",
    "SITE_SUBHEADER": "Staff",
    "SITE_SYMBOL": "school",
    "SITE_URL": "/",
    "STYLES": [lambda _: static("config/admin.css")],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "primary": {
            "50": "oklch(97% 0.014 268)",
            "100": "oklch(93.5% 0.031 268)",
            "200": "oklch(88% 0.058 268)",
            "300": "oklch(79.5% 0.1 268)",
            "400": "oklch(70% 0.146 268)",
            "500": "oklch(60% 0.185 268)",
            "600": "oklch(51.5% 0.195 268)",
            "700": "oklch(45.5% 0.178 268)",
            "800": "oklch(39.5% 0.148 268)",
            "900": "oklch(35% 0.116 268)",
            "950": "oklch(25.5% 0.083 268)",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "command_search": False,
        "show_all_applications": False,
        "navigation": navigation,
    },
}
