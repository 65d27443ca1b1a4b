"""The API document and its readable form, open to everybody."""

from typing import ClassVar

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView


class SchemaView(SpectacularAPIView):
    """GET /api/v1/schema/: the OpenAPI document."""

    authentication_classes: ClassVar = []


class DocsView(SpectacularSwaggerSplitView):
    """GET /api/v1/docs/: Swagger UI, from our own static files; its script comes as a file of its own."""

    authentication_classes: ClassVar = []
    url_name = "schema"
