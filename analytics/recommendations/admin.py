"""Recommendations in the admin: read only, because they are made from facts and decided by learners."""

from django.contrib import admin

from academies.tenancy.admin import OwnChoicesFilter
from analytics.recommendations.models import Recommendation
from analytics.recommendations.words import reason_of, title_of
from exams.marking.admin import FactAdmin


@admin.register(Recommendation)
class RecommendationAdmin(FactAdmin):
    """What learners were recommended, and what they made of it."""

    list_display = ("shown_title", "learner_name", "kind", "priority", "state", "created_at")
    list_filter = (("academy", OwnChoicesFilter), "kind", "state")
    search_fields = ("learner__email", "learner__name")
    list_select_related = ("learner",)
    ordering = ("-created_at",)
    date_hierarchy = "created_at"
    fields = (
        "shown_title",
        "shown_reason",
        "learner_name",
        "academy",
        "kind",
        "priority",
        "state",
        "created_at",
        "expires_at",
        "decided_at",
    )
    readonly_fields = ("shown_title", "shown_reason", "learner_name")

    @admin.display(description="What")
    def shown_title(self, recommendation: Recommendation) -> str:
        """As the learner reads it."""
        return title_of(recommendation.kind, recommendation.facts)

    @admin.display(description="Why")
    def shown_reason(self, recommendation: Recommendation) -> str:
        """As the learner reads it."""
        return reason_of(recommendation.kind, recommendation.facts)

    @admin.display(description="Learner", ordering="learner__name")
    def learner_name(self, recommendation: Recommendation) -> str:
        """Whose."""
        return recommendation.learner.display_name
