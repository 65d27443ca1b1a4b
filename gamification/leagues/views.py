"""Leagues, as learners see them."""

from typing import ClassVar

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.etags import tagged
from config.http.pagination import CursorPages, page_of
from gamification.leaderboards.actions import preference_of
from gamification.leaderboards.people import names_of
from gamification.leagues.actions import standings_of, tier_of
from gamification.leagues.models import LeagueMember, Tier
from gamification.leagues.ranking import moves
from gamification.leagues.serializers import LeagueOut, LeagueWeekOut
from gamification.weeks import end_of, week_of


class CurrentLeagueView(AcademyView):
    """GET leagues/current/"""

    required = Power.SIT_EXAMS

    @extend_schema(
        operation_id="current_league",
        parameters=[OpenApiParameter("If-None-Match", str, location=OpenApiParameter.HEADER)],
        responses={200: LeagueOut, 304: None},
    )
    def get(self, request: AcademyRequest) -> Response:
        """My league of this week, as it stands. Answers 304 while nothing has changed."""
        academy, me = request.academy.pk, request.membership.user_id
        week_date = week_of(request.received_at)
        mine = LeagueMember.objects.for_academy(academy).filter(learner=me, week_date=week_date)
        member = mine.select_related("league").first()
        is_hidden = preference_of(request.membership).is_hidden
        has_joined = member is not None and not is_hidden
        ranked = standings_of(member.league) if member is not None and has_joined else []
        names = names_of(academy, [row.who for row in ranked])
        tier = member.league.tier if member is not None else tier_of(academy=academy, learner=me)
        many = moves(len(ranked))
        shown = LeagueOut(
            {
                "has_joined": has_joined,
                "is_hidden": is_hidden,
                "tier": tier,
                "ends_at": end_of(week_date),
                "promoted": 0 if tier == Tier.DIAMOND else many,
                "relegated": 0 if tier == Tier.BRONZE else many,
                "places": [
                    {
                        "rank": row.rank,
                        "name": names[row.who],
                        "points": row.points,
                        "is_me": row.who == me,
                        "outcome": row.outcome,
                    }
                    for row in ranked
                    if row.who in names
                ],
            }
        ).data
        return tagged(Response(shown), request, content=shown)


class LeagueHistoryView(AcademyView):
    """GET leagues/history/"""

    required = Power.SIT_EXAMS
    pagination_class: ClassVar = CursorPages
    ordering = "-week_date"

    @extend_schema(operation_id="league_history", responses=LeagueWeekOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """My weeks that are over, the newest first."""
        weeks = LeagueMember.objects.for_academy(request.academy).filter(
            learner=request.membership.user_id, league__closed_at__isnull=False
        )
        return page_of(weeks.select_related("league"), request, view=self, serializer=LeagueWeekOut)
