"""`/api/v1/academies/{slug}/practice/…`: what the member practises on their own. Answers take the sitting lane."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.idempotency.views import idempotent
from config.http.pagination import CursorPages, page_of
from exams.bank.models import ItemBank
from exams.practice.sessions.actions import Choice, finish_session, skip_question, start_session
from exams.practice.sessions.banks import banks_of
from exams.practice.sessions.errors import NothingToPractise, PracticeOver
from exams.practice.sessions.models import PracticeSession
from exams.practice.sessions.serializers import (
    FinishIn,
    PracticeBankOut,
    PracticeSessionDetailOut,
    PracticeSessionIn,
    PracticeSessionOut,
    PracticeSessionQuery,
    SkipIn,
)
from exams.practice.sessions.showing import session_of


class PracticeBankListView(AcademyView):
    """GET practice/banks/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "title"

    @extend_schema(responses=PracticeBankOut(many=True), operation_id="list_practice_banks")
    def get(self, request: AcademyRequest) -> Response:
        """The banks that you may practise from, with their parts and how far you are."""
        pages = CursorPages()
        banks = pages.paginate_queryset(ItemBank.objects.practised_in(request.academy), request, self)
        shown = banks_of(banks, member=request.membership, now=request.received_at)
        return pages.get_paginated_response(PracticeBankOut(shown, many=True).data)


class PracticeSessionListView(AcademyView):
    """GET and POST practice/sessions/"""

    required = Power.SIT_EXAMS
    rate: ClassVar = {"POST": "start"}
    refuses: ClassVar = {"POST": (NothingToPractise,)}
    pagination_class = CursorPages
    ordering = "-started_at"

    @extend_schema(
        responses=PracticeSessionOut(many=True),
        parameters=[PracticeSessionQuery],
        operation_id="list_practice_sessions",
    )
    def get(self, request: AcademyRequest) -> Response:
        """Your sessions, newest first."""
        wanted = PracticeSessionQuery.parse(request)
        sessions = PracticeSession.objects.of_learner(request.membership).filter(**wanted).select_related("bank")
        return page_of(sessions, request, view=self, serializer=PracticeSessionOut)

    @extend_schema(
        request=PracticeSessionIn, responses={201: PracticeSessionDetailOut}, operation_id="start_practice_session"
    )
    @idempotent
    def post(self, request: AcademyRequest) -> Response:
        """Draw questions and begin: those that you have not seen come first, in turns from each domain."""
        wanted = PracticeSessionIn.parse(request)
        started = start_session(
            mode=wanted.mode,
            choice=Choice(
                bank=wanted.bank,
                domains=tuple(wanted.domains),
                skills=tuple(wanted.skills),
                difficulties=tuple(wanted.difficulties),
                only=wanted.only or "",
                count=wanted.count,
            ),
            time_limit_seconds=wanted.time_limit_seconds,
            actor=request.membership,
            now=request.received_at,
        )
        body = session_of(started, now=request.received_at)
        return Response(PracticeSessionDetailOut(body).data, status=201)


class PracticeSessionView(AcademyView):
    """GET practice/sessions/{session}/"""

    required = Power.SIT_EXAMS

    @extend_schema(responses=PracticeSessionDetailOut, operation_id="get_practice_session")
    def get(self, request: AcademyRequest, session: UUID) -> Response:
        """One session with its questions, your answers, and what may be told of them."""
        rows = PracticeSession.objects.of_learner(request.membership).select_related("bank")
        found = rows.filter(id=session).first()
        if found is None:
            raise Http404
        return Response(PracticeSessionDetailOut(session_of(found, now=request.received_at)).data)


class SkipView(AcademyView):
    """POST practice/sessions/{session}/skips/"""

    required = Power.SIT_EXAMS
    rate = "practise"
    refuses = (PracticeOver,)

    @extend_schema(request=SkipIn, responses=PracticeSessionOut, operation_id="skip_practice_question")
    def post(self, request: AcademyRequest, session: UUID) -> Response:
        """Pass a question of a study session over. You may still come back to it."""
        wanted = SkipIn.parse(request)
        found = skip_question(
            session=session,
            position=wanted.position,
            seconds=wanted.seconds,
            actor=request.membership,
            now=request.received_at,
        )
        return Response(PracticeSessionOut(found).data)


class PracticeSubmissionView(AcademyView):
    """POST practice/sessions/{session}/submission/"""

    required = Power.SIT_EXAMS
    rate = "practise"

    @extend_schema(request=FinishIn, responses=PracticeSessionDetailOut, operation_id="finish_practice_session")
    def post(self, request: AcademyRequest, session: UUID) -> Response:
        """Finish a session. Finishing again changes nothing and answers the same."""
        FinishIn.parse(request)
        now = request.received_at
        found = finish_session(session=session, actor=request.membership, now=now)
        return Response(PracticeSessionDetailOut(session_of(found, now=now)).data)
