"""Every route of the platform, the busiest first."""

from django.conf import settings
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from accounts.violations.views import policy_reports
from config.http import error_pages
from config.http.api_docs import DocsView, SchemaView
from config.http.front_page import front_page
from config.http.health import health, ready
from config.http.media import media

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/sittings/", include("exams.sitting_urls")),
    path("api/v1/", include("academies.urls")),
    path("api/v1/", include("exams.urls")),
    path("api/v1/", include("analytics.urls")),
    path("api/v1/", include("gamification.urls")),
    path("api/v1/", include("accounts.urls")),
    path("csp-reports", policy_reports),
    path("health", health),
    path("ready", ready),
    path("api/v1/schema/", SchemaView.as_view(), name="schema"),
    path("api/v1/docs/", DocsView.as_view(), name="docs"),
    path("_allauth/", include("accounts.identity.urls")),
    path("dev/mail/", include("accounts.mail.urls")),
    path("problems/", error_pages.problem_kinds),
    path("problems/<slug:code>", error_pages.problem_kinds),
    path("admin", RedirectView.as_view(url="/admin/")),
    path("admin/", admin.site.urls),
    path(f"{settings.MEDIA_URL.strip('/')}/<path:path>", media),
    re_path(r"^(?:api|_allauth)(?:/|$)", error_pages.unknown_route),
    # The front end routes the rest itself.
    re_path(r"^(?!static/)(?P<path>.*)$", front_page),
]

handler400 = "config.http.error_pages.handler400"
handler403 = "config.http.error_pages.handler403"
handler404 = "config.http.error_pages.handler404"
handler500 = "config.http.error_pages.handler500"
