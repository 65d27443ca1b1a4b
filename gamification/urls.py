"""Routes of the gamification app, below `/api/v1/`."""

from django.urls import path

from gamification.achievements.views import AchievementsView
from gamification.certificates.views import CertificateFileView, CertificateListView, VerificationView
from gamification.goals.views import GoalHistoryView, GoalsView, ReminderView
from gamification.leaderboards.views import BoardPreferenceView, BoardView
from gamification.leagues.views import CurrentLeagueView, LeagueHistoryView
from gamification.standing.views import StandingView
from gamification.streaks.views import StreakRepairView
from gamification.xp.views import XPHistoryView, XPRulesView

_ACADEMY = "academies/<slug:slug>/"

boards = [
    path(f"{_ACADEMY}leaderboards/", BoardView.as_view()),
    path(f"{_ACADEMY}leaderboards/preference/", BoardPreferenceView.as_view()),
    path(f"{_ACADEMY}leagues/current/", CurrentLeagueView.as_view()),
    path(f"{_ACADEMY}leagues/history/", LeagueHistoryView.as_view()),
]

certificates = [
    path(f"{_ACADEMY}certificates/", CertificateListView.as_view()),
    path(f"{_ACADEMY}certificates/<uuid:certificate>/file/", CertificateFileView.as_view()),
    path("certificates/<str:code>/", VerificationView.as_view()),
]

_MOTIVATION = "academies/<slug:slug>/motivation/"

motivation = [
    path(f"{_MOTIVATION}standing/", StandingView.as_view()),
    path(f"{_MOTIVATION}xp/", XPHistoryView.as_view()),
    path(f"{_MOTIVATION}rules/", XPRulesView.as_view()),
    path(f"{_MOTIVATION}achievements/", AchievementsView.as_view()),
    path(f"{_MOTIVATION}goals/", GoalsView.as_view()),
    path(f"{_MOTIVATION}goals/history/", GoalHistoryView.as_view()),
    path(f"{_MOTIVATION}streak/repair/", StreakRepairView.as_view()),
    path(f"{_MOTIVATION}reminder/", ReminderView.as_view()),
]

urlpatterns = [*motivation, *boards, *certificates]
