"""A person in JSON."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from rest_framework import serializers

from accounts.factors.duties import Standing
from accounts.identity.models import User
from config.http.serializers import Input


@cache
def time_zones() -> frozenset[str]:
    """The names of the IANA database; finding them means walking through its files, so once."""
    return frozenset(available_timezones())


class SessionOut(serializers.Serializer[Any]):
    """Whether somebody is signed in, and what their second factor still asks of them."""

    authenticated = serializers.BooleanField()
    second_factor = serializers.ChoiceField(
        choices=Standing.choices,
        help_text="needed: prove it with `me/step-up/`. must_enrol: add one with `me/factors/`.",
    )


class VerificationIn(Input):
    """The key of the link in a letter."""

    key = serializers.CharField(max_length=1000, help_text="What stands behind `/verify/` in the link.")


class UserOut(serializers.Serializer[User]):
    """A person as they see themselves."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    name = serializers.CharField()
    locale = serializers.ChoiceField(choices=User.Locale.choices)
    time_zone = serializers.CharField(help_text="A name of the IANA time zone database.")
    is_staff = serializers.BooleanField()
    erasure_due_at = serializers.DateTimeField(
        allow_null=True, help_text="When everything about the person will be erased, if they asked for it."
    )


class MeIn(Input):
    """What a person may change about themselves."""

    name = serializers.CharField(max_length=150, allow_blank=True, required=False)
    locale = serializers.ChoiceField(choices=User.Locale.choices, required=False)
    time_zone = serializers.CharField(max_length=64, required=False)

    def validate_time_zone(self, value: str) -> str:
        """A zone that the platform can compute with."""
        if value not in time_zones():
            raise serializers.ValidationError("There is no such time zone.", code="unknown_time_zone")
        return value
