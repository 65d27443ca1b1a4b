"""Recommendations, and when each learner's were last thought through."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from analytics.recommendations.querysets import RecommendationQuerySet


class Recommendation(TenantModel):
    """One thing that a learner might do next. What it says is made of `kind` and `facts` when it is read (`words`).

    `subject` tells recommendations of a kind apart: the id of a domain, a skill, an exam; empty where there is one.
    `action` has a `type` and the ids that it takes: `practice` (bank, domains, skills), `review`, `exam` (delivery),
    `attempt` (attempt), `practice_session` (session).
    """

    class Kind(models.TextChoices):
        RESUME = "resume", "Something is unfinished"
        EXAM_AHEAD = "exam_ahead", "Exam ahead without practice"
        READY = "ready", "Ready for an exam"
        NEAR_CUT = "near_cut", "Close to passing"
        CARDS_DUE = "cards_due", "Cards are due"
        WEAK_SKILL = "weak_skill", "Weak skill"
        WEAK_DOMAIN = "weak_domain", "Weak domain"
        IDLE_DOMAIN = "idle_domain", "Not practised for days"
        UNSEEN_DOMAIN = "unseen_domain", "Never practised"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DISMISSED = "dismissed", "Dismissed"

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind)
    subject = models.CharField(max_length=64, blank=True)
    facts = models.JSONField()
    action = models.JSONField()
    # From 0 to 100, the most urgent first.
    priority = models.FloatField()
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-priority"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["academy", "learner", "kind", "subject"],
                condition=models.Q(state="open"),
                name="recommendation_open_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-priority", "-id"], name="recommendation_first"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class RecommendationRefresh(TenantModel):
    """When a learner's recommendations were last thought through. Locked while they are."""

    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    refreshed_at = models.DateTimeField(null=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "learner"], name="recommendation_refresh_once"),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.refreshed_at}"
