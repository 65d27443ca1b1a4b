"""A learner's own points, and what gives points."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of
from gamification.xp.levels import SHOWN, begin_of, level_of
from gamification.xp.models import XPEntry
from gamification.xp.rules import RULES
from gamification.xp.serializers import XPEntryOut, XPRulesOut


class XPHistoryView(AcademyView):
    """What I got points for."""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-id"

    @extend_schema(operation_id="xp_history", responses=XPEntryOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """My points, the newest first."""
        rows = XPEntry.objects.of_learner(request.membership).given()
        return page_of(rows, request, view=self, serializer=XPEntryOut)


class XPRulesView(AcademyView):
    """How points and levels come about."""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="xp_rules", responses=XPRulesOut)
    def get(self, request: AcademyRequest) -> Response:
        """The curve of levels, and everything that gives points."""
        levels = [level_of(begin_of(number)) for number in range(1, SHOWN + 1)]
        return Response(XPRulesOut({"levels": levels, "rules": RULES.values()}).data)
