"""Routes of sessions below `/api/v1/`."""

from django.urls import path

from accounts.sessions.views import UserSessionsView, UserSessionView

urlpatterns = [
    path("me/sessions/", UserSessionsView.as_view(), name="my-sessions"),
    path("me/sessions/<uuid:session>/", UserSessionView.as_view(), name="my-session"),
]
