"""Routes of the analytics app, below `/api/v1/`."""

from django.urls import path

from analytics.exports.views import ProgressExportView
from analytics.insights import views as insights
from analytics.insights.time_use_views import TimeUseView
from analytics.readiness.views import ReadinessListView, ReadinessView
from analytics.recommendations.views import DecisionView, RecommendationListView

_ACADEMY = "academies/<slug:slug>/"

urlpatterns = [
    path(f"{_ACADEMY}insights/performance/", insights.PerformanceView.as_view()),
    path(f"{_ACADEMY}insights/domains/", insights.DomainInsightsView.as_view()),
    path(f"{_ACADEMY}insights/weak-areas/", insights.WeakAreasView.as_view()),
    path(f"{_ACADEMY}insights/readiness/", ReadinessListView.as_view()),
    path(f"{_ACADEMY}insights/readiness/<uuid:blueprint>/", ReadinessView.as_view()),
    path(f"{_ACADEMY}insights/time/", TimeUseView.as_view()),
    path(f"{_ACADEMY}recommendations/", RecommendationListView.as_view()),
    path(f"{_ACADEMY}recommendations/<uuid:recommendation>/decision/", DecisionView.as_view()),
    path(f"{_ACADEMY}progress-export/", ProgressExportView.as_view()),
]
