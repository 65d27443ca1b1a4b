"""GET `/api/v1/academies/{slug}/insights/time/`."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from analytics.insights.serializers import PerformanceQuery
from analytics.insights.time_use import time_use_of
from analytics.insights.time_use_serializers import TimeUseOut


class TimeUseView(AcademyView):
    """GET insights/time/"""

    required = Power.SIT_EXAMS

    @extend_schema(parameters=[PerformanceQuery], responses=TimeUseOut, operation_id="get_time_use")
    def get(self, request: AcademyRequest) -> Response:
        """Where your time went."""
        wanted = PerformanceQuery.parse(request)
        found = time_use_of(request.membership, period=wanted.period, bank=wanted.bank, now=request.received_at)
        return Response(TimeUseOut(found).data)
