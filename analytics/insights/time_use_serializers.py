"""Time use, as the API document has it."""

from typing import Any

from rest_framework import serializers

from analytics.insights.periods import Period
from analytics.insights.time_use import PARTS
from exams.marking.models import MarkedAnswer


class DayTimeOut(serializers.Serializer[Any]):
    """Seconds of one day."""

    date = serializers.DateField()
    seconds = serializers.IntegerField()


class SourceTimeOut(serializers.Serializer[Any]):
    """Seconds by where they were spent."""

    source = serializers.ChoiceField(choices=MarkedAnswer.Source.choices)  # type: ignore[assignment]  # so called
    seconds = serializers.IntegerField()


class WeekTimeOut(serializers.Serializer[Any]):
    """Seconds by weekday (1 is Monday) and part of the day, on your clock."""

    weekday = serializers.IntegerField(min_value=1, max_value=7)
    part = serializers.ChoiceField(choices=[name for name, _ in PARTS])
    answers = serializers.IntegerField()
    seconds = serializers.IntegerField()


class PaceOut(serializers.Serializer[Any]):
    """How long answers took on average."""

    answers = serializers.IntegerField()
    seconds_mean = serializers.FloatField(allow_null=True)


class PacedDomainOut(serializers.Serializer[Any]):
    """A domain by name."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


class DomainPaceOut(serializers.Serializer[Any]):
    """How long right and wrong answers of a domain took."""

    domain = PacedDomainOut()
    bank_title = serializers.CharField()
    right = PaceOut()
    wrong = PaceOut()


class TimeUseOut(serializers.Serializer[Any]):
    """Where your time went. `from` is null for all time."""

    period = serializers.ChoiceField(choices=[each.value for each in Period])
    to = serializers.DateField()
    as_of = serializers.DateTimeField()
    seconds = serializers.IntegerField()
    days = DayTimeOut(many=True)
    sources = SourceTimeOut(many=True)
    week = WeekTimeOut(many=True)
    pace = DomainPaceOut(many=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of the language, so it cannot be declared like the others."""
        return {**super().get_fields(), "from": serializers.DateField(allow_null=True)}
