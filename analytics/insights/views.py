"""Insight into what I have answered: `/api/v1/academies/{slug}/insights/…`. Each learner sees their own alone."""

from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from analytics.insights.domains import domains_of, weak_areas_of
from analytics.insights.performance import performance_of
from analytics.insights.serializers import (
    DomainInsightsOut,
    InsightQuery,
    PerformanceOut,
    PerformanceQuery,
    WeakAreasOut,
)


class PerformanceView(AcademyView):
    """GET insights/performance/"""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="get_performance", parameters=[PerformanceQuery], responses=PerformanceOut)
    def get(self, request: AcademyRequest) -> Response:
        """How I have done over a period, against the one before."""
        wanted = PerformanceQuery.parse(request)
        found = performance_of(learner=request.membership, now=request.received_at, **wanted)
        return Response(PerformanceOut(found).data)


class DomainInsightsView(AcademyView):
    """GET insights/domains/"""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="get_domain_insights", parameters=[PerformanceQuery], responses=DomainInsightsOut)
    def get(self, request: AcademyRequest) -> Response:
        """How I do in each domain, and where it goes."""
        wanted = PerformanceQuery.parse(request)
        found = domains_of(learner=request.membership, now=request.received_at, **wanted)
        return Response(DomainInsightsOut(found).data)


class WeakAreasView(AcademyView):
    """GET insights/weak-areas/"""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="get_weak_areas", parameters=[InsightQuery], responses=WeakAreasOut)
    def get(self, request: AcademyRequest) -> Response:
        """Domains below 70 % with at least 10 answers in the last 90 days, the worst first."""
        wanted = InsightQuery.parse(request)
        found = weak_areas_of(learner=request.membership, now=request.received_at, **wanted)
        return Response(WeakAreasOut(found).data)
