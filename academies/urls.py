"""The academy's own routes below `/api/v1/`."""

from django.urls import include, path

from academies.roster.views import (
    CohortsView,
    InvitationDetailView,
    InvitationResendView,
    InvitationsView,
    InvitationView,
    MembersView,
)
from academies.tenancy.views import AcademyDetailView, MeView

academy = [
    path("", AcademyDetailView.as_view(), name="academy"),
    path("cohorts/", CohortsView.as_view(), name="cohorts"),
    path("members/", MembersView.as_view(), name="members"),
    path("invitations/", InvitationsView.as_view(), name="invitations"),
    path("invitations/<uuid:invitation>/", InvitationDetailView.as_view(), name="invitation-detail"),
    path("invitations/<uuid:invitation>/resend/", InvitationResendView.as_view(), name="invitation-resend"),
]

urlpatterns = [
    path("me/", MeView.as_view(), name="me"),
    path("academies/<slug:slug>/", include(academy)),
    path("invitations/<str:token>/", InvitationView.as_view(), name="invitation"),
]
