"""Results, reviews and regrades, as the API document has them."""

from typing import Any

from rest_framework import serializers

from config.http.serializers import Input
from exams.delivery.serializers import AttemptOut
from exams.delivery.sitting_serializers import ItemOut, SectionOut, StimulusOut
from exams.marking.models import RegradeRun


class ScaleOut(serializers.Serializer[Any]):
    """The scale of a scaled score."""

    min = serializers.FloatField()
    max = serializers.FloatField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field that is called so
    step = serializers.FloatField()


class DomainResultOut(serializers.Serializer[Any]):
    """What was earned in one domain."""

    code = serializers.CharField()
    title = serializers.CharField()
    raw = serializers.FloatField()
    raw_max = serializers.FloatField()
    percent = serializers.FloatField()
    items = serializers.IntegerField()


class ItemResultOut(serializers.Serializer[Any]):
    """Time, and where the policy allows what was earned, of one item. `domain` is a code."""

    position = serializers.IntegerField()
    domain = serializers.CharField()
    seconds = serializers.IntegerField()
    fraction = serializers.FloatField(allow_null=True)


class NextStepOut(serializers.Serializer[Any]):
    """What to do with the result."""

    kind = serializers.ChoiceField(choices=["review", "retake", "home"])
    attempt = serializers.UUIDField(allow_null=True)
    delivery = serializers.UUIDField(allow_null=True)


class ResultOut(serializers.Serializer[Any]):
    """The result of an attempt, as far as the review policy shows it."""

    attempt = AttemptOut()
    raw = serializers.FloatField()
    raw_max = serializers.FloatField()
    percent = serializers.FloatField()
    scaled = serializers.FloatField()
    scale = ScaleOut()
    cut = serializers.FloatField(allow_null=True)
    passed = serializers.BooleanField(allow_null=True)
    percentile = serializers.IntegerField(allow_null=True)
    peers = serializers.IntegerField()
    domains = DomainResultOut(many=True)
    seconds_total = serializers.IntegerField()
    items = ItemResultOut(many=True)
    next = NextStepOut()
    regraded_at = serializers.DateTimeField(allow_null=True)


class TruthOut(serializers.Serializer[Any]):
    """What is right, and why. `why` and `parts` are keyed by option, prompt or gap."""

    key = serializers.DictField()
    why = serializers.DictField(child=serializers.CharField())
    explanation_html = serializers.CharField()
    parts = serializers.DictField(child=serializers.BooleanField())


class ReviewedItemOut(ItemOut, TruthOut):
    """An item as it was shown, with answer, key and reasons."""

    answer = serializers.DictField(allow_null=True)
    fraction = serializers.FloatField(allow_null=True)
    mark = serializers.FloatField(allow_null=True)
    seconds = serializers.IntegerField()
    flagged = serializers.BooleanField()
    item = serializers.UUIDField(
        allow_null=True, help_text="To bookmark, note or report it; null for one that the reader may not keep."
    )


class ReviewOut(serializers.Serializer[Any]):
    """Every item of an attempt, to study."""

    attempt = AttemptOut()
    stimuli = serializers.DictField(child=StimulusOut())
    sections = SectionOut(many=True)
    items = ReviewedItemOut(many=True)


class BucketOut(serializers.Serializer[Any]):
    """How many scaled scores lie from `from` up to, not including, `to`; the last bucket includes its end."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` is a word of Python, so the fields cannot be declared as attributes."""
        return {
            "from": serializers.FloatField(),
            "to": serializers.FloatField(),
            "count": serializers.IntegerField(),
        }


class DomainAverageOut(serializers.Serializer[Any]):
    """The share of the marks that was earned in one domain."""

    code = serializers.CharField()
    title = serializers.CharField()
    percent = serializers.FloatField()


class SummaryOut(serializers.Serializer[Any]):
    """A delivery's results at a glance; each learner's attempts all count."""

    marked = serializers.IntegerField()
    mean_scaled = serializers.FloatField(allow_null=True)
    pass_rate = serializers.FloatField(allow_null=True)
    distribution = BucketOut(many=True)
    domains = DomainAverageOut(many=True)


class DeliveryResultsOut(serializers.Serializer[Any]):
    """The results of a delivery; the rows come from its attempts."""

    summary = SummaryOut()


class RegradeIn(Input):
    """What to score again: one delivery, one attempt or one item. `treatment` other than rescore is for an item."""

    delivery = serializers.UUIDField(allow_null=True, default=None)
    attempt = serializers.UUIDField(allow_null=True, default=None)
    item = serializers.UUIDField(allow_null=True, default=None)
    policy = serializers.ChoiceField(choices=RegradeRun.Policy.choices, default=RegradeRun.Policy.NEVER_LOWER)
    treatment = serializers.ChoiceField(choices=RegradeRun.Treatment.choices, default=RegradeRun.Treatment.RESCORE)
    dry_run = serializers.BooleanField(default=True)


class StandingOut(serializers.Serializer[Any]):
    """A scaled score and what it means."""

    scaled = serializers.FloatField()
    passed = serializers.BooleanField(allow_null=True)


class RegradedLearnerOut(serializers.Serializer[Any]):
    """A learner by name."""

    name = serializers.CharField(source="display_name")


class RegradedOut(serializers.Serializer[Any]):
    """What a regrade does to one attempt."""

    attempt = serializers.UUIDField(source="attempt.id")
    learner = RegradedLearnerOut(source="attempt.learner")
    before = StandingOut()
    after = StandingOut()


class RegradeOut(serializers.Serializer[Any]):
    """What a regrade did or, as a dry run, would do. `regrade` is null for a dry run."""

    dry_run = serializers.BooleanField()
    attempts = serializers.IntegerField()
    changed = RegradedOut(many=True)
    regrade = serializers.UUIDField(allow_null=True)
