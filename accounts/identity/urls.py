"""The part of allauth that is open, below `/_allauth/`: signing in, with a password or an account elsewhere, signing
out, asking who is signed in, and linking accounts elsewhere.

Its other endpoints (sign-up, addresses, password reset by e-mail, codes) are not: nothing behind them is set up, and
an address is changed by staff alone.
"""

from allauth.headless.account.views import LoginView, SessionView
from allauth.headless.base.views import ConfigView
from allauth.headless.constants import Client
from allauth.headless.socialaccount.views import RedirectToProviderView
from django.urls import path

from accounts.providers.github import github_callback
from accounts.providers.google import google_callback
from accounts.providers.views import LinkedAccountsView

urlpatterns = [
    path("browser/v1/config", ConfigView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/session", SessionView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/login", LoginView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/provider/redirect", RedirectToProviderView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/account/providers", LinkedAccountsView.as_api_view(client=Client.BROWSER)),
    path("github/callback", github_callback, name="github_callback"),
    path("google/callback", google_callback, name="google_callback"),
]
