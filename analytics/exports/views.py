"""GET `/api/v1/academies/{slug}/progress-export/`."""

from collections.abc import Callable, Iterator

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from analytics.exports.pdf import as_pdf
from analytics.exports.progress import Progress, as_json, days_csv, domains_csv
from analytics.insights.periods import Period
from config.http.serializers import Query

# What may be asked for → how it is written, its type, and the end of its name.
_STREAMS: dict[str, tuple[Callable[[Progress], Iterator[str]], str, str]] = {
    "days": (days_csv, "text/csv; charset=utf-8", "days.csv"),
    "domains": (domains_csv, "text/csv; charset=utf-8", "domains.csv"),
    "json": (as_json, "application/json", "progress.json"),
}
FILES = (*_STREAMS, "pdf")


class ProgressExportQuery(Query):
    """Which file, and of how many days."""

    file = serializers.ChoiceField(choices=FILES, default="days")
    period = serializers.ChoiceField(choices=[each.value for each in Period], default=Period.ALL.value)


class AnyRenderer(BaseRenderer):
    """So that every type is acceptable; what is answered is a file, which needs no rendering."""

    media_type = "*/*"
    format = "file"


class ProgressExportView(AcademyView):
    """GET progress-export/"""

    required = Power.SIT_EXAMS
    rate = "export"
    renderer_classes = [AnyRenderer]

    @extend_schema(
        parameters=[ProgressExportQuery],
        responses={
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/json"): OpenApiTypes.OBJECT,
            (200, "application/pdf"): OpenApiTypes.BINARY,
        },
        operation_id="export_progress",
    )
    def get(self, request: AcademyRequest) -> HttpResponseBase:
        """Your progress as a file: by day or by domain for spreadsheets, everything for programs, or to print."""
        wanted = ProgressExportQuery.parse(request)
        progress = Progress.of(request.membership, period=wanted.period, now=request.received_at)
        response: HttpResponseBase
        if wanted.file == "pdf":
            name = "progress.pdf"
            response = HttpResponse(as_pdf(progress), content_type="application/pdf")
        else:
            write, content_type, name = _STREAMS[wanted.file]
            response = StreamingHttpResponse(write(progress), content_type=content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{progress.end.isoformat()}-{name}"'
        return response
