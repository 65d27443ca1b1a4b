"""The part of allauth that is open, below `/_allauth/`: signing up, in and out, passwords, and accounts elsewhere.

Its other endpoints (more addresses, codes instead of a password) are not: an address is changed by staff alone.
"""

from allauth.headless.account.views import LoginView, SessionView
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from django.urls import path

from accounts.identity.views import (
    ChangePasswordView,
    RequestPasswordResetView,
    ResendView,
    ResetPasswordView,
    SignUpView,
    VerifyView,
)
from accounts.providers.github import github_callback
from accounts.providers.google import google_callback
from accounts.providers.views import LinkedAccountsView, ProviderRedirectView

_OPEN = (
    ("config", ConfigView),
    ("auth/session", SessionView),
    ("auth/login", LoginView),
    ("auth/provider/redirect", ProviderRedirectView),
    ("auth/signup", SignUpView),
    ("auth/email/verify", VerifyView),
    ("auth/email/verify/resend", ResendView),
    ("auth/password/request", RequestPasswordResetView),
    ("auth/password/reset", ResetPasswordView),
    ("account/password/change", ChangePasswordView),
    ("account/providers", LinkedAccountsView),
)

urlpatterns = [
    *(path(f"browser/v1/{route}", view.as_api_view(client=Client.BROWSER)) for route, view in _OPEN),
    path("github/callback", github_callback, name="github_callback"),
    path("google/callback", google_callback, name="google_callback"),
]
