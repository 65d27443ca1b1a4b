"""Points in the admin: read only, because they are made from the journal alone."""

from django.contrib import admin
from unfold.decorators import display

from academies.tenancy.admin import OwnChoicesFilter
from exams.marking.admin import FactAdmin
from gamification.xp.models import XPEntry
from gamification.xp.rules import RULES


@admin.register(XPEntry)
class XPEntryAdmin(FactAdmin):
    """What learners got points for."""

    list_display = ("learner", "academy", "what", "points", "local_date", "earned_at")
    list_filter = (("academy", OwnChoicesFilter), "rule")
    search_fields = ("learner__email", "learner__name")
    list_select_related = ("learner", "academy")
    fields = ("learner", "academy", "what", "points", "local_date", "week_date", "earned_at", "entry_id")
    readonly_fields = ("what", "points")

    @admin.display(description="For", ordering="rule")
    def what(self, entry: XPEntry) -> str:
        """The rule, in words."""
        rule = RULES.get(entry.rule)
        return str(rule.name) if rule else entry.rule

    @display(description="Points", ordering="amount")
    def points(self, entry: XPEntry) -> str:
        """With what the cap took."""
        return str(entry.amount) if entry.amount == entry.worth else f"{entry.amount} of {entry.worth}"
