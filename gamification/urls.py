"""Routes of the gamification app, below `/api/v1/`."""

from django.urls import include, path

from gamification.achievements.views import AchievementsView
from gamification.certificates.views import CertificateFileView, CertificateListView, VerificationView
from gamification.goals.views import GoalHistoryView, GoalsView, ReminderView
from gamification.leaderboards.views import BoardPreferenceView, BoardView
from gamification.leagues.views import CurrentLeagueView, LeagueHistoryView
from gamification.standing.views import StandingView
from gamification.streaks.views import StreakRepairView
from gamification.xp.views import XPHistoryView, XPRulesView

boards = [
    path("leaderboards/", BoardView.as_view()),
    path("leaderboards/preference/", BoardPreferenceView.as_view()),
    path("leagues/current/", CurrentLeagueView.as_view()),
    path("leagues/history/", LeagueHistoryView.as_view()),
]

certificates = [
    path("certificates/", CertificateListView.as_view()),
    path("certificates/<uuid:certificate>/file/", CertificateFileView.as_view()),
]

motivation = [
    path("standing/", StandingView.as_view()),
    path("xp/", XPHistoryView.as_view()),
    path("rules/", XPRulesView.as_view()),
    path("achievements/", AchievementsView.as_view()),
    path("goals/", GoalsView.as_view()),
    path("goals/history/", GoalHistoryView.as_view()),
    path("streak/repair/", StreakRepairView.as_view()),
    path("reminder/", ReminderView.as_view()),
]

urlpatterns = [
    path(
        "academies/<slug:slug>/",
        include([path("motivation/", include(motivation)), *boards, *certificates]),
    ),
    path("certificates/<str:code>/", VerificationView.as_view()),
]
