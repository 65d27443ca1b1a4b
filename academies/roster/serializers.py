"""Cohorts in JSON."""

from rest_framework import serializers

from academies.roster.models import Cohort
from config.http.serializers import Query


class CohortOut(serializers.Serializer[Cohort]):
    """A cohort."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    learner_count = serializers.IntegerField()


class CohortsQuery(Query):
    """What a list of cohorts may be narrowed by."""

    search = serializers.CharField(required=False, allow_blank=True, max_length=100, help_text="Part of the name.")
