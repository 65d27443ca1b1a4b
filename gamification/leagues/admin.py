"""Leagues in the admin: who is in one, how it stands, and what it decided."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from academies.tenancy.admin import OwnChoicesFilter
from academies.tenancy.admin_html import table
from exams.marking.admin import FactAdmin
from gamification.leagues.actions import write_outcomes
from gamification.leagues.models import League, LeagueMember
from gamification.leagues.ranking import FULL

_HEADS = ("Rank", "Learner", "Points", "Outcome", "Next tier")
_NONE = "–"


class OpenFilter(admin.SimpleListFilter):
    """Leagues of the week that is running, and closed ones."""

    title = "state"
    parameter_name = "open"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """The two kinds."""
        return (("yes", "Open"), ("no", "Closed"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[League]) -> QuerySet[League]:
        """The chosen kind."""
        return queryset if self.value() is None else queryset.filter(closed_at__isnull=self.value() == "yes")


@admin.register(League)
class LeagueAdmin(FactAdmin):
    """Leagues of each week. An open one shows what would become of its members if the week ended now."""

    list_display = ("academy", "week_date", "tier", "number", "size", "state", "closed_at")
    list_display_links = ("week_date",)
    list_filter = (("academy", OwnChoicesFilter), OpenFilter, "tier")
    list_select_related = ("academy",)
    date_hierarchy = "week_date"
    fields = (*list_display, "members")
    readonly_fields = ("state", "members")

    @display(description="State", label={"Open": "warning", "Closed": "success"})
    def state(self, league: League) -> str:
        """Whether it is decided."""
        return "Closed" if league.closed_at else "Open"

    @admin.display(description="Members")
    def members(self, league: League) -> SafeString:
        """Who stands where, those last who stand on no boards."""
        members = list(league.members.select_related("learner").order_by("joined_at"))
        if not league.closed_at:
            write_outcomes(league, members)
        members.sort(key=lambda member: member.rank or FULL + 1)
        return table(_HEADS, (_row(member) for member in members))


def _row(member: LeagueMember) -> tuple[object, ...]:
    cells = (
        member.rank,
        member.learner.display_name,
        member.points,
        member.get_outcome_display(),
        member.get_next_tier_display(),
    )
    return tuple(_NONE if cell is None else cell for cell in cells)
