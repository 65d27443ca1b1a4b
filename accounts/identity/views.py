"""Whether somebody is signed in. Signing in and out is allauth's, under `/_allauth/browser/v1/`."""

from django.middleware.csrf import get_token
from drf_spectacular.utils import extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.factors.duties import standing_of
from accounts.identity.serializers import SessionOut


class SessionView(APIView):
    """The first thing a front end asks."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="session", responses=SessionOut)
    def get(self, request: Request) -> Response:
        """Whether I am signed in; sets the CSRF cookie that everything which changes something needs."""
        get_token(request._request)  # noqa: SLF001  # Django's own request
        original = request._request  # noqa: SLF001  # as above
        standing = standing_of(original.user, original.session)
        return Response({"authenticated": request.user.is_authenticated, "second_factor": standing})
