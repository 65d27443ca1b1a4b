"""Scores and regrades in the admin: read only, because both are facts."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from unfold.decorators import display

from academies.tenancy.admin import AcademyAdmin, OwnChoicesFilter
from academies.tenancy.admin_html import link, table
from exams.bank.fields import written
from exams.formats.models import Slot
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

    list_display = ("learner", "delivery", "result", "verdict", "points", "standing", "marked_at")
    list_filter = (("academy", OwnChoicesFilter), "is_current", "passed")
    search_fields = ("attempt__learner__email", "attempt__learner__name", "attempt__delivery__title")
    list_select_related = ("attempt__learner", "attempt__delivery")
    ordering = ("-marked_at",)
    date_hierarchy = "marked_at"
    fields = (
        "attempt_link",
        "academy",
        "result",
        "verdict",
        "points",
        "shown_answered",
        "standing",
        "by_domain",
        "by_item",
        "conversion",
        "regrade",
        "marked_at",
    )
    readonly_fields = (
        "attempt_link",
        "result",
        "verdict",
        "points",
        "shown_answered",
        "standing",
        "by_domain",
        "by_item",
    )

    @admin.display(description="Learner", ordering="attempt__learner__name")
    def learner(self, score: Score) -> str:
        """Whose it is."""
        return score.attempt.learner.display_name

    @admin.display(description="Delivery", ordering="attempt__delivery__title")
    def delivery(self, score: Score) -> str:
        """Of what."""
        return str(score.attempt.delivery)

    @admin.display(description="Attempt")
    def attempt_link(self, score: Score) -> SafeString:
        """To the attempt and its replay."""
        pages = [
            (reverse("admin:exams_attempt_change", args=[score.attempt_id]), score.attempt),
            (reverse("admin:exams_attempt_replay", args=[score.attempt_id]), "Replay"),
        ]
        return format_html_join(" · ", "{}", ((link(page, text),) for page, text in pages))

    @admin.display(description="Score", ordering="scaled")
    def result(self, score: Score) -> str:
        """The scaled score."""
        return written(score.scaled)

    @display(description="Verdict", ordering="passed", label={"Passed": "success", "Not passed": "danger"})
    def verdict(self, score: Score) -> str | None:
        """Whether it passes, where that can be said."""
        return {True: "Passed", False: "Not passed", None: None}[score.passed]

    @admin.display(description="Points", ordering="raw")
    def points(self, score: Score) -> str:
        """Raw."""
        return f"{written(score.raw)} of {written(score.raw_max)}"

    @admin.display(description="Answered")
    def shown_answered(self, score: Score) -> str:
        """How many items."""
        return f"{score.answered} of {len(score.fractions)} items"

    @display(description="Standing", ordering="is_current", label={"Counts": "success"})
    def standing(self, score: Score) -> str:
        """Whether another took its place."""
        return "Counts" if score.is_current else f"Score {score.number}, replaced"

    @admin.display(description="By domain")
    def by_domain(self, score: Score) -> SafeString:
        """The points of each domain."""
        titles = {str(slot.domain_id): str(slot.domain) for slot in _slots(score)}
        rows = sorted(
            (titles.get(domain, "A domain that is gone"), f"{raw:g} of {raw_max:g}", f"{items}")
            for domain, (raw, raw_max, items) in score.domains.items()
        )
        return table(("Domain", "Points", "Items"), rows)

    @admin.display(description="By item")
    def by_item(self, score: Score) -> SafeString:
        """What each item earned, in the order of the form."""
        rows = [
            (str(slot.number), slot.item_version.item.code, _earned(score.fractions[slot.number - 1]))
            for slot in _slots(score)
            if slot.number <= len(score.fractions)
        ]
        return table(("Slot", "Item", "Earned"), rows)


@admin.register(RegradeRun)
class RegradeRunAdmin(FactAdmin):
    """What was scored again, under which policy, and how much it changed."""

    list_display = ("created_at", "academy", "what", "policy", "treatment", "effect", "created_by")
    list_filter = (("academy", OwnChoicesFilter), "policy", "treatment")
    list_select_related = ("academy", "delivery", "item", "attempt__learner", "attempt__delivery", "created_by")
    date_hierarchy = "created_at"
    fields = ("what", "academy", "policy", "treatment", "effect", "created_by", "created_at")
    readonly_fields = ("what", "effect")

    @admin.display(description="What")
    def what(self, run: RegradeRun) -> str:
        """What was scored again."""
        named = [str(part) for part in (run.attempt or run.delivery, run.item) if part is not None]
        return ", item ".join(named) if run.attempt or run.delivery else f"Item {named[0]}" if named else "Everything"

    @admin.display(description="Effect", ordering="changed")
    def effect(self, run: RegradeRun) -> str:
        """How many scores changed."""
        return f"{run.changed} of {run.attempts} scores changed"


def _slots(score: Score) -> list[Slot]:
    rows = Slot.objects.filter(form=score.attempt.form_id).select_related("domain", "item_version__item")
    return list(rows.only("number", "domain__code", "domain__title", "item_version__item__code").order_by("number"))


def _earned(fraction: float) -> str:
    if fraction < 0:
        return "Left out"
    if fraction in (0, 1):
        return "All" if fraction else "Nothing"
    return f"{written(Decimal(str(round(100 * fraction, 1))))} %"
