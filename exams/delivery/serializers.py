"""Deliveries and attempts, as the API document has them."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.http.serializers import Input
from exams.delivery.models import Accommodation, Attempt, Delivery
from exams.delivery.policy import Reason, visibility_of
from exams.formats.models import Display, Navigation

LONGEST_LIMIT = 24 * 60 * 60


class PositionRangeOut(serializers.Serializer[Any]):
    """Positions from `first` to `last`, both inclusive."""

    first = serializers.IntegerField()
    last = serializers.IntegerField()


class DeliveryRefOut(serializers.Serializer[Any]):
    """A delivery by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class AttemptResultOut(serializers.Serializer[Any]):
    """What the learner may know of the result now."""

    available = serializers.BooleanField()
    available_reason = serializers.ChoiceField(choices=[reason.value for reason in Reason])
    available_at = serializers.DateTimeField(allow_null=True)
    scaled = serializers.FloatField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)
    label = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # a field that is called so


class AttemptOut(serializers.ModelSerializer[Attempt]):
    """An attempt. Wants `delivery`, and for lists `with_current_score`."""

    delivery = DeliveryRefOut()
    result = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = ("id", "delivery", "number", "state", "started_at", "submitted_at", "deadline_at", "message", "result")

    @extend_schema_field(AttemptResultOut)
    def get_result(self, attempt: Attempt) -> dict[str, Any]:
        """The result as far as the policy shows it."""
        now = self.context.get("now") or timezone.now()
        visibility = visibility_of(attempt=attempt, delivery=attempt.delivery, now=now)
        shown = visibility.is_available
        scaled = getattr(attempt, "current_scaled", None)
        return {
            "available": shown,
            "available_reason": visibility.reason.value,
            "available_at": visibility.available_at,
            "scaled": float(scaled) if shown and scaled is not None else None,
            "passed": getattr(attempt, "current_passed", None) if shown else None,
            "label": getattr(attempt, "current_label", None) if shown else None,
        }


class AssignedSectionOut(serializers.Serializer[Any]):
    """A section before the start."""

    title = serializers.CharField()
    item_count = serializers.IntegerField()
    time_limit_seconds = serializers.IntegerField(allow_null=True)


class AssignedOut(serializers.ModelSerializer[Delivery]):
    """An exam as it is assigned to the learner who asks. Wants `with_conditions_of` and `with_learner_state`."""

    # And the sections of its form prefetched: a paper in memory for each row would be far more than is shown.

    state = serializers.ChoiceField(
        source="learner_state", choices=["upcoming", "open", "in_progress", "done", "closed"]
    )
    time_limit_seconds = serializers.SerializerMethodField()
    item_count = serializers.IntegerField(source="form.item_count")
    sections = serializers.SerializerMethodField()
    attempts_allowed = serializers.IntegerField(source="attempts_granted")
    attempts_used = serializers.IntegerField()
    open_attempt = serializers.UUIDField(allow_null=True)
    last_attempt = serializers.UUIDField(allow_null=True)
    last_result_available = serializers.SerializerMethodField()

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = (
            "id",
            "title",
            "state",
            "opens_at",
            "closes_at",
            "time_limit_seconds",
            "item_count",
            "sections",
            "attempts_allowed",
            "attempts_used",
            "open_attempt",
            "last_attempt",
            "last_result_available",
        )

    def get_time_limit_seconds(self, delivery: Any) -> int | None:
        """The limit with the learner's own time factor."""
        limit = delivery.time_limit_seconds
        return None if limit is None else round(limit * delivery.time_factor)

    @extend_schema_field(AssignedSectionOut(many=True))
    def get_sections(self, delivery: Any) -> list[dict[str, Any]]:
        """The form's sections, with the learner's own times."""
        return [
            {
                "title": section.title,
                "item_count": section.last_slot - section.first_slot + 1,
                "time_limit_seconds": section.time_limit_seconds
                and round(section.time_limit_seconds * delivery.time_factor),
            }
            for section in delivery.form.sections.all()
        ]

    def get_last_result_available(self, delivery: Any) -> bool:
        """Whether the newest attempt's result may be seen."""
        if delivery.last_attempt is None:
            return False
        last = Attempt(pk=delivery.last_attempt, state=delivery.last_state)
        now = self.context.get("now") or timezone.now()
        return visibility_of(attempt=last, delivery=delivery, now=now).is_available


class PassMarkOut(serializers.Serializer[Any]):
    """The score that passes."""

    scaled = serializers.FloatField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field that is called so


class ReviewPolicyOut(serializers.Serializer[Any]):
    """What is shown of the result, and when."""

    what = serializers.ChoiceField(choices=Delivery.ReviewWhat.choices, source="review_what")
    when = serializers.ChoiceField(choices=Delivery.ReviewWhen.choices, source="review_when")


class AssignedDetailOut(AssignedOut):
    """The instructions page of an exam. Wants `form__conversion`, too."""

    shuffle = serializers.BooleanField(source="shuffle_items")
    review = ReviewPolicyOut(source="*")
    pass_mark = serializers.SerializerMethodField()

    class Meta(AssignedOut.Meta):
        fields = (
            *AssignedOut.Meta.fields,
            "instructions_html",
            "navigation",
            "display",
            "shuffle",
            "review",
            "pass_mark",
        )

    @extend_schema_field(PassMarkOut(allow_null=True))
    def get_pass_mark(self, delivery: Delivery) -> dict[str, Any] | None:
        """The cut score, where there is one."""
        conversion = delivery.form.conversion
        return None if conversion.cut_score is None else {"scaled": conversion.cut_score, "label": conversion.label}


class StartIn(Input):
    """Nothing: starting takes no fields."""


class FormRefOut(serializers.Serializer[Any]):
    """The form of a delivery. `seed` is null for a fixed form."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    seed = serializers.IntegerField(allow_null=True)


class CohortRefOut(serializers.Serializer[Any]):
    """A cohort by name."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class CountsOut(serializers.Serializer[Any]):
    """How many learners, and how far they are."""

    assigned = serializers.IntegerField()
    in_progress = serializers.IntegerField(source="sitting")
    submitted = serializers.IntegerField()
    marked = serializers.IntegerField()


class DeliveryRowOut(serializers.ModelSerializer[Delivery]):
    """A delivery in the instructor's list. Wants `with_state` and `with_counts`."""

    state = serializers.ChoiceField(choices=["upcoming", "open", "closed"])
    cohort = CohortRefOut(allow_null=True)
    item_count = serializers.IntegerField(source="form.item_count")
    counts = CountsOut(source="*")

    class Meta:
        model = Delivery
        fields: tuple[str, ...] = (
            "id",
            "title",
            "state",
            "opens_at",
            "closes_at",
            "cohort",
            "attempts_allowed",
            "item_count",
            "counts",
            "released_at",
            "created_at",
        )


class DeliveryOut(DeliveryRowOut):
    """A delivery with all its conditions."""

    form = FormRefOut()
    blueprint = serializers.UUIDField(source="form.blueprint_id", allow_null=True)

    class Meta(DeliveryRowOut.Meta):
        fields = (
            *DeliveryRowOut.Meta.fields,
            "form",
            "blueprint",
            "instructions",
            "instructions_html",
            "time_limit_seconds",
            "navigation",
            "display",
            "shuffle_items",
            "shuffle_options",
            "review_what",
            "review_when",
        )


class DeliveryChangeIn(Input):
    """What can be changed of a delivery."""

    title = serializers.CharField(max_length=200)
    instructions = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    cohort = serializers.UUIDField(allow_null=True, required=False)
    opens_at = serializers.DateTimeField(allow_null=True, required=False)
    closes_at = serializers.DateTimeField(allow_null=True, required=False)
    attempts_allowed = serializers.IntegerField(min_value=1, max_value=20, required=False)
    time_limit_seconds = serializers.IntegerField(
        min_value=60, max_value=LONGEST_LIMIT, allow_null=True, required=False
    )
    navigation = serializers.ChoiceField(choices=Navigation.choices, required=False)
    display = serializers.ChoiceField(choices=Display.choices, required=False)
    shuffle_items = serializers.BooleanField(required=False)
    shuffle_options = serializers.BooleanField(required=False)
    review_what = serializers.ChoiceField(choices=Delivery.ReviewWhat.choices, required=False)
    review_when = serializers.ChoiceField(choices=Delivery.ReviewWhen.choices, required=False)


class DeliveryIn(DeliveryChangeIn):
    """A delivery to create: of a blueprint, perhaps with a seed, or of a form."""

    blueprint = serializers.UUIDField(allow_null=True, required=False)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, allow_null=True, required=False)
    form = serializers.UUIDField(allow_null=True, required=False)


class AccommodationLearnerOut(serializers.Serializer[Any]):
    """The learner of an accommodation."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="user.display_name")
    email = serializers.CharField(source="user.email")


class AccommodationOut(serializers.ModelSerializer[Accommodation]):
    """More time or attempts for one learner. Wants `member__user` and `delivery`."""

    member = AccommodationLearnerOut()
    delivery = DeliveryRefOut(allow_null=True)

    class Meta:
        model = Accommodation
        fields = ("id", "member", "delivery", "time_factor", "extra_attempts", "note", "created_at")


class AccommodationIn(Input):
    """An accommodation to grant; `delivery` null means all exams of the academy."""

    member = serializers.UUIDField()
    delivery = serializers.UUIDField(allow_null=True, default=None)
    time_factor = serializers.DecimalField(max_digits=4, decimal_places=2, min_value=1, max_value=5, default=Decimal(1))
    extra_attempts = serializers.IntegerField(min_value=0, max_value=20, default=0)
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


def choices_of(enum: type[models.TextChoices]) -> list[str]:
    """The values of a choice type, for a filter's documentation."""
    return [str(value) for value in enum.values]
