"""What I have reached and what I can reach."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from gamification.achievements.reading import shelf_of
from gamification.achievements.serializers import AchievementsOut


class AchievementsView(AcademyView):
    """The catalogue."""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="achievements", responses=AchievementsOut)
    def get(self, request: AcademyRequest) -> Response:
        """Every achievement by its kind, with how far I am."""
        return Response(AchievementsOut(shelf_of(member=request.membership, now=request.received_at)).data)
