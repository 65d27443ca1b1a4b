"""How far the rollups are, in the admin, and days to be counted again: for the platform's staff."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.identity.staff import PlatformOnly
from analytics.rollups.folding import BATCH, count_again, facts_waiting
from analytics.rollups.models import DirtyCohort, DirtyDay, RebuildRun, Watermark

# The fold runs every ten seconds: whoever is this far behind has a worker to look at.
LATE = timedelta(minutes=2)


class _ReadOnly:
    """Written by the counting alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


@admin.register(Watermark)
class WatermarkAdmin(_ReadOnly, PlatformOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """How far the answers are counted, and what waits."""

    list_display = ("name", "as_of", "lag", "standing", "waiting_answers", "waiting_days", "waiting_cohorts")
    fields = (*list_display, "transaction", "fact")
    readonly_fields = ("lag", "standing", "waiting_answers", "waiting_days", "waiting_cohorts")

    @admin.display(description="Behind by")
    def lag(self, mark: Watermark) -> str:
        """In seconds."""
        behind = _behind(mark)
        return "Never counted" if behind is None else f"{behind.total_seconds():.0f} s"

    @display(description="Standing", label={"Up to date": "success", "Late": "danger"})
    def standing(self, mark: Watermark) -> str:
        """Whether somebody should look after the workers."""
        behind = _behind(mark)
        return "Late" if behind is None or behind > LATE else "Up to date"

    @admin.display(description="Answers that wait")
    def waiting_answers(self, mark: Watermark) -> str:
        """How many, as far as one batch goes."""
        found = facts_waiting(mark)
        return f"{BATCH} or more" if found >= BATCH else str(found)

    @admin.display(description="Days to count again")
    def waiting_days(self, mark: Watermark) -> int:
        """Asked for by hand."""
        return DirtyDay.objects.count()

    @admin.display(description="Cohorts to look at")
    def waiting_cohorts(self, mark: Watermark) -> int:
        """Whose lists of members have changed."""
        return DirtyCohort.objects.values("cohort").distinct().count()


@admin.register(DirtyDay)
class DirtyDayAdmin(PlatformOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """Days that wait to be counted again. Who doubts a figure adds one; it is gone when that is done."""

    list_display = ("learner", "academy", "local_date")
    list_select_related = ("learner", "academy")
    autocomplete_fields = ("academy", "learner")
    fields = ("academy", "learner", "local_date")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def save_model(self, request: HttpRequest, obj: DirtyDay, form: Any, change: bool) -> None:
        """Ask for it."""
        obj.pk = count_again(academy=obj.academy_id, learner=obj.learner_id, local_date=obj.local_date).pk


@admin.register(RebuildRun)
class RebuildRunAdmin(_ReadOnly, PlatformOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """What `manage.py rebuild_rollups` has done, and where an interrupted one goes on."""

    list_display = ("academy", "from_date", "to_date", "standing", "days", "started_at", "finished_at")
    list_select_related = ("academy",)
    fields = (*list_display, "summed_date", "learner_date")
    readonly_fields = ("standing",)
    show_full_result_count = False

    @display(description="Standing", label={"Finished": "success", "Open": "warning"})
    def standing(self, run: RebuildRun) -> str:
        """Whether it came to its end."""
        return "Finished" if run.finished_at else "Open"


def _behind(mark: Watermark) -> timedelta | None:
    return None if mark.as_of is None else max(timezone.now() - mark.as_of, timedelta(0))
