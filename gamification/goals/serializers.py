"""Goals and reminders in JSON."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from config.http.serializers import Input
from gamification.goals.actions import GoalState
from gamification.goals.models import GoalDone, GoalKind, Period, Reminder

# Enough for everybody, and not so much that sums overflow.
MOST = 10_000


class GoalIn(Input):
    """So much of a kind in a day or week."""

    period = serializers.ChoiceField(choices=Period.choices)
    kind = serializers.ChoiceField(choices=GoalKind.choices)
    target = serializers.IntegerField(min_value=1, max_value=MOST)


class GoalsIn(Input):
    """All goals."""

    goals = serializers.ListField(child=GoalIn(), max_length=len(Period) * len(GoalKind))

    def validate_goals(self, goals: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """One of each kind in a period."""
        if len({(goal["period"], goal["kind"]) for goal in goals}) < len(goals):
            raise serializers.ValidationError(gettext("Set each kind of goal once."), code="repeated")
        return goals


class GoalOut(serializers.Serializer[GoalState]):
    """A goal and how far I am in its present day or week."""

    period = serializers.ChoiceField(source="goal.period", choices=Period.choices)
    kind = serializers.ChoiceField(source="goal.kind", choices=GoalKind.choices)
    target = serializers.IntegerField(source="goal.target")
    done = serializers.IntegerField()
    is_reached = serializers.BooleanField()


class GoalsOut(serializers.Serializer[Any]):
    """All goals."""

    goals = GoalOut(many=True)


class GoalDoneOut(serializers.Serializer[GoalDone]):
    """A goal that was reached."""

    period = serializers.ChoiceField(choices=Period.choices)
    kind = serializers.ChoiceField(choices=GoalKind.choices)
    target = serializers.IntegerField()
    start_date = serializers.DateField()
    reached_at = serializers.DateTimeField()


class ReminderIn(Input):
    """When to be reminded."""

    is_on = serializers.BooleanField()
    hour = serializers.IntegerField(min_value=0, max_value=23)


class ReminderOut(serializers.Serializer[Reminder]):
    """When I am reminded, by my own clock."""

    is_on = serializers.BooleanField()
    hour = serializers.IntegerField()
    is_unwanted = serializers.SerializerMethodField(help_text="My profile says that I want no such letters.")

    def get_is_unwanted(self, _reminder: Reminder) -> bool:
        """From the context."""
        return bool(self.context["is_unwanted"])
