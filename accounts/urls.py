"""The accounts' routes below `/api/v1/`; `me/` is among the academies' because it names them."""

from django.urls import path

from accounts.challenges.urls import urlpatterns as challenges
from accounts.factors.urls import urlpatterns as factors
from accounts.identity.views import SessionView, VerificationView
from accounts.sessions.urls import urlpatterns as sessions

urlpatterns = [
    path("session/", SessionView.as_view(), name="session"),
    path("verification/", VerificationView.as_view(), name="verification"),
    *challenges,
    *factors,
    *sessions,
]
