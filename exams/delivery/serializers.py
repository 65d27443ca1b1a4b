"""Deliveries and attempts, as the API document has them."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import timezone
from rest_framework import serializers

from config.http.moments import written
from config.http.serializers import Input
from exams.delivery.models import Accommodation, Attempt, Delivery
from exams.delivery.outline import outlines_of
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

    # The fields are for the document; the values are written by hand, in a fraction of the time.

    delivery = DeliveryRefOut()
    result = AttemptResultOut(read_only=True)

    class Meta:
        model = Attempt
        fields = ("id", "delivery", "number", "state", "started_at", "submitted_at", "deadline_at", "message", "result")

    def to_representation(self, attempt: Attempt) -> dict[str, Any]:
        """The attempt, with its result as far as the policy shows it."""
        delivery = attempt.delivery
        now = self.context.get("now") or timezone.now()
        visibility = visibility_of(state=attempt.state, delivery=delivery, now=now)
        shown = visibility.is_available
        scaled = getattr(attempt, "current_scaled", None)
        return {
            "id": str(attempt.pk),
            "delivery": {"id": str(delivery.pk), "title": delivery.title},
            "number": attempt.number,
            "state": attempt.state,
            "started_at": written(attempt.started_at),
            "submitted_at": written(attempt.submitted_at),
            "deadline_at": written(attempt.deadline_at),
            "message": attempt.message,
            "result": {
                "available": shown,
                "available_reason": visibility.reason.value,
                "available_at": written(visibility.available_at),
                "scaled": float(scaled) if shown and scaled is not None else None,
                "passed": getattr(attempt, "current_passed", None) if shown else None,
                "label": getattr(attempt, "current_label", None) if shown else None,
            },
        }


class AssignedSectionOut(serializers.Serializer[Any]):
    """A section before the start."""

    title = serializers.CharField()
    item_count = serializers.IntegerField()
    time_limit_seconds = serializers.IntegerField(allow_null=True)


class AssignedListOut(serializers.ListSerializer[Any]):
    """Several assigned exams: their sections are looked up together."""

    def to_representation(self, data: Any) -> list[Any]:
        """The exams in their order."""
        rows = list(data)
        outlines_of(row.form_id for row in rows)
        return super().to_representation(rows)


class AssignedOut(serializers.ModelSerializer[Delivery]):
    """An exam as it is assigned to the learner who asks. Wants `with_conditions_of` and `with_learner_state`."""

    # The fields are for the document; the values are written by hand, in a fraction of the time.

    state = serializers.ChoiceField(choices=["upcoming", "open", "in_progress", "done", "closed"])
    time_limit_seconds = serializers.IntegerField(
        allow_null=True, read_only=True, help_text="The limit with the learner's own time factor."
    )
    item_count = serializers.IntegerField()
    sections = AssignedSectionOut(many=True, read_only=True)
    attempts_allowed = serializers.IntegerField()
    attempts_used = serializers.IntegerField()
    open_attempt = serializers.UUIDField(allow_null=True)
    last_attempt = serializers.UUIDField(allow_null=True)
    last_result_available = serializers.BooleanField(
        read_only=True, help_text="Whether the newest attempt's result may be seen."
    )

    class Meta:
        model = Delivery
        list_serializer_class = AssignedListOut
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

    def to_representation(self, delivery: Any) -> dict[str, Any]:
        """The exam, with the learner's own times."""
        sections = outlines_of([delivery.form_id])[delivery.form_id]
        return {
            "id": str(delivery.pk),
            "title": delivery.title,
            "state": delivery.learner_state,
            "opens_at": written(delivery.opens_at),
            "closes_at": written(delivery.closes_at),
            "time_limit_seconds": _own_time(delivery.time_limit_seconds, delivery),
            "item_count": sum(section.item_count for section in sections),
            "sections": [
                {
                    "title": section.title,
                    "item_count": section.item_count,
                    "time_limit_seconds": _own_time(section.time_limit_seconds, delivery),
                }
                for section in sections
            ],
            "attempts_allowed": delivery.attempts_granted,
            "attempts_used": delivery.attempts_used,
            "open_attempt": delivery.open_attempt and str(delivery.open_attempt),
            "last_attempt": delivery.last_attempt and str(delivery.last_attempt),
            "last_result_available": self._shows_last_result(delivery),
        }

    def _shows_last_result(self, delivery: Any) -> bool:
        if delivery.last_attempt is None:
            return False
        now = self.context.get("now") or timezone.now()
        return visibility_of(state=delivery.last_state, delivery=delivery, now=now).is_available


def _own_time(seconds: int | None, delivery: Any) -> int | None:
    return seconds and round(seconds * delivery.time_factor)


class PassMarkOut(serializers.Serializer[Any]):
    """The score that passes."""

    scaled = serializers.FloatField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field that is called so


class ReviewPolicyOut(serializers.Serializer[Any]):
    """What is shown of the result, and when."""

    what = serializers.ChoiceField(choices=Delivery.ReviewWhat.choices)
    when = serializers.ChoiceField(choices=Delivery.ReviewWhen.choices)


class AssignedDetailOut(AssignedOut):
    """The instructions page of an exam. Wants `form__conversion`, too."""

    shuffle = serializers.BooleanField()
    review = ReviewPolicyOut()
    pass_mark = PassMarkOut(allow_null=True, read_only=True)

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

    def to_representation(self, delivery: Any) -> dict[str, Any]:
        """The exam with its conditions and, where there is one, the cut score."""
        conversion = delivery.form.conversion
        cut = conversion.cut_score
        return super().to_representation(delivery) | {
            "instructions_html": delivery.instructions_html,
            "navigation": delivery.navigation,
            "display": delivery.display,
            "shuffle": delivery.shuffle_items,
            "review": {"what": delivery.review_what, "when": delivery.review_when},
            "pass_mark": None if cut is None else {"scaled": float(cut), "label": conversion.label},
        }


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
            "gives_certificate",
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
    gives_certificate = serializers.BooleanField(required=False)


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
