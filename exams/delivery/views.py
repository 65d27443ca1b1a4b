"""The learner's exams and attempts: `/api/v1/academies/{slug}/assigned/…` and `…/attempts/…`."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.models import Membership
from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import FIRST_ROWS, CursorPages, first_page_of, page_of
from config.kernel.compiled import CompiledRead
from exams.delivery.actions import resume_sitting, start_attempt
from exams.delivery.errors import AttemptClosed, DeliveryNotOpen, NoAttemptsLeft
from exams.delivery.filters import chosen, chosen_id
from exams.delivery.models import Attempt, Delivery
from exams.delivery.querysets import AttemptQuerySet, DeliveryQuerySet
from exams.delivery.serializers import AssignedDetailOut, AssignedOut, AttemptOut, StartIn, choices_of
from exams.delivery.sitting import sitting_of
from exams.delivery.sitting_serializers import SittingOut

LEARNER_STATES = ["upcoming", "open", "in_progress", "done", "closed"]


# All that a list shows, or that deciding what it shows takes; the rest is long.
_POLICY = ("review_what", "review_when", "released_at", "closes_at")
_ASSIGNED = ("title", "form", "opens_at", "time_limit_seconds", "created_at", *_POLICY)
_ATTEMPT = ("number", "state", "started_at", "submitted_at", "deadline_at", "message", "delivery__title")


def _assigned(member: Membership, *, now: datetime) -> DeliveryQuerySet:
    assigned = Delivery.objects.assigned_to(member).with_conditions_of(member).with_learner_state(now=now)
    return assigned.only(*_ASSIGNED)


def _attempts(member: Membership) -> AttemptQuerySet:
    own: AttemptQuerySet = Attempt.objects.of_learner(member).select_related("delivery").with_current_score()
    return own.only(*_ATTEMPT, *(f"delivery__{name}" for name in _POLICY))


# What learners see first, each time they come. Anything they ask for in particular goes the usual way.
_NEWEST_ASSIGNED = CompiledRead(
    lambda *, academy, member, learner, now: _assigned(
        Membership(pk=member, academy_id=academy, user_id=learner), now=now
    ).order_by("-created_at", "-id")[:FIRST_ROWS],
    academy=UUID,
    member=UUID,
    learner=UUID,
    now=datetime,
)
_NEWEST_ATTEMPTS = CompiledRead(
    lambda *, academy, learner: _attempts(Membership(academy_id=academy, user_id=learner)).order_by(
        "-started_at", "-id"
    )[:FIRST_ROWS],
    academy=UUID,
    learner=UUID,
)


class AssignedListView(AcademyView):
    """GET assigned/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-created_at"
    ordering_fields: ClassVar = {"created_at": "created_at", "closes_at": "closes_at", "title": "title"}

    @extend_schema(
        responses=AssignedOut(many=True),
        parameters=[
            OpenApiParameter("state", str, enum=LEARNER_STATES),
            OpenApiParameter("search", str, description="Part of the title."),
        ],
        operation_id="list_assigned",
    )
    def get(self, request: AcademyRequest) -> Response:
        """The exams that are assigned to you, newest first."""
        now, member = request.received_at, request.membership
        if not request.query_params:
            rows = _NEWEST_ASSIGNED.rows(academy=member.academy_id, member=member.pk, learner=member.user_id, now=now)
            return first_page_of(rows, request, view=self, model=Delivery, serializer=AssignedOut, now=now)
        assigned = _assigned(member, now=now)
        if state := chosen(request, "state", LEARNER_STATES):
            assigned = assigned.filter(Q(learner_state=state))
        if search := request.query_params.get("search"):
            assigned = assigned.filter(title__icontains=search)
        return page_of(assigned, request, view=self, serializer=AssignedOut, now=now)


class AssignedView(AcademyView):
    """GET assigned/{delivery}/"""

    required = Power.SIT_EXAMS

    @extend_schema(responses=AssignedDetailOut, operation_id="get_assigned")
    def get(self, request: AcademyRequest, delivery: UUID) -> Response:
        """One exam with its conditions: what the instructions page shows."""
        found = (
            Delivery.objects.assigned_to(request.membership)
            .with_conditions_of(request.membership)
            .with_learner_state(now=request.received_at)
            .select_related("form__conversion")
            .prefetch_related("form__sections")
            .filter(id=delivery)
            .first()
        )
        if found is None:
            raise Http404
        return Response(AssignedDetailOut(found, context={"now": request.received_at}).data)


class StartView(AcademyView):
    """POST assigned/{delivery}/attempts/"""

    required = Power.SIT_EXAMS
    rate = "start"
    refuses = (DeliveryNotOpen, NoAttemptsLeft)

    @extend_schema(request=StartIn, responses={201: SittingOut, 200: SittingOut}, operation_id="start_attempt")
    def post(self, request: AcademyRequest, delivery: UUID) -> Response:
        """Start an attempt (201), or get the one that is open already (200)."""
        StartIn.parse(request)
        now = request.received_at
        started = start_attempt(delivery=delivery, actor=request.membership, now=now)
        body = sitting_of(attempt=started.attempt, is_new=started.is_new, now=now)
        return Response(SittingOut(body, context={"now": now}).data, status=201 if started.is_new else 200)


class AttemptListView(AcademyView):
    """GET attempts/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-started_at"
    ordering_fields: ClassVar = {"started_at": "started_at", "submitted_at": "submitted_at"}

    @extend_schema(
        responses=AttemptOut(many=True),
        parameters=[
            OpenApiParameter("delivery", UUID),
            OpenApiParameter("state", str, enum=choices_of(Attempt.State)),
            OpenApiParameter("search", str, description="Part of the exam's title."),
        ],
        operation_id="list_attempts",
    )
    def get(self, request: AcademyRequest) -> Response:
        """Your attempts, newest first."""
        member, now = request.membership, request.received_at
        if not request.query_params:
            rows = _NEWEST_ATTEMPTS.rows(academy=member.academy_id, learner=member.user_id)
            return first_page_of(rows, request, view=self, model=Attempt, serializer=AttemptOut, now=now)
        attempts = _attempts(member)
        if delivery := chosen_id(request, "delivery"):
            attempts = attempts.filter(delivery=delivery)
        if state := chosen(request, "state", choices_of(Attempt.State)):
            attempts = attempts.filter(state=state)
        if search := request.query_params.get("search"):
            attempts = attempts.filter(delivery__title__icontains=search)
        return page_of(attempts, request, view=self, serializer=AttemptOut, now=now)


class AttemptView(AcademyView):
    """GET attempts/{attempt}/"""

    @extend_schema(responses=AttemptOut, operation_id="get_attempt")
    def get(self, request: AcademyRequest, attempt: UUID) -> Response:
        """One attempt."""
        found = visible_attempt(request, attempt)
        return Response(AttemptOut(found, context={"now": request.received_at}).data)


class AttemptSittingView(AcademyView):
    """GET attempts/{attempt}/sitting/"""

    required = Power.SIT_EXAMS
    refuses = (AttemptClosed,)

    @extend_schema(responses=SittingOut, operation_id="get_sitting")
    def get(self, request: AcademyRequest, attempt: UUID) -> Response:
        """Your open attempt with every saved answer and a fresh token, on whichever device you are."""
        now = request.received_at
        found = resume_sitting(attempt=attempt, actor=request.membership, now=now)
        return Response(SittingOut(sitting_of(attempt=found, is_new=False, now=now), context={"now": now}).data)


def visible_attempt(request: AcademyRequest, attempt: UUID) -> Attempt:
    """The attempt, if the member may see it. Raises Http404."""
    visible: AttemptQuerySet = Attempt.objects.visible_to(request.membership)
    found = visible.select_related("delivery__form", "learner").with_current_score().filter(id=attempt).first()
    if found is None:
        raise Http404
    return found
