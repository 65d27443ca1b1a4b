"""The learner's readiness: `/api/v1/academies/{slug}/insights/readiness/…`."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from analytics.readiness.exams import exams_for
from analytics.readiness.models import ReadinessPrediction
from analytics.readiness.readiness import readiness_of
from analytics.readiness.serializers import ReadinessDetailOut, ReadinessOut
from config.http.pagination import CursorPages


class ReadinessListView(AcademyView):
    """GET insights/readiness/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering: ClassVar = ["-is_target", "title"]

    @extend_schema(responses=ReadinessOut(many=True), operation_id="list_readiness")
    def get(self, request: AcademyRequest) -> Response:
        """How likely you are to pass each exam that you may face, the one of your profile first."""
        member, pages = request.membership, CursorPages()
        exams = pages.paginate_queryset(exams_for(member), request, self)
        found = readiness_of(member.user_id, academy=member.academy_id, blueprints=exams, now=request.received_at)
        return pages.get_paginated_response(ReadinessOut(found, many=True).data)


class ReadinessView(AcademyView):
    """GET insights/readiness/{blueprint}/"""

    required = Power.SIT_EXAMS

    @extend_schema(responses=ReadinessDetailOut, operation_id="get_readiness")
    def get(self, request: AcademyRequest, blueprint: UUID) -> Response:
        """How likely you are to pass one exam, and how well such predictions came true so far."""
        member = request.membership
        exam = exams_for(member).filter(pk=blueprint).first()
        if exam is None:
            raise Http404
        (found,) = readiness_of(member.user_id, academy=member.academy_id, blueprints=[exam], now=request.received_at)
        outcomes = ReadinessPrediction.objects.outcomes(exam.pk)
        return Response(ReadinessDetailOut(found, context={"outcomes": outcomes}).data)
