"""The API document and its readable form, open to everybody."""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.views import APIView


class SchemaView(APIView):
    """GET /api/v1/schema/: the OpenAPI document, in YAML or JSON."""

    renderer_classes = [OpenApiYamlRenderer, OpenApiJsonRenderer2]
    authentication_classes = []
    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def get(self, request: Request) -> HttpResponse:
        """The document in the format that was negotiated."""
        renderer: Any = request.accepted_renderer
        return HttpResponse(rendered(settings.ROOT_URLCONF, renderer.format), content_type=renderer.media_type)


class DocsView(SpectacularSwaggerSplitView):
    """GET /api/v1/docs/: Swagger UI, from our own static files; its script comes as a file of its own."""

    authentication_classes = []
    url_name = "schema"


@cache
def rendered(urlconf: str, kind: str) -> bytes:
    """The document, made once a process: that takes a second, and everybody may ask."""
    document = SchemaGenerator(urlconf=urlconf).get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    renderer = next(each for each in SchemaView.renderer_classes if each.format == kind)
    text: str | bytes = renderer().render(document, renderer_context={})
    return text if isinstance(text, bytes) else text.encode()
