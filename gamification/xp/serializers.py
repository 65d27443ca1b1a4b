"""Points in JSON."""

from typing import Any

from rest_framework import serializers

from gamification.xp.levels import Level
from gamification.xp.models import XPEntry
from gamification.xp.rules import RULES, Rule


class XPEntryOut(serializers.Serializer[XPEntry]):
    """Points for one thing."""

    id = serializers.IntegerField()
    rule = serializers.CharField()
    name = serializers.SerializerMethodField()
    amount = serializers.IntegerField()
    is_capped = serializers.SerializerMethodField(help_text="Whether the limit of the day left less than it was worth.")
    local_date = serializers.DateField()
    earned_at = serializers.DateTimeField()

    def get_name(self, entry: XPEntry) -> str:
        """What it was for; the code of a rule that is gone."""
        rule = RULES.get(entry.rule)
        return str(rule.name) if rule else entry.rule

    def get_is_capped(self, entry: XPEntry) -> bool:
        """Compares."""
        return entry.amount < entry.worth


class LevelOut(serializers.Serializer[Level]):
    """A level and the points it begins with."""

    number = serializers.IntegerField()
    begins_at = serializers.IntegerField()
    next_at = serializers.IntegerField(help_text="The points with which the next begins.")


class XPRuleOut(serializers.Serializer[Rule]):
    """What gives points."""

    code = serializers.CharField()
    name = serializers.CharField()
    a_day = serializers.IntegerField(allow_null=True, help_text="The most in a day; null for what is given once.")


class XPRulesOut(serializers.Serializer[Any]):
    """The curve of levels and the table of rules."""

    levels = LevelOut(many=True)
    rules = XPRuleOut(many=True)
