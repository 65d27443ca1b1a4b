"""The people of an academy: who they are, how they are grouped, and who is invited."""

from typing import Any
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import SAFE_METHODS, AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from academies.roster.errors import InvitationNotValid, InvitedSomebodyElse
from academies.roster.invitations import accept_invitation, invite, invite_again, revoke_invitation
from academies.roster.models import Cohort, Invitation
from academies.roster.serializers import CohortOut, CohortsQuery, InvitationIn, InvitationOut, InvitedToOut
from academies.tenancy.errors import AlreadyMember
from academies.tenancy.models import Membership
from academies.tenancy.powers import Power, Role
from academies.tenancy.querysets import SEES_PEOPLE
from academies.tenancy.serializers import MemberOut, MembersQuery, MyAcademyOut
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.identity.requests import received_at, signed_in
from config.http.pagination import CursorPages, page_of
from config.kernel.errors import FieldError, Invalid, Refused


class CohortsView(AcademyView):
    """The cohorts of an academy."""

    required = SEES_PEOPLE
    pagination_class = CursorPages
    ordering = "name"
    ordering_fields = ("name", "created_at")

    @extend_schema(operation_id="cohorts", parameters=[CohortsQuery], responses=CohortOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """The cohorts, by name."""
        wanted = CohortsQuery.parse(request)
        cohorts = Cohort.objects.visible_to(request.membership).with_learner_count()
        if "search" in wanted:
            cohorts = cohorts.filter(name__icontains=wanted.search)
        return page_of(cohorts, request, view=self, serializer=CohortOut)


class MembersView(AcademyView):
    """The members of an academy."""

    required = SEES_PEOPLE
    pagination_class = CursorPages
    ordering = "sort_name"
    ordering_fields = {"name": "sort_name", "joined": "created_at"}

    @extend_schema(operation_id="members", parameters=[MembersQuery], responses=MemberOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """The active members, by name."""
        wanted = MembersQuery.parse(request)
        members = Membership.objects.visible_to(request.membership).with_sort_name()
        if "role" in wanted:
            members = members.filter(role=wanted.role)
        if "search" in wanted:
            members = members.matching(wanted.search)
        members = members.select_related("user").prefetch_related("cohorts")
        return page_of(members, request, view=self, serializer=MemberOut)


class InvitationsView(AcademyView):
    """Who is invited to an academy and has not answered."""

    required = Power.MANAGE_PEOPLE
    step_up = ("POST",)
    rate = {"POST": "create"}
    refuses = {"POST": (AlreadyMember,)}
    pagination_class = CursorPages
    ordering = "-created_at"
    ordering_fields = ("created_at", "address")

    @extend_schema(operation_id="invitations", responses=InvitationOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """The invitations that wait for an answer, the newest first; expired ones too."""
        rows = Invitation.objects.for_academy(request.academy.pk).pending().select_related("cohort", "invited_by")
        return page_of(rows, request, view=self, serializer=InvitationOut, now=request.received_at)

    @extend_schema(operation_id="invite", request=InvitationIn, responses={201: InvitationOut})
    def post(self, request: AcademyRequest) -> Response:
        """Invite an address. One that waits already gets another letter, as what is said now."""
        wanted = InvitationIn.parse(request)
        if wanted.role == Role.OWNER and request.membership.role != Role.OWNER:
            raise Refused("Only an owner invites another owner.")
        cohort = None
        if wanted.cohort is not None:
            cohort = Cohort.objects.visible_to(request.membership).filter(pk=wanted.cohort).first()
            if cohort is None:
                error = FieldError(field="cohort", code="does_not_exist", detail="There is no such cohort.")
                raise Invalid(errors=(error,))
        invitation = invite(
            academy=request.academy,
            address=wanted.address,
            role=Role(wanted.role),
            cohort=cohort,
            actor=request.membership.user,
            now=request.received_at,
        )
        return _shown(invitation, request, status=status.HTTP_201_CREATED)


class InvitationDetailView(AcademyView):
    """One invitation."""

    required = Power.MANAGE_PEOPLE
    rate = "create"
    refuses = (InvitationNotValid,)

    @extend_schema(operation_id="revoke_invitation", responses={204: None})
    def delete(self, request: AcademyRequest, invitation: UUID) -> Response:
        """Take it back: its letter leads nowhere from now on."""
        revoke_invitation(invitation=_own(request, invitation), actor=request.membership.user, now=request.received_at)
        return Response(status=status.HTTP_204_NO_CONTENT)


class InvitationResendView(AcademyView):
    """Another letter."""

    required = Power.MANAGE_PEOPLE
    rate = "create"
    refuses = (InvitationNotValid,)

    @extend_schema(operation_id="resend_invitation", request=None, responses=InvitationOut)
    def post(self, request: AcademyRequest, invitation: UUID) -> Response:
        """Send it again, good for two weeks from now."""
        renewed = invite_again(
            invitation=_own(request, invitation), actor=request.membership.user, now=request.received_at
        )
        return _shown(renewed, request)


class InvitationView(APIView):
    """An invitation by the token of its letter."""

    rate = "links"
    refuses = {"GET": (InvitationNotValid,), "POST": (InvitationNotValid, InvitedSomebodyElse, AlreadyMember)}

    def get_permissions(self) -> list[Any]:
        """Everybody who has the letter may read it; who accepts is signed in."""
        return [AllowAny()] if self.request.method in SAFE_METHODS else list(super().get_permissions())

    @extend_schema(operation_id="invitation", responses=InvitedToOut)
    def get(self, request: Request, token: str) -> Response:
        """What I am invited to. It does not say whether the address has an account."""
        found = Invitation.objects.with_token(token, now=received_at(request)).select_related("academy").first()
        if found is None:
            raise InvitationNotValid
        return Response(InvitedToOut(found).data)

    @extend_schema(operation_id="accept_invitation", request=None, responses=MyAcademyOut)
    def post(self, request: Request, token: str) -> Response:
        """Join the academy, with the address that was invited."""
        member = accept_invitation(token=token, user=signed_in(request), now=received_at(request))
        return Response(MyAcademyOut(member).data)


def _own(request: AcademyRequest, invitation: UUID) -> UUID:
    """The id of an invitation of this academy. Raises Http404."""
    if not Invitation.objects.for_academy(request.academy.pk).filter(pk=invitation).exists():
        raise Http404
    return invitation


def _shown(invitation: Invitation, request: AcademyRequest, *, status: int = status.HTTP_200_OK) -> Response:
    return Response(InvitationOut(invitation, context={"now": request.received_at}).data, status=status)
