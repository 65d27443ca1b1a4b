"""The part of allauth that is open, below `/_allauth/`: signing in, signing out, and asking who is signed in.

Its other endpoints (sign-up, addresses, password reset by e-mail, codes) are not: nothing behind them is set up, and
an address is changed by staff alone.
"""

from allauth.headless.account.views import LoginView, SessionView
from allauth.headless.constants import Client
from django.urls import path

urlpatterns = [
    path("browser/v1/auth/session", SessionView.as_api_view(client=Client.BROWSER)),
    path("browser/v1/auth/login", LoginView.as_api_view(client=Client.BROWSER)),
]
