"""The part of allauth that is open, below `/_allauth/`: signing up, in and out, and passwords.

Its other endpoints (more addresses, codes instead of a password) are not: an address is changed by staff alone.
"""

from allauth.headless.account.views import LoginView, SessionView
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

urlpatterns = [
    path(f"browser/v1/{route}", view.as_api_view(client=Client.BROWSER))
    for route, view in (
        ("auth/session", SessionView),
        ("auth/login", LoginView),
        ("auth/signup", SignUpView),
        ("auth/email/verify", VerifyView),
        ("auth/email/verify/resend", ResendView),
        ("auth/password/request", RequestPasswordResetView),
        ("auth/password/reset", ResetPasswordView),
        ("account/password/change", ChangePasswordView),
    )
]
