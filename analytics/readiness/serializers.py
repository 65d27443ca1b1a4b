"""Readiness, as the API document has it. Shares and probabilities are percents."""

from typing import Any

from rest_framework import serializers

from analytics.readiness.calibration import MIN_SHOWN, Bin, Outcome, brier_of, reliability
from analytics.readiness.readiness import DomainReadiness, Readiness


def percent(share: float | None) -> float | None:
    """A share as a percent with one decimal."""
    return None if share is None else round(100 * share, 1)


class BankRefOut(serializers.Serializer[Any]):
    """A bank by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class ExamRefOut(serializers.Serializer[Any]):
    """An exam by name, with the bank that it is drawn from."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    bank = BankRefOut()


class DomainReadinessOut(serializers.Serializer[Any]):
    """One domain: its share of the exam, and what you would have right of it, with the 90 % interval."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    share = serializers.FloatField()
    answers = serializers.IntegerField()
    expected = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class ReadinessOut(serializers.Serializer[Any]):
    """How likely you are to pass an exam; null while it is too early to say."""

    exam = ExamRefOut()
    is_target = serializers.BooleanField(help_text="Whether your profile names it.")
    probability = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="The interval of 90 %, of your ability alone.")
    high = serializers.FloatField(allow_null=True)
    expected = serializers.FloatField(allow_null=True, help_text="What you would have right of the whole exam.")
    cut = serializers.FloatField(allow_null=True, help_text="What must be right to pass.")
    answers = serializers.IntegerField(help_text="Different questions of the last year that this rests on.")
    answers_needed = serializers.IntegerField(help_text="How many more it takes to say anything.")
    recalibrated_on = serializers.IntegerField(
        allow_null=True, help_text="The attempts whose outcomes corrected the probability; null where none did."
    )
    domains = DomainReadinessOut(many=True)

    def to_representation(self, instance: Readiness) -> dict[str, Any]:
        """Shares as percents."""
        blueprint, chance = instance.outline.blueprint, instance.chance
        return {
            "exam": {
                "id": str(blueprint.pk),
                "title": blueprint.title,
                "bank": {"id": str(blueprint.bank_id), "title": blueprint.bank.title},
            },
            "is_target": getattr(blueprint, "is_target", False),
            "probability": percent(chance.probability if chance else None),
            "low": percent(chance.low if chance else None),
            "high": percent(chance.high if chance else None),
            "expected": percent(chance.expected if chance else None),
            "cut": percent(instance.cut_share),
            "answers": instance.answers,
            "answers_needed": instance.needed,
            "recalibrated_on": instance.recalibrated_on,
            "domains": [_domain(each) for each in instance.domains],
        }


class ReliabilityBinOut(serializers.Serializer[Any]):
    """Predictions from `start` to `end`: what they said on average, what share passed, and its 95 % interval."""

    start = serializers.FloatField()
    end = serializers.FloatField()
    count = serializers.IntegerField()
    predicted = serializers.FloatField()
    observed = serializers.FloatField()
    low = serializers.FloatField()
    high = serializers.FloatField()


class CalibrationOut(serializers.Serializer[Any]):
    """How predictions of an exam came true, over the whole platform. Empty below `minimum` attempts."""

    attempts = serializers.IntegerField()
    minimum = serializers.IntegerField()
    brier = serializers.FloatField(allow_null=True, help_text="0 is perfect; saying 50 % always gives 0.25.")
    bins = ReliabilityBinOut(many=True)


class ReadinessDetailOut(ReadinessOut):
    """The same with how such predictions came true."""

    calibration = CalibrationOut()

    def to_representation(self, instance: Readiness) -> dict[str, Any]:
        """The same; `outcomes` of the exam in the context."""
        return {**super().to_representation(instance), "calibration": calibration_of(self.context["outcomes"])}


def calibration_of(outcomes: list[Outcome]) -> dict[str, Any]:
    """In the shape of `CalibrationOut`."""
    enough = len(outcomes) >= MIN_SHOWN
    return {
        "attempts": len(outcomes),
        "minimum": MIN_SHOWN,
        "brier": round(brier_of(outcomes), 4) if enough else None,
        "bins": [_bin(each) for each in reliability(outcomes)] if enough else [],
    }


def _bin(found: Bin) -> dict[str, Any]:
    shares = ("start", "end", "predicted", "observed", "low", "high")
    return {"count": found.count, **{name: percent(getattr(found, name)) for name in shares}}


def _domain(found: DomainReadiness) -> dict[str, Any]:
    return {
        "id": str(found.domain.pk),
        "code": found.domain.code,
        "title": found.domain.title,
        "share": percent(found.share),
        "answers": found.answers,
        "expected": percent(found.expected),
        "low": percent(found.low),
        "high": percent(found.high),
    }
