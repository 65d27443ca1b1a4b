"""Reads of reports."""

from typing import TYPE_CHECKING, Self

from django.db.models import Case, F, IntegerField, Value, When

from academies.tenancy.querysets import TenantQuerySet
from exams.practice.saved.querysets import PLACE

if TYPE_CHECKING:
    from uuid import UUID

    from academies.models import Membership
    from exams.practice.reports.models import ItemReport, ReportCase  # noqa: F401 - named in the brackets of the bases

WAITING = ("open", "triaged")
# What waits before what is decided, flagged before the rest, then what most learners reported.
URGENCY = (
    F("decided_at").desc(nulls_first=True),
    Case(When(flagged_at=None, then=Value(1)), default=Value(0), output_field=IntegerField()).asc(),
    F("reporters").desc(),
    F("opened_at").asc(),
)


class ReportCaseQuerySet(TenantQuerySet["ReportCase"]):
    """Cases."""

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(state__in=WAITING)


class ItemReportQuerySet(TenantQuerySet["ItemReport"]):
    """Reports."""

    def made_by(self, member: "Membership") -> Self:
        """Those of one learner in one academy."""
        return self.for_academy(member.academy_id).filter(learner=member.user_id)

    def waiting(self) -> Self:
        """Those that nobody has decided."""
        return self.filter(case__state__in=WAITING)

    def about(self, item: "UUID") -> Self:
        """Those about one question."""
        return self.filter(item=item)

    def with_question(self) -> Self:
        """Adds `PLACE` and `stem_html`: the text that was reported."""
        return self.select_related("case").annotate(**PLACE, stem_html=F("case__item_version__stem_html"))
