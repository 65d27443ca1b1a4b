"""Academies and their members in JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from academies.tenancy.models import Membership
from academies.tenancy.powers import Power, Role
from accounts.identity.serializers import UserOut
from accounts.impersonation.serializers import SeenByOut, seen_by
from accounts.models import User
from config.http.serializers import Query


class MyAcademyOut(serializers.Serializer[Membership]):
    """An academy as one of its members has it."""

    # The fields are for the document; the values are written by hand, in a fraction of the time.

    slug = serializers.SlugField(source="academy.slug")
    name = serializers.CharField(source="academy.name")
    colour = serializers.CharField(source="academy.colour")
    is_house = serializers.BooleanField(source="academy.is_house")
    role = serializers.ChoiceField(choices=Role.choices)
    powers = serializers.ListField(
        child=serializers.ChoiceField(choices=Power.choices),
        read_only=True,
        help_text="What the role lets the person do here, in a fixed order.",
    )

    def to_representation(self, membership: Membership) -> dict[str, Any]:
        """The academy, with the person's role in it."""
        academy, powers = membership.academy, membership.powers
        return {
            "slug": academy.slug,
            "name": academy.name,
            "colour": academy.colour,
            "is_house": academy.is_house,
            "role": membership.role,
            "powers": [power for power in Power if power in powers],
        }


class AcademyOut(MyAcademyOut):
    """An academy in full."""

    time_zone = serializers.CharField(source="academy.time_zone")

    def to_representation(self, membership: Membership) -> dict[str, Any]:
        """The academy, with its time zone."""
        return super().to_representation(membership) | {"time_zone": membership.academy.time_zone}


class MeOut(UserOut):
    """The person who is signed in, with their active academies (`memberships` and `request` in the context)."""

    academies = serializers.SerializerMethodField()
    seen_by = serializers.SerializerMethodField(help_text="Set while staff see what this person sees.")

    @extend_schema_field(MyAcademyOut(many=True))
    def get_academies(self, user: User) -> Any:
        """The academies, by name."""
        return MyAcademyOut(self.context["memberships"], many=True).data

    @extend_schema_field(SeenByOut(allow_null=True))
    def get_seen_by(self, _user: User) -> Any:
        """Who of the staff sees this as the person does."""
        return seen_by(self.context["request"])


class MemberOut(serializers.Serializer[Membership]):
    """A person in an academy."""

    id = serializers.UUIDField()
    name = serializers.CharField(source="user.name")
    email = serializers.EmailField(source="user.email")
    role = serializers.ChoiceField(choices=Role.choices)
    cohorts = serializers.SerializerMethodField()

    def get_cohorts(self, membership: Membership) -> list[str]:
        """The names of the cohorts that the person is in."""
        cohorts: Any = membership.cohorts.all()
        return [cohort.name for cohort in cohorts]


class MembersQuery(Query):
    """What a list of members may be narrowed by."""

    role = serializers.ChoiceField(choices=Role.choices, required=False, help_text="Only this role.")
    search = serializers.CharField(
        required=False, allow_blank=True, max_length=100, help_text="Part of the name or of the address."
    )
