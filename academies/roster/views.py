"""The people of an academy: who they are and how they are grouped."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.roster.models import Cohort
from academies.roster.serializers import CohortOut, CohortsQuery
from academies.tenancy.models import Membership
from academies.tenancy.querysets import SEES_PEOPLE
from academies.tenancy.serializers import MemberOut, MembersQuery
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of


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
