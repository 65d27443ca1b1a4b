"""Certificates, for their learner and for everybody who wants to verify one."""

from typing import ClassVar
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of
from gamification.certificates.actions import file_of
from gamification.certificates.codes import read_code, written
from gamification.certificates.errors import CertificateWasRevoked
from gamification.certificates.models import Certificate
from gamification.certificates.serializers import CertificateOut, VerifiedOut


class CertificateListView(AcademyView):
    """GET certificates/"""

    required = Power.SIT_EXAMS
    pagination_class: ClassVar = CursorPages
    ordering = "-issued_at"

    @extend_schema(operation_id="list_certificates", responses=CertificateOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """My certificates, the newest first."""
        mine = Certificate.objects.for_academy(request.academy).filter(learner=request.membership.user_id)
        return page_of(mine, request, view=self, serializer=CertificateOut)


class CertificateFileView(AcademyView):
    """GET certificates/{certificate}/file/"""

    required = Power.SIT_EXAMS
    rate = "export"
    refuses = (CertificateWasRevoked,)

    @extend_schema(
        operation_id="download_certificate",
        responses={(200, "application/pdf"): OpenApiResponse(OpenApiTypes.BINARY, "The certificate.")},
    )
    def get(self, request: AcademyRequest, certificate: UUID) -> HttpResponse:
        """My certificate as a PDF."""
        mine = Certificate.objects.for_academy(request.academy).filter(learner=request.membership.user_id)
        found = mine.select_related("academy").filter(pk=certificate).first()
        if found is None:
            raise Http404
        answer = HttpResponse(file_of(found), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'attachment; filename="certificate-{written(found.code)}.pdf"'
        answer.headers["Cache-Control"] = "no-store"
        return answer


class VerificationView(APIView):
    """GET /api/v1/certificates/{code}/"""

    permission_classes = (AllowAny,)
    rate = "links"

    @extend_schema(operation_id="verify_certificate", responses=VerifiedOut)
    def get(self, request: Request, code: str) -> Response:
        """Whether a certificate counts, and what it says. A code that nobody has: 404."""
        wanted = read_code(code)
        found = Certificate.objects.filter(code=wanted).first() if wanted else None
        if found is None:
            raise Http404
        return Response(VerifiedOut(found).data)
