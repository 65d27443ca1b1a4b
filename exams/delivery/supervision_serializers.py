"""What supervisors see and send, as the API document has it."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from config.http.serializers import Input
from exams.delivery.models import Attempt


class LearnerOut(serializers.Serializer[Any]):
    """A learner by name."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="display_name")
    email = serializers.CharField()


class LiveScoreOut(serializers.Serializer[Any]):
    """The score that counts."""

    raw = serializers.FloatField()
    raw_max = serializers.FloatField()
    scaled = serializers.FloatField()
    passed = serializers.BooleanField(allow_null=True)


class LiveAttemptOut(serializers.ModelSerializer[Attempt]):
    """An attempt as a supervisor watches it. Wants `learner`, `form`, `with_progress` and `with_current_score`."""

    learner = LearnerOut()
    remaining_seconds = serializers.SerializerMethodField()
    answered = serializers.IntegerField()
    total = serializers.IntegerField(source="form.item_count")
    last_seen_at = serializers.DateTimeField(allow_null=True)
    extra_minutes = serializers.SerializerMethodField()
    incidents = serializers.IntegerField()
    score = serializers.SerializerMethodField()

    class Meta:
        model = Attempt
        fields = (
            "id",
            "learner",
            "number",
            "state",
            "started_at",
            "submitted_at",
            "deadline_at",
            "remaining_seconds",
            "answered",
            "total",
            "last_seen_at",
            "extra_minutes",
            "incidents",
            "score",
        )

    def get_remaining_seconds(self, attempt: Attempt) -> int | None:
        """Seconds left on the clock; null without a limit or when closed."""
        return attempt.remaining_seconds(now=self.context["now"])

    def get_extra_minutes(self, attempt: Attempt) -> int:
        """Extra time granted so far."""
        return attempt.extra_seconds // 60

    @extend_schema_field(LiveScoreOut(allow_null=True))
    def get_score(self, attempt: Any) -> dict[str, Any] | None:
        """The current score, once there is one."""
        if attempt.current_scaled is None:
            return None
        return {
            "raw": float(attempt.current_raw),
            "raw_max": float(attempt.current_raw_max),
            "scaled": float(attempt.current_scaled),
            "passed": attempt.current_passed,
        }


class ExtraTimeIn(Input):
    """Minutes to add, and why."""

    minutes = serializers.IntegerField(min_value=1, max_value=240)
    reason = serializers.CharField(max_length=200)


class ReasonIn(Input):
    """Why; the learner reads it."""

    reason = serializers.CharField(max_length=200)


class NothingIn(Input):
    """No fields."""


class TimelineStepOut(serializers.Serializer[Any]):
    """One step, told in a sentence. `position` is where the learner saw the item."""

    at = serializers.DateTimeField()
    kind = serializers.CharField()
    slot = serializers.IntegerField(allow_null=True)
    position = serializers.IntegerField(allow_null=True)
    sequence = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()


class TimelineOut(serializers.Serializer[Any]):
    """The attempt as it went. `is_intact` tells whether the log is as it was written."""

    steps = TimelineStepOut(many=True)
    is_intact = serializers.BooleanField()
