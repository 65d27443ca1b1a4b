"""Deliveries, accommodations and attempts in the admin, with the replay of an attempt."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from academies.tenancy.admin import AcademyAdmin, OwnChoicesFilter
from exams.delivery.models import Accommodation, Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.delivery.querysets import AttemptQuerySet, DeliveryQuerySet
from exams.delivery.replay import replay_of
from exams.delivery.supervision import void_attempt


@admin.register(Delivery)
class DeliveryAdmin(AcademyAdmin):
    """What is offered to whom, and how far it is."""

    list_display = ("title", "academy", "cohort", "window", "how_far", "review_what", "released_at")
    list_filter = (("academy", OwnChoicesFilter), "review_when", "navigation")
    search_fields = ("title",)
    list_select_related = ("academy", "cohort")
    date_hierarchy = "created_at"
    # Forms and the conditions that learners sit under are set where deliveries are created, by one action.
    readonly_fields = ("form", "created_by", "created_at", "released_at", "instructions_html")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """With what the list counts."""
        return cast(DeliveryQuerySet, super().get_queryset(request)).with_counts()

    @admin.display(description="Window", ordering="opens_at")
    def window(self, delivery: Delivery) -> str:
        """From when until when."""
        return f"{_moment(delivery.opens_at) or 'any time'} – {_moment(delivery.closes_at) or 'no end'}"

    @admin.display(description="Sitting / marked / assigned")
    def how_far(self, delivery: Any) -> str:
        """How many learners are how far."""
        return f"{delivery.sitting} / {delivery.marked} / {delivery.assigned}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Created by those who teach, who are members of the academy."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Attempts hang on it."""
        return False


@admin.register(Accommodation)
class AccommodationAdmin(AcademyAdmin):
    """More time or attempts for single learners."""

    list_display = ("member", "academy", "delivery", "time_factor", "extra_attempts", "created_at")
    search_fields = ("member__user__email", "member__user__name")
    list_select_related = ("member__user", "academy", "delivery")
    readonly_fields = ("created_by", "created_at")


@admin.register(Attempt)
class AttemptAdmin(AcademyAdmin):
    """Attempts: read only. What staff may do to one, they do by action, with an entry in the journal."""

    list_display = ("learner", "delivery", "number", "state", "started_at", "submitted_at", "score", "replay_link")
    list_filter = ("state", ("academy", OwnChoicesFilter))
    search_fields = ("learner__email", "learner__name", "delivery__title")
    list_select_related = ("learner", "delivery", "academy")
    date_hierarchy = "started_at"
    actions = ("void",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attempt]:
        """With the score that counts."""
        return cast(AttemptQuerySet, super().get_queryset(request)).with_current_score()

    def get_urls(self) -> list[Any]:
        """The replay beside the usual pages."""
        replay = path("<uuid:attempt>/replay/", self.admin_site.admin_view(self.replay), name="exams_attempt_replay")
        return [replay, *super().get_urls()]

    def replay(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """The attempt as it was seen: version of each item, order of options, every step."""
        found = self.get_queryset(request).select_related("delivery__form", "learner").filter(pk=attempt).first()
        if found is None or not self.has_view_permission(request, found):
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": "Replay",
            "subtitle": str(found),
            "attempt": found,
            "opts": self.model._meta,
            **replay_of(found, paper=paper_of(found.form_id)),
        }
        return TemplateResponse(request, "admin/exams/attempt/replay.html", context)

    @admin.display(description="Score")
    def score(self, attempt: Any) -> str:
        """The scaled score, and whether it passes."""
        if attempt.current_scaled is None:
            return "–"
        verdict = {True: ", passed", False: ", not passed", None: ""}[attempt.current_passed]
        return f"{attempt.current_scaled:g}{verdict}"

    @admin.display(description="Replay")
    def replay_link(self, attempt: Attempt) -> str:
        """To the replay."""
        return format_html('<a href="{}">Replay</a>', reverse("admin:exams_attempt_replay", args=[attempt.pk]))

    @admin.action(description="Void: the attempt does not count")
    def void(self, request: HttpRequest, queryset: QuerySet[Attempt]) -> None:
        """Take attempts out of the count; their answers are kept."""
        now = timezone.now()
        voided = sum(
            void_attempt(attempt=attempt.pk, reason="Voided by staff.", actor=request.user, now=now)  # type: ignore[arg-type]  # staff are signed in
            for attempt in queryset
        )
        self.message_user(request, f"{voided} attempts voided.", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Attempts are started by learners."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Attempts are evidence."""
        # The change list asks without an object and needs a yes for its actions.
        return obj is None and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Attempts are evidence."""
        return False


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
