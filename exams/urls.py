"""Routes of the exams app, below `/api/v1/`."""

from django.urls import path

from exams.delivery import offering_views, sitting_views, supervision_views, views
from exams.formats.views import BlueprintListView, FormListView
from exams.marking import views as marking

_ACADEMY = "academies/<slug:slug>/"

sittings = [
    path("sittings/<uuid:attempt>/responses/<int:slot>/", sitting_views.ResponseView.as_view()),
    path("sittings/<uuid:attempt>/steps/", sitting_views.StepsView.as_view()),
    path("sittings/<uuid:attempt>/position/", sitting_views.PositionView.as_view()),
    path("sittings/<uuid:attempt>/section/", sitting_views.SectionView.as_view()),
    path("sittings/<uuid:attempt>/notes/", sitting_views.NotesView.as_view()),
    path("sittings/<uuid:attempt>/submission/", marking.SubmissionView.as_view()),
]

learners = [
    path(f"{_ACADEMY}assigned/", views.AssignedListView.as_view()),
    path(f"{_ACADEMY}assigned/<uuid:delivery>/", views.AssignedView.as_view()),
    path(f"{_ACADEMY}assigned/<uuid:delivery>/attempts/", views.StartView.as_view()),
    path(f"{_ACADEMY}attempts/", views.AttemptListView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/", views.AttemptView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/sitting/", views.AttemptSittingView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/result/", marking.ResultView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/review/", marking.ReviewView.as_view()),
]

teachers = [
    path(f"{_ACADEMY}blueprints/", BlueprintListView.as_view()),
    path(f"{_ACADEMY}forms/", FormListView.as_view()),
    path(f"{_ACADEMY}deliveries/", offering_views.DeliveryListView.as_view()),
    path(f"{_ACADEMY}deliveries/<uuid:delivery>/", offering_views.DeliveryView.as_view()),
    path(f"{_ACADEMY}deliveries/<uuid:delivery>/release/", offering_views.ReleaseView.as_view()),
    path(f"{_ACADEMY}deliveries/<uuid:delivery>/attempts/", supervision_views.LiveAttemptsView.as_view()),
    path(f"{_ACADEMY}deliveries/<uuid:delivery>/results/", marking.DeliveryResultsView.as_view()),
    path(f"{_ACADEMY}deliveries/<uuid:delivery>/results/export/", marking.ResultsExportView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/extra-time/", supervision_views.ExtraTimeView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/pause/", supervision_views.PauseView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/resume/", supervision_views.ResumeView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/termination/", supervision_views.TerminationView.as_view()),
    path(f"{_ACADEMY}attempts/<uuid:attempt>/timeline/", supervision_views.TimelineView.as_view()),
    path(f"{_ACADEMY}accommodations/", offering_views.AccommodationListView.as_view()),
    path(f"{_ACADEMY}accommodations/<uuid:accommodation>/", offering_views.AccommodationView.as_view()),
    path(f"{_ACADEMY}regrades/", marking.RegradeView.as_view()),
]

urlpatterns = [*sittings, *learners, *teachers]
