"""The accounts' routes below `/api/v1/`; `me/` itself is among the academies' because it names them."""

from django.urls import path

from accounts.challenges.urls import urlpatterns as challenges
from accounts.factors.urls import urlpatterns as factors
from accounts.identity.views import SessionView, VerificationView
from accounts.impersonation.views import ImpersonationView
from accounts.privacy.views import ConsentsView, ErasureView, ExportDownloadView, ExportsView, LegalView
from accounts.profile.views import OnboardingView, ProfileView
from accounts.providers.views import LinkingView
from accounts.sessions.urls import urlpatterns as sessions

urlpatterns = [
    path("session/", SessionView.as_view(), name="session"),
    path("verification/", VerificationView.as_view(), name="verification"),
    *challenges,
    *factors,
    *sessions,
    path("impersonation/", ImpersonationView.as_view(), name="impersonation"),
    path("me/linking/", LinkingView.as_view(), name="linking"),
    path("me/profile/", ProfileView.as_view(), name="profile"),
    path("me/onboarding/", OnboardingView.as_view(), name="onboarding"),
    path("me/consents/", ConsentsView.as_view(), name="consents"),
    path("me/exports/", ExportsView.as_view(), name="exports"),
    path("me/exports/<uuid:export>/download/", ExportDownloadView.as_view(), name="export-download"),
    path("me/erasure/", ErasureView.as_view(), name="erasure"),
    path("legal/<slug:kind>/", LegalView.as_view(), name="legal"),
]
