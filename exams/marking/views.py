"""Handing in, results, reviews and regrades."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.renderers import BaseRenderer
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from accounts.idempotency.views import idempotent
from config.http.parsing import read_json
from exams.bank.answers import is_empty
from exams.delivery.errors import AttemptPaused, NotAvailable, ReviewNotAvailable
from exams.delivery.models import Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.delivery.serializers import AttemptOut
from exams.delivery.sitting_serializers import SubmissionIn, SubmissionOut
from exams.delivery.sitting_views import SittingView, parse_input, received_at
from exams.delivery.views import visible_attempt
from exams.marking.actions import answers_of, submit_and_mark
from exams.marking.regrading import regrade
from exams.marking.results import result_of, review_of
from exams.marking.serializers import DeliveryResultsOut, RegradeIn, RegradeOut, ResultOut, ReviewOut
from exams.marking.summaries import csv_of, summary_of


class SubmissionView(SittingView):
    """POST sittings/{attempt}/submission/"""

    refuses = (AttemptPaused,)

    @extend_schema(request=SubmissionIn, responses=SubmissionOut, operation_id="submit_attempt")
    def post(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """Hand in. Handing in again changes nothing and answers the same."""
        claim, now = self.claim(request, attempt), received_at(request)
        if read_json(request):
            parse_input(SubmissionIn, request)
        found: Any = submit_and_mark(claim=claim, now=now)
        if not hasattr(found, "current_scaled"):
            found = Attempt.objects.select_related("delivery").with_current_score().get(id=attempt)
        answered = found.current_answered
        if answered is None:
            answered = sum(1 for answer in answers_of(attempt).values() if not is_empty(answer))
        body = {
            "attempt": AttemptOut(context={"now": now}).to_representation(found),
            "answered": answered,
            "total": len(paper_of(found.form_id).slots),
        }
        return HttpResponse(json.dumps(body), content_type="application/json")


class ResultView(AcademyView):
    """GET attempts/{attempt}/result/"""

    refuses = (NotAvailable,)

    @extend_schema(responses=ResultOut, operation_id="get_result")
    def get(self, request: AcademyRequest, attempt: UUID) -> Response:
        """The result, as far as the review policy shows it."""
        result = result_of(
            attempt=visible_attempt(request, attempt),
            viewer=request.membership,
            minimum_peers=settings.PERCENTILE_MIN_PEERS,
            now=request.received_at,
        )
        return Response(ResultOut(result, context={"now": request.received_at}).data)


class ReviewView(AcademyView):
    """GET attempts/{attempt}/review/"""

    refuses = (ReviewNotAvailable,)

    @extend_schema(responses=ReviewOut, operation_id="get_review")
    def get(self, request: AcademyRequest, attempt: UUID) -> Response:
        """Every item with your answer, the key and the reasons."""
        review = review_of(
            attempt=visible_attempt(request, attempt),
            viewer=request.membership,
            now=request.received_at,
        )
        return Response(ReviewOut(review, context={"now": request.received_at}).data)


class DeliveryResultsView(AcademyView):
    """GET deliveries/{delivery}/results/"""

    required = Power.SEE_RESULTS

    @extend_schema(responses=DeliveryResultsOut, operation_id="get_delivery_results")
    def get(self, request: AcademyRequest, delivery: UUID) -> Response:
        """A delivery's results at a glance."""
        return Response(DeliveryResultsOut({"summary": summary_of(_delivery(request, delivery))}).data)


class CsvRenderer(BaseRenderer):
    """So that `Accept: text/csv` is acceptable; what is answered is a stream, which needs no rendering."""

    media_type = "text/csv"
    format = "csv"


class ResultsExportView(AcademyView):
    """GET deliveries/{delivery}/results/export/"""

    required = Power.SEE_RESULTS
    rate = "export"
    renderer_classes = [CsvRenderer]

    @extend_schema(responses={(200, "text/csv"): OpenApiTypes.STR}, operation_id="export_delivery_results")
    def get(self, request: AcademyRequest, delivery: UUID) -> StreamingHttpResponse:
        """Every attempt of a delivery as a CSV file."""
        found = _delivery(request, delivery)
        response = StreamingHttpResponse(csv_of(found), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="results-{found.pk}.csv"'
        return response


class RegradeView(AcademyView):
    """POST regrades/"""

    required = Power.REGRADE
    rate = "regrade"

    @extend_schema(request=RegradeIn, responses=RegradeOut, operation_id="regrade")
    @idempotent
    def post(self, request: AcademyRequest) -> Response:
        """Score attempts again; as a dry run only show what would change."""
        wanted = dict(RegradeIn.parse(request))
        is_dry_run = wanted.pop("dry_run")
        outcome = regrade(actor=request.membership, now=request.received_at, is_dry_run=is_dry_run, **wanted)
        body = {
            "dry_run": is_dry_run,
            "attempts": outcome.attempts,
            "changed": outcome.changes,
            "regrade": outcome.regrade and outcome.regrade.pk,
        }
        return Response(RegradeOut(body).data)


def _delivery(request: AcademyRequest, delivery: UUID) -> Delivery:
    found = Delivery.objects.for_academy(request.academy).filter(id=delivery).first()
    if found is None:
        raise Http404
    return found
