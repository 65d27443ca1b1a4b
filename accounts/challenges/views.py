"""Hands out challenges."""

from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.challenges.puzzles import new_puzzle
from accounts.challenges.serializers import ChallengeOut
from accounts.identity.requests import received_at


class ChallengeView(APIView):
    """GET challenge/"""

    permission_classes = (AllowAny,)
    rate = "challenge"

    @extend_schema(operation_id="challenge", responses=ChallengeOut)
    def get(self, request: Request) -> Response:
        """A challenge that can be solved once within five minutes, for a sign-in that asks for one."""
        return Response(new_puzzle(now=received_at(request)), headers={"Cache-Control": "no-store"})
