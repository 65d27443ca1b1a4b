"""Routes of the sitting lane, below `/api/v1/sittings/`: apart, so that the busiest ones are found first."""

from django.urls import path

from exams.delivery import sitting_views
from exams.marking.views import SubmissionView
from exams.practice.sessions.answer_views import PracticeAnswerView

urlpatterns = [
    path("<uuid:attempt>/responses/<int:slot>/", sitting_views.ResponseView.as_view()),
    path("<uuid:attempt>/steps/", sitting_views.StepsView.as_view()),
    path("<uuid:attempt>/position/", sitting_views.PositionView.as_view()),
    path("<uuid:attempt>/section/", sitting_views.SectionView.as_view()),
    path("<uuid:attempt>/notes/", sitting_views.NotesView.as_view()),
    path("<uuid:attempt>/submission/", SubmissionView.as_view()),
    path("<uuid:session>/answers/<int:position>/", PracticeAnswerView.as_view()),
]
