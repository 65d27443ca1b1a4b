"""Achievements in JSON."""

from typing import Any

from rest_framework import serializers

from gamification.achievements.catalogue import CATALOGUE, KINDS
from gamification.achievements.models import Award


class AwardOut(serializers.Serializer[Award]):
    """Something that was reached."""

    code = serializers.CharField()
    name = serializers.SerializerMethodField()
    description = serializers.SerializerMethodField(help_text="What it was awarded for.")
    awarded_at = serializers.DateTimeField()

    def get_name(self, award: Award) -> str:
        """Of the catalogue; the code of what is not in it any more."""
        found = CATALOGUE.get(award.code)
        return str(found.name) if found else award.code

    def get_description(self, award: Award) -> str:
        """Of the catalogue; empty for what is not in it any more."""
        found = CATALOGUE.get(award.code)
        return str(found.description) if found else ""


class AchievementOut(serializers.Serializer[Any]):
    """Something that can be reached, and how far I am."""

    code = serializers.CharField()
    tier = serializers.IntegerField()
    name = serializers.CharField()
    description = serializers.CharField()
    threshold = serializers.IntegerField()
    progress = serializers.IntegerField(help_text="At most the threshold.")
    awarded_at = serializers.DateTimeField(allow_null=True)


class AchievementKindOut(serializers.Serializer[Any]):
    """The achievements of one kind."""

    kind = serializers.ChoiceField(choices=KINDS)
    achievements = AchievementOut(many=True)


class AchievementsOut(serializers.Serializer[Any]):
    """The whole catalogue."""

    awarded = serializers.IntegerField()
    total = serializers.IntegerField()
    kinds = AchievementKindOut(many=True)
