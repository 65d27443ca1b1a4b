"""Routes of the exams app, below `/api/v1/`. Those of the sitting lane are in `exams.sitting_urls`."""

from django.urls import include, path

from exams.delivery import offering_views, supervision_views, views
from exams.formats.views import BlueprintListView, FormListView
from exams.marking import views as marking
from exams.practice.repetition import views as repetition
from exams.practice.reports import views as reports
from exams.practice.saved import views as saved
from exams.practice.sessions import views as practice

learners = [
    path("assigned/", views.AssignedListView.as_view()),
    path("assigned/<uuid:delivery>/", views.AssignedView.as_view()),
    path("assigned/<uuid:delivery>/attempts/", views.StartView.as_view()),
    path("attempts/", views.AttemptListView.as_view()),
    path("attempts/<uuid:attempt>/", views.AttemptView.as_view()),
    path("attempts/<uuid:attempt>/sitting/", views.AttemptSittingView.as_view()),
    path("attempts/<uuid:attempt>/result/", marking.ResultView.as_view()),
    path("attempts/<uuid:attempt>/review/", marking.ReviewView.as_view()),
]

practising = [
    path("banks/", practice.PracticeBankListView.as_view()),
    path("sessions/", practice.PracticeSessionListView.as_view()),
    path("sessions/<uuid:session>/", practice.PracticeSessionView.as_view()),
    path("sessions/<uuid:session>/skips/", practice.SkipView.as_view()),
    path("sessions/<uuid:session>/submission/", practice.PracticeSubmissionView.as_view()),
]

kept = [
    path("items/<uuid:item>/", reports.MyItemView.as_view()),
    path("items/<uuid:item>/bookmark/", saved.BookmarkView.as_view()),
    path("items/<uuid:item>/note/", saved.NoteView.as_view()),
    path("items/<uuid:item>/reports/", reports.ItemReportsView.as_view()),
    path("bookmarks/", saved.BookmarksView.as_view()),
    path("notes/", saved.NotesView.as_view()),
    path("tags/", saved.TagsView.as_view()),
    path("reports/", reports.ReportsView.as_view()),
]

reviews = [
    path("reviews/", repetition.ReviewQueueView.as_view()),
    path("reviews/today/", repetition.ReviewTodayView.as_view()),
    path("reviews/settings/", repetition.ReviewSettingsView.as_view()),
    path("reviews/retention/", repetition.RetentionView.as_view()),
    path("reviews/cards/", repetition.ReviewCardListView.as_view()),
    path("reviews/cards/<uuid:card>/suspension/", repetition.SuspensionView.as_view()),
    path("reviews/grades/<uuid:grade>/", repetition.ReviewGradeView.as_view()),
    path("reviews/<uuid:card>/checks/", repetition.ReviewCheckView.as_view()),
    path("reviews/<uuid:card>/grades/", repetition.ReviewGradeListView.as_view()),
]

teachers = [
    path("blueprints/", BlueprintListView.as_view()),
    path("forms/", FormListView.as_view()),
    path("deliveries/", offering_views.DeliveryListView.as_view()),
    path("deliveries/<uuid:delivery>/", offering_views.DeliveryView.as_view()),
    path("deliveries/<uuid:delivery>/release/", offering_views.ReleaseView.as_view()),
    path("deliveries/<uuid:delivery>/attempts/", supervision_views.LiveAttemptsView.as_view()),
    path("deliveries/<uuid:delivery>/results/", marking.DeliveryResultsView.as_view()),
    path("deliveries/<uuid:delivery>/results/export/", marking.ResultsExportView.as_view()),
    path("attempts/<uuid:attempt>/extra-time/", supervision_views.ExtraTimeView.as_view()),
    path("attempts/<uuid:attempt>/pause/", supervision_views.PauseView.as_view()),
    path("attempts/<uuid:attempt>/resume/", supervision_views.ResumeView.as_view()),
    path("attempts/<uuid:attempt>/termination/", supervision_views.TerminationView.as_view()),
    path("attempts/<uuid:attempt>/timeline/", supervision_views.TimelineView.as_view()),
    path("accommodations/", offering_views.AccommodationListView.as_view()),
    path("accommodations/<uuid:accommodation>/", offering_views.AccommodationView.as_view()),
    path("regrades/", marking.RegradeView.as_view()),
]

# One prefix is matched once, not by every route below it.
urlpatterns = [
    path(
        "academies/<slug:slug>/",
        include([*learners, path("practice/", include([*practising, *kept, *reviews])), *teachers]),
    ),
]
