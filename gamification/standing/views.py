"""Where I stand."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from gamification.standing.reading import place_of
from gamification.standing.serializers import MotivationOut


class StandingView(AcademyView):
    """Everything that moves me, for the home page."""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="standing", responses=MotivationOut)
    def get(self, request: AcademyRequest) -> Response:
        """My points, level, streak, goals of today and this week, and newest achievements."""
        return Response(MotivationOut(place_of(member=request.membership, now=request.received_at)).data)
