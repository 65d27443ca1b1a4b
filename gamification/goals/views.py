"""A learner's own goals and reminder."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.identity.zones import local_date
from config.http.pagination import CursorPages, page_of
from gamification.goals.actions import goals_of, set_goals
from gamification.goals.models import GoalDone
from gamification.goals.reminders import minds_reminders, reminder_of, set_reminder
from gamification.goals.serializers import GoalDoneOut, GoalsIn, GoalsOut, ReminderIn, ReminderOut


class GoalsView(AcademyView):
    """What I want to do."""

    required = Power.SIT_EXAMS
    rate = {"PUT": "create"}

    @extend_schema(operation_id="goals", responses=GoalsOut)
    def get(self, request: AcademyRequest) -> Response:
        """My goals, with how far I am today and this week."""
        return self._shown(request)

    @extend_schema(operation_id="set_goals", request=GoalsIn, responses=GoalsOut)
    def put(self, request: AcademyRequest) -> Response:
        """Replace my goals by these."""
        wanted = GoalsIn.parse(request)
        member = request.membership
        set_goals(member=member, goals=wanted.goals, actor=member.user, now=request.received_at)
        return self._shown(request)

    def _shown(self, request: AcademyRequest) -> Response:
        person = request.membership.user
        today = local_date(user=person, at=request.received_at)
        goals = goals_of(academy=request.academy.pk, learner=person.pk, today=today)
        return Response(GoalsOut({"goals": goals}).data)


class GoalHistoryView(AcademyView):
    """What I reached."""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-reached_at"

    @extend_schema(operation_id="goal_history", responses=GoalDoneOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """The goals that I reached, the newest first."""
        rows = GoalDone.objects.for_academy(request.academy.pk).filter(learner=request.membership.user_id)
        return page_of(rows, request, view=self, serializer=GoalDoneOut)


class ReminderView(AcademyView):
    """When I am reminded."""

    required = Power.SIT_EXAMS
    rate = {"PUT": "create"}

    @extend_schema(operation_id="reminder", responses=ReminderOut)
    def get(self, request: AcademyRequest) -> Response:
        """My reminder; off before it was ever set."""
        return self._shown(request)

    @extend_schema(operation_id="set_reminder", request=ReminderIn, responses=ReminderOut)
    def put(self, request: AcademyRequest) -> Response:
        """Be reminded at an hour of my clock on days on which my goal is not reached; or not at all."""
        wanted = ReminderIn.parse(request)
        member = request.membership
        set_reminder(member=member, is_on=wanted.is_on, hour=wanted.hour, actor=member.user, now=request.received_at)
        return self._shown(request)

    def _shown(self, request: AcademyRequest) -> Response:
        member = request.membership
        context = {"is_unwanted": minds_reminders(member.user)}
        return Response(ReminderOut(reminder_of(member=member), context=context).data)
