"""What the learner might do next: `/api/v1/academies/{slug}/recommendations/…`."""

from typing import ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from analytics.recommendations.actions import decide, refresh_if_stale
from analytics.recommendations.errors import AlreadyDecided
from analytics.recommendations.models import Recommendation
from analytics.recommendations.serializers import DecisionIn, RecommendationOut
from config.http.pagination import CursorPages, page_of
from config.kernel.reading import is_reading_only


class RecommendationListView(AcademyView):
    """GET recommendations/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering: ClassVar = ["-priority"]

    @extend_schema(responses=RecommendationOut(many=True), operation_id="list_recommendations")
    def get(self, request: AcademyRequest) -> Response:
        """What you might do next, the most urgent first; thought through anew when that is more than an hour old."""
        member, now = request.membership, request.received_at
        if not is_reading_only():
            refresh_if_stale(member=member, now=now)
        rows = Recommendation.objects.of_learner(member).open(now=now)
        return page_of(rows, request, view=self, serializer=RecommendationOut)


class DecisionView(AcademyView):
    """POST recommendations/{recommendation}/decision/"""

    required = Power.SIT_EXAMS
    rate = "create"
    refuses = (AlreadyDecided,)

    @extend_schema(request=DecisionIn, responses=RecommendationOut, operation_id="decide_recommendation")
    def post(self, request: AcademyRequest, recommendation: UUID) -> Response:
        """Accept it, or dismiss it for two weeks."""
        wanted = DecisionIn.parse(request)
        decided = decide(
            recommendation=recommendation,
            decision=wanted.decision,
            actor=request.membership,
            now=request.received_at,
        )
        return Response(RecommendationOut(decided).data)
