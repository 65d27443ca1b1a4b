"""Insight, as the API document has it."""

from typing import Any

from rest_framework import serializers

from analytics.insights.periods import Period
from analytics.insights.trends import Direction
from config.http.serializers import Query


class InsightQuery(Query):
    """Of one bank, or of all."""

    bank = serializers.UUIDField(required=False, default=None)


class PerformanceQuery(InsightQuery):
    """Over which period."""

    period = serializers.ChoiceField(choices=[each.value for each in Period], default=Period.MONTH.value)


class PeriodTotalsOut(serializers.Serializer[Any]):
    """What was answered in a period. `percent` is null where nothing was."""

    answers = serializers.IntegerField()
    right = serializers.IntegerField()
    percent = serializers.FloatField(allow_null=True)


class PerformanceTotalsOut(PeriodTotalsOut):
    """The same with the time it took."""

    seconds = serializers.IntegerField()


class PerformanceDayOut(serializers.Serializer[Any]):
    """One day with an answer."""

    date = serializers.DateField()
    answers = serializers.IntegerField()
    right = serializers.IntegerField()
    percent = serializers.FloatField()
    seconds = serializers.IntegerField()


class BestDayOut(serializers.Serializer[Any]):
    """The best day, among those with enough answers."""

    date = serializers.DateField()
    percent = serializers.FloatField()
    answers = serializers.IntegerField()


class BestScoreOut(serializers.Serializer[Any]):
    """The best result of an exam."""

    percent = serializers.FloatField()
    scaled = serializers.FloatField()
    passed = serializers.BooleanField(allow_null=True)
    date = serializers.DateField()
    attempt = serializers.UUIDField()
    title = serializers.CharField()


class PerformanceOut(serializers.Serializer[Any]):
    """Performance over a period, on the learner's own calendar; `days` are those with an answer, in order.

    What was committed by `as_of` is counted; null before anything was.
    """

    period = serializers.ChoiceField(choices=[each.value for each in Period])
    to = serializers.DateField()
    as_of = serializers.DateTimeField(allow_null=True)
    totals = PerformanceTotalsOut()
    previous = PeriodTotalsOut(allow_null=True)
    change_points = serializers.FloatField(allow_null=True)
    best_day = BestDayOut(allow_null=True)
    best_score = BestScoreOut(allow_null=True)
    days = PerformanceDayOut(many=True)

    def get_fields(self) -> dict[str, Any]:
        """With `from`, which Python cannot name."""
        return {"from": serializers.DateField(), **super().get_fields()}


class InsightBankOut(serializers.Serializer[Any]):
    """The bank of a domain."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class InsightDomainOut(serializers.Serializer[Any]):
    """A domain; `weight` is its share of the exam in percent."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    weight = serializers.IntegerField()


class TrendOut(serializers.Serializer[Any]):
    """What a test for trend says of the last `answers` answers; unknown where they are too few."""

    direction = serializers.ChoiceField(choices=[each.value for each in Direction])
    p_value = serializers.FloatField(allow_null=True)
    answers = serializers.IntegerField()
    method = serializers.CharField()


class DomainInsightOut(serializers.Serializer[Any]):
    """One domain in the period."""

    bank = InsightBankOut()
    domain = InsightDomainOut()
    answers = serializers.IntegerField()
    right = serializers.IntegerField()
    percent = serializers.FloatField()
    seconds_mean = serializers.FloatField()
    trend = TrendOut()


class DomainInsightsOut(serializers.Serializer[Any]):
    """The domains with an answer in the period."""

    as_of = serializers.DateTimeField(allow_null=True)
    domains = DomainInsightOut(many=True)


class WeakAreaOut(serializers.Serializer[Any]):
    """A domain that needs practice."""

    bank = InsightBankOut()
    domain = InsightDomainOut()
    answers = serializers.IntegerField()
    percent = serializers.FloatField()
    trend = TrendOut()
    last_answered_on = serializers.DateField()


class WeakAreasOut(serializers.Serializer[Any]):
    """The weak areas, the worst first."""

    as_of = serializers.DateTimeField(allow_null=True)
    areas = WeakAreaOut(many=True)
