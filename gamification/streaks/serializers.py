"""Streaks in JSON."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from gamification.streaks.counting import ACTIVE_ANSWERS, MOST_FREEZES, REPAIR_ANSWERS, DayState
from gamification.streaks.reading import Day, Standing


class StreakDayOut(serializers.Serializer[Day]):
    """A date of the calendar."""

    date = serializers.DateField()
    answers = serializers.IntegerField()
    state = serializers.ChoiceField(choices=DayState.choices)


class StreakRepairOut(serializers.Serializer[Standing]):
    """A missed day that can still be made good for."""

    date = serializers.DateField(source="repairable")
    length = serializers.IntegerField(source="tally.lost_length", help_text="The streak that it ended.")
    answers_needed = serializers.SerializerMethodField(help_text="To be answered in one day.")
    is_earned = serializers.BooleanField(source="has_earned_repair")

    def get_answers_needed(self, _standing: Standing) -> int:
        """The same for everybody."""
        return REPAIR_ANSWERS


class StreakOut(serializers.Serializer[Standing]):
    """A streak as it is today."""

    length = serializers.IntegerField(source="tally.length")
    longest = serializers.IntegerField(source="tally.longest")
    freezes = serializers.IntegerField(source="tally.freezes")
    most_freezes = serializers.SerializerMethodField()
    today = serializers.DateField()
    answers_today = serializers.IntegerField()
    answers_needed = serializers.SerializerMethodField(help_text="For a day to count.")
    is_today_done = serializers.BooleanField()
    repair = serializers.SerializerMethodField(help_text="Null when there is nothing to repair, or no repair left.")
    days = StreakDayOut(many=True, help_text="The last 35 days.")

    def get_most_freezes(self, _standing: Standing) -> int:
        """The same for everybody."""
        return MOST_FREEZES

    def get_answers_needed(self, _standing: Standing) -> int:
        """The same for everybody."""
        return ACTIVE_ANSWERS

    @extend_schema_field(StreakRepairOut(allow_null=True))
    def get_repair(self, standing: Standing) -> Mapping[str, Any] | None:
        """What can be repaired."""
        if standing.repairable is None or standing.repaired_this_month:
            return None
        return StreakRepairOut(standing).data
