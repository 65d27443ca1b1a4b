"""Deliveries, accommodations and attempts in the admin, with the replay of an attempt.

All of it is looked at here. Deliveries and accommodations are made and changed by the members of an academy, whose
actions know what may still change once somebody sits an exam.
"""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.decorators import action, display

from academies.tenancy.admin import AcademyAdmin, OwnChoicesFilter
from academies.tenancy.admin_html import link, minutes
from academies.tenancy.scoped_admin import acting
from exams.delivery.models import Accommodation, Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.delivery.querysets import AttemptQuerySet, DeliveryQuerySet
from exams.delivery.replay import replay_of
from exams.delivery.supervision import void_attempt

ATTEMPT_COLOURS = {
    "In progress": "info",
    "Paused": "warning",
    "Submitted": "warning",
    "Being marked": "warning",
    "Marked": "success",
    "Released": "success",
    "Terminated": "danger",
    "Voided": "danger",
}


class LookedAt(AcademyAdmin):
    """Rows that are neither added, changed nor deleted here. Whoever may change them elsewhere may look at them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """For the actions of a list, which ask without a row; a row itself is only looked at."""
        return obj is None and bool(super().has_change_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Kept."""
        return False


@admin.register(Delivery)
class DeliveryAdmin(LookedAt):
    """What is offered to whom, and how far it is."""

    list_display = ("title", "academy", "for_whom", "window", "how_far", "released_at", "created_at")
    list_filter = (("academy", OwnChoicesFilter), "review_when", "navigation", "gives_certificate")
    search_fields = ("title",)
    list_select_related = ("academy", "cohort")
    date_hierarchy = "created_at"
    fieldsets = (
        (None, {"fields": ("title", "academy", "form", "for_whom", "how_far", "attempts_link")}),
        (
            "Conditions",
            {
                "fields": (
                    "window",
                    "attempts_allowed",
                    "time_limit",
                    "navigation",
                    "display",
                    "shuffle_items",
                    "shuffle_options",
                    "shown_instructions",
                )
            },
        ),
        ("Results", {"fields": ("review_what", "review_when", "released_at", "gives_certificate")}),
        ("Made", {"fields": ("created_by", "created_at")}),
    )
    readonly_fields = ("for_whom", "how_far", "attempts_link", "window", "time_limit", "shown_instructions")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        """With what the list counts."""
        return cast(DeliveryQuerySet, super().get_queryset(request)).with_counts()

    @admin.display(description="Window (UTC)", ordering="opens_at")
    def window(self, delivery: Delivery) -> str:
        """From when until when."""
        opens, closes = _moment(delivery.opens_at), _moment(delivery.closes_at)
        if opens and closes:
            return f"{opens} to {closes}"
        return f"From {opens}" if opens else f"Until {closes}" if closes else "Always open"

    @admin.display(description="For", ordering="cohort")
    def for_whom(self, delivery: Delivery) -> str:
        """Who is to sit it."""
        return str(delivery.cohort or "Everybody")

    @admin.display(description="Progress")
    def how_far(self, delivery: Any) -> str:
        """How many learners it is for, and how many attempts are how far."""
        stages = ((delivery.sitting, "being sat"), (delivery.submitted, "to be marked"), (delivery.marked, "marked"))
        words = ", ".join(f"{count} {what}" for count, what in stages if count)
        return f"{words or 'None begun'}; for {delivery.assigned}"

    @admin.display(description="Attempts")
    def attempts_link(self, delivery: Delivery) -> SafeString:
        """To its attempts."""
        page = f"{reverse('admin:exams_attempt_changelist')}?delivery__id__exact={delivery.pk}"
        return link(page, "All attempts")

    @admin.display(description="Time limit")
    def time_limit(self, delivery: Delivery) -> str:
        """In minutes."""
        return minutes(delivery.time_limit_seconds)

    @admin.display(description="Instructions")
    def shown_instructions(self, delivery: Delivery) -> SafeString:
        """As learners see them."""
        # Cleaned by config.kernel.markdown when they were saved.
        shown = mark_safe(delivery.instructions_html)  # noqa: S308  # nosec B308 B703
        return format_html('<div class="prose">{}</div>', shown or "None")


@admin.register(Accommodation)
class AccommodationAdmin(LookedAt):
    """More time or attempts for single learners."""

    list_display = ("learner", "academy", "shown_delivery", "more_time", "extra_attempts", "note", "created_at")
    list_filter = (("academy", OwnChoicesFilter),)
    search_fields = ("member__user__email", "member__user__name")
    list_select_related = ("member__user", "academy", "delivery")
    fields = (
        "member",
        "academy",
        "shown_delivery",
        "more_time",
        "extra_attempts",
        "note",
        "created_by",
        "created_at",
    )
    readonly_fields = ("shown_delivery", "more_time")

    @admin.display(description="Learner", ordering="member__user__name")
    def learner(self, accommodation: Accommodation) -> str:
        """The name."""
        return accommodation.member.user.display_name

    @admin.display(description="Delivery")
    def shown_delivery(self, accommodation: Accommodation) -> str:
        """Where it holds."""
        return str(accommodation.delivery or "All")

    @admin.display(description="Time", ordering="time_factor")
    def more_time(self, accommodation: Accommodation) -> str:
        """How much more."""
        more = round((accommodation.time_factor - 1) * 100)
        return f"{more} % more" if more else "As everybody"


@admin.register(Attempt)
class AttemptAdmin(LookedAt):
    """Attempts: evidence. What staff may do to one, they do by action, with an entry in the journal."""

    list_display = ("learner", "delivery", "number", "shown_state", "started_at", "submitted_at", "score", "replayed")
    list_filter = ("state", ("academy", OwnChoicesFilter))
    search_fields = ("learner__email", "learner__name", "delivery__title")
    list_select_related = ("learner", "delivery", "academy")
    date_hierarchy = "started_at"
    fieldsets = (
        (None, {"fields": ("learner", "academy", "delivery", "form", "number", "shown_state", "score")}),
        ("Time", {"fields": ("started_at", "submitted_at", "closed_by", "deadline_at", "more_time", "message")}),
    )
    readonly_fields = ("shown_state", "score", "more_time")
    actions = ("void",)
    actions_detail = ("open_replay",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Attempt]:
        """With the score that counts."""
        return cast(AttemptQuerySet, super().get_queryset(request)).with_current_score()

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Also those of one delivery, whose page leads here."""
        return lookup == "delivery__id__exact" or bool(super().lookup_allowed(lookup, value, request))

    def get_urls(self) -> list[Any]:
        """The replay beside the usual pages."""
        replay = path("<uuid:attempt>/replay/", self.admin_site.admin_view(self.replay), name="exams_attempt_replay")
        return [replay, *super().get_urls()]

    @action(description="Replay", url_path="open-replay", icon="play_circle")
    def open_replay(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To the replay, which decides who may see it."""
        found = self.get_object(request, object_id)
        if found is None:
            raise Http404
        return HttpResponseRedirect(reverse("admin:exams_attempt_replay", args=[found.pk]))

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

    @display(description="State", ordering="state", label=ATTEMPT_COLOURS)
    def shown_state(self, attempt: Attempt) -> str:
        """In words."""
        return attempt.get_state_display()

    @admin.display(description="Score")
    def score(self, attempt: Any) -> str:
        """The scaled score, and whether it passes."""
        if attempt.current_scaled is None:
            return "–"
        verdict = {True: ", passed", False: ", not passed", None: ""}[attempt.current_passed]
        return f"{attempt.current_scaled.normalize():f}{verdict}"

    @admin.display(description="Extra time")
    def more_time(self, attempt: Attempt) -> str:
        """What this learner was given beyond the limit."""
        more = round((attempt.time_factor - 1) * 100)
        granted = [f"{more} % more"] if more else []
        if attempt.extra_seconds:
            granted.append(f"{minutes(attempt.extra_seconds)} granted while it ran")
        return ", ".join(granted) or "None"

    @admin.display(description="Replay")
    def replayed(self, attempt: Attempt) -> str:
        """To the replay."""
        page = reverse("admin:exams_attempt_replay", args=[attempt.pk])
        return link(page, "Replay")

    @admin.action(description="Void: the attempt does not count", permissions=["change"])
    def void(self, request: HttpRequest, queryset: QuerySet[Attempt]) -> None:
        """Take attempts out of the count; their answers are kept."""
        now, actor = timezone.now(), acting(request)
        voided = sum(
            void_attempt(attempt=attempt.pk, reason="Voided by staff.", actor=actor, now=now) for attempt in queryset
        )
        self.message_user(request, f"{voided} attempts voided.", messages.SUCCESS)


def _moment(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
