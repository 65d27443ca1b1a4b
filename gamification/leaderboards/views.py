"""Boards, as learners see them, and what they choose for themselves."""

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.models import Cohort
from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.etags import tagged
from config.http.moments import written
from config.kernel.compiled import CompiledRead
from gamification.leaderboards.actions import change_board_preference, preference_of
from gamification.leaderboards.boards import Board, Place
from gamification.leaderboards.people import names_of
from gamification.leaderboards.reading import standings
from gamification.leaderboards.serializers import (
    ACADEMY,
    WEEK,
    BoardOut,
    BoardPreferenceIn,
    BoardPreferenceOut,
    BoardQuery,
)
from gamification.weeks import week_of

# Whoever sits exams sees the cohorts that they are in.
_COHORTS = CompiledRead(lambda *, member: Cohort.objects.filter(members=member).order_by("name", "id"), member=UUID)


class BoardView(AcademyView):
    """GET leaderboards/"""

    required = Power.SIT_EXAMS

    @extend_schema(
        operation_id="leaderboard",
        parameters=[BoardQuery, OpenApiParameter("If-None-Match", str, location=OpenApiParameter.HEADER)],
        responses={200: BoardOut, 304: None},
    )
    def get(self, request: AcademyRequest) -> Response:
        """The first fifty, and I among my neighbours. Answers 304 while nothing has changed."""
        wanted = BoardQuery.parse(request)
        own = _COHORTS.rows(member=request.membership.pk)
        cohort = None if wanted.board == ACADEMY else _one_of(own, wanted.board)
        week_date = week_of(request.received_at) if wanted.period == WEEK else None
        board = Board(academy_id=request.academy.pk, week_date=week_date)
        me = request.membership.user_id
        found = standings(board, learner=me, cohort=cohort)
        names = names_of(request.academy.pk, {me, *(row.learner_id for row in (*found.top, *found.around))})
        # Written by hand, in a fraction of the time that the serializer would take for so many rows.
        shown = {
            "board": wanted.board,
            "period": wanted.period,
            "ends_at": written(board.ends_at),
            "size": found.size,
            "top": list(_shown(found.top, names, me)),
            "around": list(_shown(found.around, names, me)),
            # Who is named stands on boards: most are, and need not be asked about.
            "is_hidden": me not in names and preference_of(request.membership).is_hidden,
            "cohorts": [{"id": str(each.pk), "name": each.name} for each in own],
        }
        return tagged(Response(shown), request, content=shown)


class BoardPreferenceView(AcademyView):
    """GET, PATCH leaderboards/preference/"""

    required = Power.SIT_EXAMS
    rate: ClassVar = {"PATCH": "create"}

    @extend_schema(operation_id="board_preference", responses=BoardPreferenceOut)
    def get(self, request: AcademyRequest) -> Response:
        """What I chose for boards and leagues."""
        return Response(BoardPreferenceOut(preference_of(request.membership)).data)

    @extend_schema(operation_id="change_board_preference", request=BoardPreferenceIn, responses=BoardPreferenceOut)
    def patch(self, request: AcademyRequest) -> Response:
        """Leave boards and leagues, come back, or stand there by another name. It holds at once."""
        wanted = BoardPreferenceIn.parse(request, partial=True)
        changed = change_board_preference(changes=dict(wanted), actor=request.membership, now=request.received_at)
        return Response(BoardPreferenceOut(changed).data)


def _one_of(cohorts: Iterable[Cohort], board: str) -> Cohort:
    """Raises Http404."""
    try:
        key = UUID(board.partition(":")[2])
    except ValueError:
        raise Http404 from None
    found = next((cohort for cohort in cohorts if cohort.pk == key), None)
    if found is None:
        raise Http404
    return found


def _shown(places: Iterable[Place], names: Any, me: UUID) -> Iterable[dict[str, Any]]:
    """The places of those who stand on boards by now, whatever a board remembers."""
    for place in places:
        if place.learner_id in names:
            yield {
                "rank": place.rank,
                "name": names[place.learner_id],
                "points": place.points,
                "is_me": place.learner_id == me,
            }
