"""Reports of questions, and all that a learner has about one question."""

from uuid import UUID

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of
from exams.marking.known_items import items_known_to
from exams.practice.reports.actions import report_item
from exams.practice.reports.errors import AlreadyReported
from exams.practice.reports.models import ItemReport
from exams.practice.reports.serializers import MyItemOut, ReportedOut, ReportIn, ReportOut
from exams.practice.saved.models import Bookmark, Note

REPORTS_SHOWN = 10


class MyItemView(AcademyView):
    """GET practice/items/{item}/"""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="my_item", responses=MyItemOut)
    def get(self, request: AcademyRequest, item: UUID) -> Response:
        """My bookmark, my note and my reports of a question."""
        me = request.membership
        if not items_known_to(me).filter(pk=item).exists():
            raise Http404
        reports = ItemReport.objects.made_by(me).about(item).select_related("case").order_by("-created_at")
        mine = {
            "bookmark": Bookmark.objects.kept_by(me).filter(item=item).first(),
            "note": Note.objects.kept_by(me).filter(item=item).first(),
            "reports": reports[:REPORTS_SHOWN],
        }
        return Response(MyItemOut(mine).data)


class ItemReportsView(AcademyView):
    """POST practice/items/{item}/reports/"""

    required = Power.SIT_EXAMS
    rate = "create"
    refuses = (AlreadyReported,)

    @extend_schema(operation_id="report_item", request=ReportIn, responses={201: ReportOut})
    def post(self, request: AcademyRequest, item: UUID) -> Response:
        """Report that something is wrong with a question."""
        wanted = ReportIn.parse(request)
        report = report_item(
            item=item,
            reason=wanted.reason,
            comment=wanted.comment,
            actor=request.membership,
            now=request.received_at,
        )
        return Response(ReportOut(report).data, status=status.HTTP_201_CREATED)


class ReportsView(AcademyView):
    """GET practice/reports/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-created_at"

    @extend_schema(operation_id="reports", responses=ReportedOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """What I have reported, the newest first, with what came of it."""
        rows = ItemReport.objects.made_by(request.membership).with_question()
        return page_of(rows, request, view=self, serializer=ReportedOut)
