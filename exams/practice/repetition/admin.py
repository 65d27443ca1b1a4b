"""Cards, grades and fitted parameters in the admin: read only, because learners alone change them."""

from django.contrib import admin

from academies.tenancy.admin import OwnChoicesFilter
from exams.marking.admin import FactAdmin
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewParameters, ReviewSettings


class OfLearnerAdmin(FactAdmin):
    """Rows that belong to a learner."""

    search_fields = ("learner__email", "learner__name")


@admin.register(ReviewCard)
class ReviewCardAdmin(OfLearnerAdmin):
    """What learners repeat, and how well they remember it."""

    list_display = ("learner", "item", "reason", "state", "due_at", "reviews", "lapses", "suspended_at")
    list_filter = (("academy", OwnChoicesFilter), "state", "reason")
    list_select_related = ("learner", "item")
    exclude = ("given",)


@admin.register(ReviewLog)
class ReviewLogAdmin(OfLearnerAdmin):
    """Every grade, also those that were undone."""

    list_display = (
        "reviewed_at",
        "learner",
        "question",
        "rating",
        "fraction",
        "seconds",
        "retrievability",
        "undone_at",
    )
    list_filter = (("academy", OwnChoicesFilter), "rating", "state_before")
    list_select_related = ("learner", "card__item")
    date_hierarchy = "reviewed_at"
    exclude = ("before",)

    @admin.display(description="Question", ordering="card__item__code")
    def question(self, log: ReviewLog) -> str:
        """Its code."""
        return log.card.item.code


@admin.register(ReviewParameters)
class ReviewParametersAdmin(OfLearnerAdmin):
    """What was fitted to whom, and whether it foresaw more."""

    list_display = ("made_at", "learner", "reviews", "log_loss_before", "log_loss_after", "is_used")
    list_filter = (("academy", OwnChoicesFilter), "is_used")
    list_select_related = ("learner",)


@admin.register(ReviewSettings)
class ReviewSettingsAdmin(OfLearnerAdmin):
    """On what terms learners repeat."""

    list_display = ("learner", "academy", "daily_limit", "new_per_day", "target_date", "desired_retention")
    list_filter = (("academy", OwnChoicesFilter),)
    list_select_related = ("learner", "academy")
