"""Reviews, as the API document has them."""

from datetime import date
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from config.http.serializers import Input, Query
from exams.delivery.sitting_serializers import ItemOut, StimulusOut
from exams.marking.serializers import ReviewedItemOut
from exams.practice.repetition.models import ReviewCard, ReviewLog, ReviewSettings
from exams.practice.repetition.queue import memory_of
from exams.practice.repetition.retention import PERIODS
from exams.practice.repetition.terms import Terms


class ReviewTodayOut(serializers.Serializer[Any]):
    """A learner's day. `left` is what is still to come: `learning`, `due` and `new`, within the day's limit.

    `tomorrow` counts what is due by tomorrow's end. With an exam ahead, `needed_per_day` is what it takes to see every
    card before it.
    """

    left = serializers.IntegerField()
    learning = serializers.IntegerField()
    due = serializers.IntegerField()
    new = serializers.IntegerField()
    done = serializers.IntegerField()
    tomorrow = serializers.IntegerField()
    target_date = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    needed_per_day = serializers.IntegerField(allow_null=True)
    daily_limit = serializers.IntegerField()


class GradePreviewOut(serializers.Serializer[Any]):
    """What a grade would do: when the card would come again, in seconds and in the learner's own days."""

    rating = serializers.ChoiceField(choices=ReviewLog.Rating.choices)
    due_at = serializers.DateTimeField()
    seconds = serializers.IntegerField()
    days = serializers.IntegerField()


class ReviewCheckOut(serializers.Serializer[Any]):
    """The truth about an answer, and the grades to choose from."""

    item = ReviewedItemOut()
    suggested = serializers.ChoiceField(choices=ReviewLog.Rating.choices)
    grades = GradePreviewOut(many=True)


class ReviewQuestionOut(serializers.Serializer[Any]):
    """A card with its question. `sequence` numbers the review; `check` is there once it was answered."""

    id = serializers.UUIDField()
    sequence = serializers.IntegerField()
    reason = serializers.ChoiceField(choices=ReviewCard.Reason.choices)
    state = serializers.ChoiceField(choices=ReviewCard.State.choices)
    item_id = serializers.UUIDField()
    item = ItemOut()
    stimulus = StimulusOut(allow_null=True)
    check = ReviewCheckOut(allow_null=True)


class ReviewQueueOut(serializers.Serializer[Any]):
    """The day and its next cards, in the order in which they come."""

    today = ReviewTodayOut()
    cards = ReviewQuestionOut(many=True)


class ReviewCheckIn(Input):
    """An answer, null for who does not know; `seconds` is how long it took."""

    answer = serializers.DictField(allow_null=True)
    seconds = serializers.IntegerField(min_value=0, max_value=86_400, default=0)


class ReviewGradeIn(Input):
    """How well it was remembered. `sequence` is that of the card as it was shown: a repeated grade counts once."""

    rating = serializers.ChoiceField(choices=ReviewLog.Rating.choices)
    sequence = serializers.IntegerField(min_value=1, max_value=2**31 - 1)


class ReviewGradeOut(serializers.Serializer[Any]):
    """A grade that counts, by whose id it is undone."""

    id = serializers.UUIDField()
    card = serializers.UUIDField(source="card_id")
    rating = serializers.ChoiceField(choices=ReviewLog.Rating.choices)
    reviewed_at = serializers.DateTimeField()


class ReviewGradedOut(ReviewQueueOut):
    """A grade, and the queue behind it."""

    grade = ReviewGradeOut()


class ReviewSettingsOut(serializers.Serializer[Any]):
    """The terms on which a learner repeats. `profile_date` counts where `target_date` is null."""

    daily_limit = serializers.IntegerField()
    new_per_day = serializers.IntegerField()
    target_date = serializers.DateField(allow_null=True)
    profile_date = serializers.DateField(allow_null=True)
    desired_retention = serializers.FloatField()


class ReviewSettingsIn(Input):
    """What to change. `today` is in the context: an exam lies ahead."""

    daily_limit = serializers.IntegerField(min_value=1, max_value=1000)
    new_per_day = serializers.IntegerField(min_value=0, max_value=500)
    target_date = serializers.DateField(allow_null=True)
    desired_retention = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=Decimal("0.80"), max_value=Decimal("0.97")
    )

    def validate_target_date(self, value: date | None) -> date | None:
        """A date behind us helps nobody to plan."""
        if value is not None and value <= self.context["today"]:
            raise serializers.ValidationError("Choose a day after today.")
        return value


class ReviewCardQuery(Query):
    """Filters of the list of cards."""

    show = serializers.ChoiceField(choices=["due", "suspended"], required=False)
    reason = serializers.ChoiceField(choices=ReviewCard.Reason.choices, required=False)


class ReviewCardOut(serializers.ModelSerializer[ReviewCard]):
    """A card in the list. `is_available` is false while its question is not shown. Wants `terms` in the context.

    `days` is in how many of the learner's own days it is due, 0 for today and before; `retrievability` the chance of
    recalling it today, null before the first review.
    """

    item_id = serializers.UUIDField()
    code = serializers.CharField(source="item.code")
    domain = serializers.CharField(source="item.domain.title")
    stem_html = serializers.SerializerMethodField()
    is_available = serializers.SerializerMethodField()
    days = serializers.SerializerMethodField()
    retrievability = serializers.SerializerMethodField()

    class Meta:
        model = ReviewCard
        fields = (
            "id",
            "item_id",
            "code",
            "domain",
            "stem_html",
            "is_available",
            "reason",
            "state",
            "due_at",
            "days",
            "retrievability",
            "last_reviewed_at",
            "reviews",
            "lapses",
            "suspended_at",
            "created_at",
        )

    def get_stem_html(self, card: ReviewCard) -> str:
        """The question; empty while none is live."""
        return card.item.live_version.stem_html if card.item.live_version else ""

    def get_is_available(self, card: ReviewCard) -> bool:
        """Whether a version of the question is live."""
        return card.item.live_version is not None

    def get_days(self, card: ReviewCard) -> int:
        """From the learner's today to the day on which it is due."""
        terms: Terms = self.context["terms"]
        return max(0, (card.due_at.astimezone(terms.zone).date() - terms.today).days)

    def get_retrievability(self, card: ReviewCard) -> float | None:
        """The chance of recalling it, 0–1."""
        terms: Terms = self.context["terms"]
        return terms.model.retrievability(memory_of(card), on=terms.today)


class SuspensionIn(Input):
    """Nothing: putting a card aside takes no fields."""


class RetentionQuery(Query):
    """Over which period."""

    period = serializers.ChoiceField(choices=list(PERIODS), default="30d")


class RetentionPointOut(serializers.Serializer[Any]):
    """How many due reviews there were in a day or week, and how many of them were recalled."""

    date = serializers.DateField()
    reviews = serializers.IntegerField()
    recalled = serializers.IntegerField()


class RecallCalibrationOut(serializers.Serializer[Any]):
    """Reviews whose predicted chance lay from `from` up to `to`: its mean, and how many were recalled."""

    reviews = serializers.IntegerField()
    recalled = serializers.IntegerField()
    predicted = serializers.FloatField()

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of Python, so the bounds cannot be declared as attributes."""
        return {"from": serializers.FloatField(), "to": serializers.FloatField(), **super().get_fields()}


class ForecastOut(serializers.Serializer[Any]):
    """How many cards are due on a day, as things stand; what is overdue counts today."""

    date = serializers.DateField()
    cards = serializers.IntegerField()


class RetentionOut(serializers.Serializer[Any]):
    """How well a learner remembers. Only reviews of cards that had come to be due count."""

    period = serializers.ChoiceField(choices=list(PERIODS))
    by = serializers.ChoiceField(choices=["day", "week"])
    reviews = serializers.IntegerField()
    recalled = serializers.IntegerField()
    desired_retention = serializers.FloatField()
    points = RetentionPointOut(many=True)
    calibration = RecallCalibrationOut(many=True)
    forecast = ForecastOut(many=True)


def settings_as_shown(settings: ReviewSettings, *, profile_date: date | None) -> dict[str, Any]:
    """In the shape of `ReviewSettingsOut`."""
    return {
        "daily_limit": settings.daily_limit,
        "new_per_day": settings.new_per_day,
        "target_date": settings.target_date,
        "profile_date": profile_date,
        "desired_retention": settings.desired_retention,
    }
