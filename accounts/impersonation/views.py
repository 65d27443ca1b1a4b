"""Ending it from the person's pages."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity.requests import received_at, signed_in
from accounts.impersonation.actions import Ending, end_impersonation
from accounts.impersonation.errors import NoImpersonation
from accounts.impersonation.middleware import KEY
from accounts.impersonation.models import Impersonation


class ImpersonationView(APIView):
    """DELETE impersonation/"""

    rate = "default"
    refuses = (NoImpersonation,)

    @extend_schema(operation_id="end_impersonation", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Be myself again. The session that I had in the admin goes on."""
        staff = signed_in(request)
        running = request._request.session.pop(KEY, None)  # noqa: SLF001  # Django's own request
        found = Impersonation.objects.running().filter(pk=UUID(running), staff=staff).first() if running else None
        if found is None or not end_impersonation(found, why=Ending.HAND, actor=staff, now=received_at(request)):
            raise NoImpersonation
        return Response(status=204)
