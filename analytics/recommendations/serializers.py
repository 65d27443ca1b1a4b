"""Recommendations, as the API document has them."""

from typing import Any

from rest_framework import serializers

from analytics.recommendations.models import Recommendation
from analytics.recommendations.words import reason_of, title_of
from config.http.serializers import Input


class RecommendedActionOut(serializers.Serializer[Any]):
    """What accepting leads to: which members there are depends on `type`."""

    type = serializers.ChoiceField(choices=["practice", "review", "exam", "attempt", "practice_session"])
    bank = serializers.UUIDField(required=False)
    domains = serializers.ListField(child=serializers.UUIDField(), required=False)
    skills = serializers.ListField(child=serializers.UUIDField(), required=False)
    delivery = serializers.UUIDField(required=False)
    attempt = serializers.UUIDField(required=False)
    session = serializers.UUIDField(required=False)


class RecommendationOut(serializers.ModelSerializer[Recommendation]):
    """What you might do next, why, and what it leads to."""

    title = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField()
    action = RecommendedActionOut()

    class Meta:
        model = Recommendation
        fields = ("id", "kind", "title", "reason", "action", "state", "created_at", "expires_at")

    def get_title(self, recommendation: Recommendation) -> str:
        """What to do."""
        return title_of(recommendation.kind, recommendation.facts)

    def get_reason(self, recommendation: Recommendation) -> str:
        """Why."""
        return reason_of(recommendation.kind, recommendation.facts)


class DecisionIn(Input):
    """What you make of a recommendation."""

    decision = serializers.ChoiceField(choices=[Recommendation.State.ACCEPTED, Recommendation.State.DISMISSED])
