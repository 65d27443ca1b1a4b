"""The accounts' routes below `/api/v1/`; `me/` is among the academies' because it names them."""

from django.urls import include, path

from accounts.identity.views import SessionView, VerificationView

urlpatterns = [
    path("session/", SessionView.as_view(), name="session"),
    path("", include("accounts.factors.urls")),
    path("verification/", VerificationView.as_view(), name="verification"),
]
