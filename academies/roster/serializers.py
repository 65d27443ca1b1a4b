"""Cohorts and invitations in JSON."""

from rest_framework import serializers

from academies.roster.models import Cohort, Invitation
from academies.tenancy.powers import Role
from accounts.identity.verification import address_proof
from config.http.serializers import Input, Query


class CohortOut(serializers.Serializer[Cohort]):
    """A cohort."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    learner_count = serializers.IntegerField()


class CohortsQuery(Query):
    """What a list of cohorts may be narrowed by."""

    search = serializers.CharField(required=False, allow_blank=True, max_length=100, help_text="Part of the name.")


class InvitationIn(Input):
    """Whom to invite, as what."""

    address = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=Role.choices, default=Role.LEARNER)
    cohort = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="A cohort to be put into.")


class InvitationOut(serializers.Serializer[Invitation]):
    """An invitation as the academy's people see it (`now` in the context)."""

    id = serializers.UUIDField()
    address = serializers.EmailField()
    role = serializers.ChoiceField(choices=Role.choices)
    cohort = serializers.CharField(source="cohort.name", default=None, allow_null=True)
    invited_by = serializers.CharField(source="invited_by.display_name")
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField()
    is_expired = serializers.SerializerMethodField()

    def get_is_expired(self, invitation: Invitation) -> bool:
        """Whether it can no longer be accepted; another letter makes it good again."""
        return invitation.state(now=self.context["now"]) == Invitation.State.EXPIRED


class InvitedToOut(serializers.Serializer[Invitation]):
    """An invitation as whoever has its letter sees it."""

    academy = serializers.CharField(source="academy.name")
    colour = serializers.CharField(source="academy.colour")
    role = serializers.ChoiceField(choices=Role.choices)
    address = serializers.EmailField()
    expires_at = serializers.DateTimeField()
    proof = serializers.SerializerMethodField(
        help_text="Signing up with it within two hours needs no other letter, because this one came to the address."
    )

    def get_proof(self, invitation: Invitation) -> str:
        """Signed for the address."""
        return address_proof(invitation.address)
