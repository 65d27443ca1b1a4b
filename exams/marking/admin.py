"""Scores and regrades in the admin: read only, because both are facts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from academies.tenancy.admin import AcademyAdmin
from exams.marking.models import RegradeRun, Score


class FactAdmin(AcademyAdmin):
    """Rows that are appended by actions and never edited."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Appended by actions alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never deleted."""
        return False


@admin.register(Score)
class ScoreAdmin(FactAdmin):
    """Every score an attempt has had; the current one counts."""

    list_display = ("attempt", "scaled", "passed", "raw", "raw_max", "number", "is_current", "marked_at")
    list_filter = ("is_current", "passed")
    search_fields = ("attempt__learner__email", "attempt__delivery__title")
    list_select_related = ("attempt__learner", "attempt__delivery")
    date_hierarchy = "marked_at"


@admin.register(RegradeRun)
class RegradeRunAdmin(FactAdmin):
    """What was scored again, under which policy, and how much it changed."""

    list_display = ("created_at", "academy", "delivery", "item", "policy", "treatment", "attempts", "changed")
    list_filter = ("policy", "treatment")
    list_select_related = ("academy", "delivery", "item")
    date_hierarchy = "created_at"
