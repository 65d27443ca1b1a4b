"""The academy's own routes below `/api/v1/`."""

from django.urls import path

from academies.roster.views import (
    CohortsView,
    InvitationDetailView,
    InvitationResendView,
    InvitationsView,
    InvitationView,
    MembersView,
)
from academies.tenancy.views import AcademyDetailView, MeView

urlpatterns = [
    path("me/", MeView.as_view(), name="me"),
    path("academies/<slug:slug>/", AcademyDetailView.as_view(), name="academy"),
    path("academies/<slug:slug>/cohorts/", CohortsView.as_view(), name="cohorts"),
    path("academies/<slug:slug>/members/", MembersView.as_view(), name="members"),
    path("academies/<slug:slug>/invitations/", InvitationsView.as_view(), name="invitations"),
    path(
        "academies/<slug:slug>/invitations/<uuid:invitation>/", InvitationDetailView.as_view(), name="invitation-detail"
    ),
    path(
        "academies/<slug:slug>/invitations/<uuid:invitation>/resend/",
        InvitationResendView.as_view(),
        name="invitation-resend",
    ),
    path("invitations/<str:token>/", InvitationView.as_view(), name="invitation"),
]
