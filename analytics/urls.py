"""Routes of the analytics app, below `/api/v1/`."""

from django.urls import include, path

from analytics.exports.views import ProgressExportView
from analytics.insights import views as insights
from analytics.insights.time_use_views import TimeUseView
from analytics.readiness.views import ReadinessListView, ReadinessView
from analytics.recommendations.views import DecisionView, RecommendationListView

academy = [
    path("insights/performance/", insights.PerformanceView.as_view()),
    path("insights/domains/", insights.DomainInsightsView.as_view()),
    path("insights/weak-areas/", insights.WeakAreasView.as_view()),
    path("insights/readiness/", ReadinessListView.as_view()),
    path("insights/readiness/<uuid:blueprint>/", ReadinessView.as_view()),
    path("insights/time/", TimeUseView.as_view()),
    path("recommendations/", RecommendationListView.as_view()),
    path("recommendations/<uuid:recommendation>/decision/", DecisionView.as_view()),
    path("progress-export/", ProgressExportView.as_view()),
]

urlpatterns = [path("academies/<slug:slug>/", include(academy))]
