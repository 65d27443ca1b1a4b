"""What deliveries are made of: `…/blueprints/` and `…/forms/`."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import CursorPages, page_of
from exams.formats.models import Blueprint, Form
from exams.formats.serializers import BlueprintOut, FormOut


class BlueprintListView(AcademyView):
    """GET blueprints/"""

    required = Power.MANAGE_DELIVERIES
    pagination_class = CursorPages
    ordering = "title"

    @extend_schema(
        responses=BlueprintOut(many=True),
        parameters=[OpenApiParameter("search", str, description="Part of the title.")],
        operation_id="list_blueprints",
    )
    def get(self, request: AcademyRequest) -> Response:
        """The blueprints you can use: the academy's own, and shared ones."""
        blueprints = Blueprint.objects.usable_by(request.academy).prefetch_related("sections__cells__domain")
        if search := request.query_params.get("search"):
            blueprints = blueprints.filter(title__icontains=search)
        return page_of(blueprints, request, view=self, serializer=BlueprintOut)


class FormListView(AcademyView):
    """GET forms/"""

    required = Power.MANAGE_DELIVERIES
    pagination_class = CursorPages
    ordering = ("title", "-created_at")

    @extend_schema(
        responses=FormOut(many=True),
        parameters=[OpenApiParameter("search", str, description="Part of the title.")],
        operation_id="list_forms",
    )
    def get(self, request: AcademyRequest) -> Response:
        """The fixed forms you can use, and those that the academy has had assembled."""
        forms = Form.objects.usable_by(request.academy)
        if search := request.query_params.get("search"):
            forms = forms.filter(title__icontains=search)
        return page_of(forms, request, view=self, serializer=FormOut)
