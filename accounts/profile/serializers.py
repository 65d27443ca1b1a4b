"""A profile and the first steps in JSON."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.profile.models import Goal, Language, Level, MailKind, Profile, Step, StepState
from config.http.serializers import Input

MAX_PHONE = 40
MAX_ADDRESS = 500


class ProfileOut(serializers.ModelSerializer[Profile]):
    """A profile as its person sees it; what staff note about people is not theirs to read here."""

    languages = serializers.ListField(child=serializers.ChoiceField(choices=Language.choices))
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True)
    goals = serializers.ListField(child=serializers.ChoiceField(choices=Goal.choices))
    unwanted_mail = serializers.ListField(child=serializers.ChoiceField(choices=MailKind.choices))
    birth_date = serializers.DateField(allow_null=True)
    time_factor_wanted = serializers.FloatField()

    class Meta:
        model = Profile
        fields = (
            "phone",
            "postal_address",
            "birth_date",
            "languages",
            "level",
            "goals",
            "target_exam",
            "target_date",
            "time_factor_wanted",
            "text_size",
            "reduced_motion",
            "high_contrast",
            "unwanted_mail",
        )
        read_only_fields = fields


class _Choices(serializers.ListField):
    """Some of a vocabulary, each once, in the order given."""

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        super().__init__(child=serializers.ChoiceField(choices=choices), max_length=len(choices), **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Without repetitions."""
        return list(dict.fromkeys(super().to_internal_value(data)))


class ProfileIn(Input):
    """What a person may tell about themselves."""

    phone = serializers.RegexField(r"^\+?[0-9 ()./-]*$", max_length=MAX_PHONE, allow_blank=True)
    postal_address = serializers.CharField(max_length=MAX_ADDRESS, allow_blank=True)
    birth_date = serializers.DateField(allow_null=True)
    languages = _Choices(Language.choices)
    level = serializers.ChoiceField(choices=Level.choices, allow_blank=True)
    goals = _Choices(Goal.choices)
    target_exam = serializers.CharField(max_length=150, allow_blank=True)
    target_date = serializers.DateField(allow_null=True)
    time_factor_wanted = serializers.DecimalField(
        max_digits=3, decimal_places=2, min_value=Decimal(1), max_value=Decimal(3)
    )
    text_size = serializers.IntegerField(min_value=1, max_value=4)
    reduced_motion = serializers.BooleanField()
    high_contrast = serializers.BooleanField()
    unwanted_mail = _Choices(MailKind.choices)

    def validate_birth_date(self, value: Any) -> Any:
        """Nobody was born tomorrow."""
        if value and not 1900 <= value.year <= timezone.now().date().year:
            raise serializers.ValidationError("This is not a date of birth.", code="not_a_birth_date")
        return value


class StepOut(serializers.Serializer[Any]):
    """One of the first steps."""

    step = serializers.ChoiceField(choices=Step.choices)
    state = serializers.ChoiceField(choices=StepState.choices)


class OnboardingOut(serializers.Serializer[Profile]):
    """How far somebody is with the first steps, on whichever device."""

    steps = serializers.SerializerMethodField()
    next_step = serializers.ChoiceField(choices=Step.choices, allow_null=True)
    completed_at = serializers.DateTimeField(source="onboarded_at", allow_null=True)
    dismissed_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field(StepOut(many=True))
    def get_steps(self, profile: Profile) -> list[dict[str, str]]:
        """In their order."""
        return [{"step": step.value, "state": profile.state_of(step).value} for step in Step]


class OnboardingIn(Input):
    """What became of a step, or that nobody wants to be asked again."""

    step = serializers.ChoiceField(choices=Step.choices, required=False)
    state = serializers.ChoiceField(choices=StepState.choices, required=False)
    dismissed = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A step comes with its state."""
        if ("step" in attrs) != ("state" in attrs):
            missing = "state" if "step" in attrs else "step"
            raise serializers.ValidationError({missing: "A step comes with its state."}, code="required")
        return attrs
