"""Boards in JSON. Nobody is named by an id: a place is told by its rank and the name that its learner chose."""

from typing import Any

from rest_framework import serializers

from config.http.serializers import Input, Query
from gamification.leaderboards.models import BoardPreference

ACADEMY = "academy"
WEEK, ALL = "week", "all"


class BoardQuery(Query):
    """Which board."""

    board = serializers.RegexField(
        r"^(academy|cohort:[0-9a-fA-F-]{32,36})$",
        default=ACADEMY,
        help_text="`academy`, or `cohort:` and the id of a cohort that I am in.",
    )
    period = serializers.ChoiceField(choices=[WEEK, ALL], default=WEEK)


class PlaceOut(serializers.Serializer[Any]):
    """One place on a board."""

    rank = serializers.IntegerField(help_text="Equal points have equal ranks: 1, 2, 2, 4.")
    name = serializers.CharField()
    points = serializers.IntegerField()
    is_me = serializers.BooleanField()


class OwnCohortOut(serializers.Serializer[Any]):
    """A cohort that I am in."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class BoardOut(serializers.Serializer[Any]):
    """A board: its top, and I among my neighbours."""

    board = serializers.CharField()
    period = serializers.ChoiceField(choices=[WEEK, ALL])
    ends_at = serializers.DateTimeField(allow_null=True, help_text="The end of the week.")
    size = serializers.IntegerField(help_text="How many stand on it.")
    top = PlaceOut(many=True)
    around = PlaceOut(many=True, help_text="I and my neighbours; empty when I do not stand on it.")
    is_hidden = serializers.BooleanField(help_text="Whether I chose not to stand on boards.")
    cohorts = OwnCohortOut(many=True, help_text="Whose boards I may ask for.")


class BoardPreferenceOut(serializers.ModelSerializer[BoardPreference]):
    """What I chose for boards and leagues."""

    class Meta:
        model = BoardPreference
        fields = ("is_hidden", "name_shown")


class BoardPreferenceIn(Input):
    """What I choose."""

    is_hidden = serializers.BooleanField()
    name_shown = serializers.ChoiceField(choices=BoardPreference.NameShown.choices)
