"""Watching and helping those who sit: `…/deliveries/{delivery}/attempts/` and `…/attempts/{attempt}/…`."""

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.etags import tagged
from config.http.pagination import CursorPages, page_of
from exams.delivery.errors import AttemptClosed, AttemptNotPaused, AttemptPaused
from exams.delivery.filters import chosen
from exams.delivery.models import Attempt, Delivery
from exams.delivery.serializers import choices_of
from exams.delivery.supervision import grant_extra_time, pause_attempt, resume_attempt, terminate_attempt
from exams.delivery.supervision_serializers import (
    ExtraTimeIn,
    LiveAttemptOut,
    NothingIn,
    ReasonIn,
    TimelineOut,
)
from exams.delivery.timeline import timeline_of


class LiveAttemptsView(AcademyView):
    """GET deliveries/{delivery}/attempts/"""

    required = Power.SUPERVISE_ATTEMPTS
    pagination_class = CursorPages
    ordering = "-started_at"
    ordering_fields: ClassVar = {"started_at": "started_at", "submitted_at": "submitted_at", "closes_at": "closes_at"}

    @extend_schema(
        responses={200: LiveAttemptOut(many=True), 304: None},
        parameters=[
            OpenApiParameter("state", str, enum=choices_of(Attempt.State)),
            OpenApiParameter("search", str, description="Part of a learner's name or address."),
            OpenApiParameter("If-None-Match", str, location=OpenApiParameter.HEADER),
        ],
        operation_id="list_delivery_attempts",
    )
    def get(self, request: AcademyRequest, delivery: UUID) -> Response:
        """Who is sitting, and how far they are. Answers 304 while nothing but the time has changed."""
        if not Delivery.objects.for_academy(request.academy).filter(id=delivery).exists():
            raise Http404
        attempts = (
            Attempt.objects.supervised_by(request.membership)
            .filter(delivery=delivery)
            .select_related("learner", "form")
            .with_progress()
            .with_current_score()
        )
        if state := chosen(request, "state", choices_of(Attempt.State)):
            attempts = attempts.filter(state=state)
        if search := request.query_params.get("search"):
            attempts = attempts.filter(Q(learner__name__icontains=search) | Q(learner__email__icontains=search))
        page = page_of(attempts, request, view=self, serializer=LiveAttemptOut, now=request.received_at)
        return tagged(page, request, content=_without_clocks(page.data))


class SupervisedView(AcademyView):
    """A view of one attempt that the member supervises."""

    required = Power.SUPERVISE_ATTEMPTS
    rate = "supervise"

    def row(self, request: AcademyRequest, attempt: UUID) -> Response:
        """The attempt as the live list shows it."""
        found = (
            Attempt.objects.supervised_by(request.membership)
            .select_related("learner", "form")
            .with_progress()
            .with_current_score()
            .get(id=attempt)
        )
        return Response(LiveAttemptOut(found, context={"now": request.received_at}).data)


class ExtraTimeView(SupervisedView):
    """POST attempts/{attempt}/extra-time/"""

    refuses = (AttemptClosed,)

    @extend_schema(request=ExtraTimeIn, responses=LiveAttemptOut, operation_id="grant_extra_time")
    def post(self, request: AcademyRequest, attempt: UUID) -> Response:
        """Give a running attempt more time."""
        wanted = ExtraTimeIn.parse(request)
        grant_extra_time(
            attempt=attempt,
            minutes=wanted.minutes,
            reason=wanted.reason,
            actor=request.membership,
            now=request.received_at,
        )
        return self.row(request, attempt)


class PauseView(SupervisedView):
    """POST attempts/{attempt}/pause/"""

    refuses = (AttemptClosed, AttemptPaused)

    @extend_schema(request=ReasonIn, responses=LiveAttemptOut, operation_id="pause_attempt")
    def post(self, request: AcademyRequest, attempt: UUID) -> Response:
        """Stop the clock of a running attempt."""
        wanted = ReasonIn.parse(request)
        pause_attempt(attempt=attempt, reason=wanted.reason, actor=request.membership, now=request.received_at)
        return self.row(request, attempt)


class ResumeView(SupervisedView):
    """POST attempts/{attempt}/resume/"""

    refuses = (AttemptNotPaused,)

    @extend_schema(request=NothingIn, responses=LiveAttemptOut, operation_id="resume_attempt")
    def post(self, request: AcademyRequest, attempt: UUID) -> Response:
        """Let the clock of a paused attempt go on."""
        NothingIn.parse(request)
        resume_attempt(attempt=attempt, actor=request.membership, now=request.received_at)
        return self.row(request, attempt)


class TerminationView(SupervisedView):
    """POST attempts/{attempt}/termination/"""

    refuses = (AttemptClosed,)

    @extend_schema(request=ReasonIn, responses=LiveAttemptOut, operation_id="terminate_attempt")
    def post(self, request: AcademyRequest, attempt: UUID) -> Response:
        """End a running attempt. Its answers are kept, but not marked."""
        wanted = ReasonIn.parse(request)
        terminate_attempt(attempt=attempt, reason=wanted.reason, actor=request.membership, now=request.received_at)
        return self.row(request, attempt)


class TimelineView(AcademyView):
    """GET attempts/{attempt}/timeline/"""

    required = Power.SUPERVISE_ATTEMPTS

    @extend_schema(responses=TimelineOut, operation_id="get_timeline")
    def get(self, request: AcademyRequest, attempt: UUID) -> Response:
        """The attempt as it went, step by step."""
        found = Attempt.objects.supervised_by(request.membership).filter(id=attempt).first()
        if found is None:
            raise Http404
        return Response(TimelineOut(timeline_of(found)).data)


def _without_clocks(page: dict[str, Any]) -> list[Any]:
    """The page without what merely ticks: clients count the remaining time down by themselves."""
    rows = [{name: value for name, value in row.items() if name != "remaining_seconds"} for row in page["results"]]
    return [page["next"], page["previous"], rows]
