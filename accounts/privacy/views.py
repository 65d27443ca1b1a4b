"""Legal texts for everybody; consents, the export and the erasure of the person who is signed in."""

from uuid import UUID

from django.contrib.auth import logout
from django.http import FileResponse, HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.identity.requests import received_at, signed_in
from accounts.privacy.consents import accept_terms, choose, standing_of
from accounts.privacy.erasure import ask_for_erasure, cancel_erasure, waiting_erasure
from accounts.privacy.errors import ErasureWaits, NoErasureWaits, NotTheCurrentTerms
from accounts.privacy.exports import ask_for_export, fetch_export
from accounts.privacy.models import GRACE, Consent, DataExport, LegalDocument
from accounts.privacy.serializers import (
    ConsentIn,
    ConsentsOut,
    DataExportOut,
    DownloadQuery,
    ErasureStateOut,
    LegalDocumentOut,
    LegalQuery,
)

# The newest are enough: a person has one that runs and those of the last week.
SHOWN_EXPORTS = 10


class LegalView(APIView):
    """What everybody may read before they sign up."""

    permission_classes = (AllowAny,)

    @extend_schema(operation_id="legal_document", parameters=[LegalQuery], responses=LegalDocumentOut)
    def get(self, request: Request, kind: str) -> Response:
        """The text in force, in English where there is none in the language."""
        wanted = LegalQuery.parse(request)
        if kind not in LegalDocument.Kind.values:
            raise NotFound
        document = LegalDocument.objects.in_force(kind, wanted.locale)
        if document is None:
            raise NotFound
        return Response(LegalDocumentOut(document).data)


class ConsentsView(APIView):
    """What I agreed to."""

    rate = {"POST": "create"}
    refuses = {"POST": (NotTheCurrentTerms,)}

    @extend_schema(operation_id="consents", responses=ConsentsOut)
    def get(self, request: Request) -> Response:
        """My consents, and whether I am to be asked about the terms."""
        return Response(ConsentsOut(standing_of(signed_in(request))).data)

    @extend_schema(operation_id="decide_consent", request=ConsentIn, responses=ConsentsOut)
    def post(self, request: Request) -> Response:
        """Accept the terms, or give or withdraw a consent that is mine to choose."""
        wanted = ConsentIn.parse(request)
        person, now = signed_in(request), received_at(request)
        if wanted.topic == Consent.Topic.TERMS:
            accept_terms(user=person, version=wanted.version, source=wanted.source, now=now)
        else:
            choose(user=person, topic=wanted.topic, is_given=wanted.is_given, source=wanted.source, now=now)
        return Response(ConsentsOut(standing_of(person)).data)


class ExportsView(APIView):
    """Everything that is held about me."""

    rate = {"POST": "personal_export"}
    step_up = ("POST",)

    @extend_schema(operation_id="exports", responses=DataExportOut(many=True))
    def get(self, request: Request) -> Response:
        """My newest exports."""
        mine = DataExport.objects.filter(user=signed_in(request)).order_by("-asked_at")[:SHOWN_EXPORTS]
        return Response(DataExportOut(mine, many=True).data)

    @extend_schema(operation_id="ask_for_export", request=None, responses={201: DataExportOut, 200: DataExportOut})
    def post(self, request: Request) -> Response:
        """Ask for everything; 200 with the present one while it is being made. A letter says when it is ready."""
        person = signed_in(request)
        export, is_new = ask_for_export(user=person, actor=person, now=received_at(request))
        return Response(DataExportOut(export).data, status=201 if is_new else 200)


class ExportDownloadView(APIView):
    """The file itself."""

    rate = "export"

    @extend_schema(
        operation_id="download_export",
        parameters=[DownloadQuery],
        responses={(200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, "A ZIP with JSON and CSV.")},
    )
    def get(self, request: Request, export: UUID) -> HttpResponseBase:
        """My file, by the link that the export names; anybody else, and a link that expired, finds nothing."""
        token = DownloadQuery.parse(request).token
        found = fetch_export(user=signed_in(request), export=export, token=token, now=received_at(request))
        if found is None:
            raise NotFound
        row, file = found
        name = f"proficienthub-{row.asked_at:%Y-%m-%d}.zip"
        answer = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
        answer.headers["Cache-Control"] = "no-store"
        return answer


class ErasureView(APIView):
    """The end of my account, and second thoughts."""

    rate = {"POST": "erasure", "DELETE": "erasure"}
    step_up = ("POST",)
    is_open_before_erasure = True
    refuses = {"POST": (ErasureWaits,), "DELETE": (NoErasureWaits,)}

    @extend_schema(operation_id="erasure", responses=ErasureStateOut)
    def get(self, request: Request) -> Response:
        """The erasure that waits, if any."""
        erasure = waiting_erasure(signed_in(request))
        return Response(ErasureStateOut({"erasure": erasure, "grace_days": GRACE.days}).data)

    @extend_schema(operation_id="ask_for_erasure", request=None, responses={201: ErasureStateOut})
    def post(self, request: Request) -> Response:
        """Ask to be erased. I am signed out, and can sign in only to cancel until the day has come."""
        person = signed_in(request)
        erasure = ask_for_erasure(user=person, reason="", actor=person, now=received_at(request))
        logout(request._request)  # noqa: SLF001  # Django's own request
        return Response(ErasureStateOut({"erasure": erasure, "grace_days": GRACE.days}).data, status=201)

    @extend_schema(operation_id="cancel_erasure", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Cancel it: everything stays."""
        person = signed_in(request)
        cancel_erasure(user=person, actor=person, now=received_at(request))
        return Response(status=204)
