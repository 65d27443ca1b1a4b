"""My sessions."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity.requests import received_at, signed_in
from accounts.sessions.actions import end_session, end_sessions
from accounts.sessions.models import UserSession
from accounts.sessions.serializers import UserSessionOut
from accounts.sessions.tracking import session_id
from config.http.pagination import CursorPages, page_of


class UserSessionsView(APIView):
    """GET and DELETE me/sessions/"""

    pagination_class = CursorPages
    ordering = "-last_used_at"
    ordering_fields = ("last_used_at", "signed_in_at")
    rate = "default"

    @extend_schema(operation_id="my_sessions", responses=UserSessionOut(many=True))
    def get(self, request: Request) -> Response:
        """Where I am signed in, the session used last first."""
        sessions = UserSession.objects.filter(user=signed_in(request)).living(now=received_at(request))
        return page_of(sessions, request, view=self, serializer=UserSessionOut)

    @extend_schema(operation_id="end_my_other_sessions", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out everywhere else."""
        person = signed_in(request)
        keep = session_id(request.session)
        end_sessions(user=person, why="others", actor=person, now=received_at(request), keep=keep)
        return Response(status=status.HTTP_204_NO_CONTENT)


class UserSessionView(APIView):
    """DELETE me/sessions/{session}/"""

    rate = "default"

    @extend_schema(operation_id="end_my_session", responses={204: None})
    def delete(self, request: Request, session: UUID) -> Response:
        """End one session: that device is signed out with its next request."""
        person = signed_in(request)
        end_session(user=person, session=session, actor=person, now=received_at(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
