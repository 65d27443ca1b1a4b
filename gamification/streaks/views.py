"""The repair of a streak."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.identity.zones import local_date
from gamification.streaks.actions import repair_streak
from gamification.streaks.errors import NothingToRepair, RepairNotEarned, RepairUsed
from gamification.streaks.reading import standing_of
from gamification.streaks.serializers import StreakOut


class StreakRepairView(AcademyView):
    """A missed day made good for."""

    required = Power.SIT_EXAMS
    rate = "create"
    refuses = (NothingToRepair, RepairNotEarned, RepairUsed)

    @extend_schema(operation_id="repair_streak", request=None, responses=StreakOut)
    def post(self, request: AcademyRequest) -> Response:
        """Repair my streak: once a month, for one day, after twice the answers of a day."""
        member = request.membership
        repair_streak(member=member, actor=member.user, now=request.received_at)
        today = local_date(user=member.user, at=request.received_at)
        return Response(StreakOut(standing_of(academy=request.academy.pk, learner=member.user, today=today)).data)
