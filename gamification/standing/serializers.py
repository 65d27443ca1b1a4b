"""Where a learner stands, in JSON."""

from rest_framework import serializers

from gamification.achievements.serializers import AwardOut
from gamification.goals.serializers import GoalOut
from gamification.standing.reading import Place
from gamification.streaks.serializers import StreakOut
from gamification.xp.serializers import LevelOut


class MotivationOut(serializers.Serializer[Place]):
    """Points, level, streak, goals, newest awards."""

    xp = serializers.IntegerField()
    xp_today = serializers.IntegerField()
    level = LevelOut()
    streak = StreakOut()
    goals = GoalOut(many=True)
    awards = AwardOut(many=True)
