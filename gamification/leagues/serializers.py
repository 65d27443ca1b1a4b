"""Leagues in JSON."""

from typing import Any

from rest_framework import serializers

from gamification.leaderboards.serializers import PlaceOut
from gamification.leagues.models import LeagueMember, Tier


class LeaguePlaceOut(PlaceOut):
    """One place in a league, and what it would lead to if the week ended now."""

    outcome = serializers.ChoiceField(choices=["promoted", "stayed", "relegated"])


class LeagueOut(serializers.Serializer[Any]):
    """My league of this week."""

    has_joined = serializers.BooleanField(help_text="The first XP of a week lead into a league.")
    is_hidden = serializers.BooleanField(help_text="Whether I chose not to stand on boards: then I play in none.")
    tier = serializers.ChoiceField(choices=Tier.choices, help_text="Mine, or the one that I would join.")
    ends_at = serializers.DateTimeField()
    promoted = serializers.IntegerField(help_text="How many places lead up; 0 in the top tier.")
    relegated = serializers.IntegerField(help_text="How many places lead down; 0 in the first tier.")
    places = LeaguePlaceOut(many=True)


class LeagueWeekOut(serializers.ModelSerializer[LeagueMember]):
    """A week that is over. Wants `league`."""

    tier = serializers.ChoiceField(choices=Tier.choices, source="league.tier")
    size = serializers.IntegerField(source="league.size")

    class Meta:
        model = LeagueMember
        fields = ("week_date", "tier", "size", "points", "rank", "outcome", "next_tier")
