"""Routes of challenges below `/api/v1/`."""

from django.urls import path

from accounts.challenges.views import ChallengeView

urlpatterns = [path("challenge/", ChallengeView.as_view(), name="challenge")]
