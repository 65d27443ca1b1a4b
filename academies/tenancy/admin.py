"""Academies and memberships in the admin. Writes go through the room's actions."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from academies.events import AcademyChanged
from academies.tenancy.actions import change_role, end_membership, join_academy
from academies.tenancy.models import Academy, Membership
from academies.tenancy.powers import Role
from academies.tenancy.scoped_admin import AcademyAdmin, AcademyInline, OwnChoicesFilter, acting
from accounts.factors.gate import StepUpFirst
from accounts.identity.serializers import time_zones
from accounts.journal.record import record

__all__ = ["AcademyAdmin", "AcademyInline", "AcademyPages", "MembershipPages", "OwnChoicesFilter"]


class MembershipInline(AcademyInline):
    """The people of an academy, a page at a time; a role is changed on the membership's own page."""

    model = Membership
    exclude: ClassVar[tuple[str, ...]] = ()
    fields = ("user", "role", "created_at", "ended_at")
    readonly_fields = fields
    show_change_link = True
    can_delete = False
    ordering = ("ended_at", "created_at")
    verbose_name_plural = "People"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        """With the people's names."""
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """People are added on a page of their own."""
        return False


class RunningFilter(admin.SimpleListFilter):
    """Academies that work, and those that are suspended."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """The two states."""
        return (("open", "Open"), ("suspended", "Suspended"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Academy]) -> QuerySet[Academy]:
        """The academies in the chosen state."""
        return queryset if self.value() is None else queryset.filter(suspended_at__isnull=self.value() == "open")


class AcademyForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when Django runs
    """An academy as it is."""

    class Meta:
        model = Academy
        fields = ("name", "slug", "tier", "colour", "time_zone")

    def clean_time_zone(self) -> str:
        """A zone that the platform can compute with."""
        zone: str = self.cleaned_data["time_zone"]
        if zone not in time_zones():
            raise forms.ValidationError("There is no such time zone.", code="unknown_time_zone")
        return zone


@admin.register(Academy)
class AcademyPages(AcademyAdmin):
    """Customers: who they are, what they bought, who is with them."""

    academy_path = "pk"
    form = AcademyForm
    list_display = ("name", "slug", "tier", "learners", "staff", "shown_state", "created_at")
    list_filter = (RunningFilter, "tier")
    search_fields = ("name", "slug")
    ordering = ("name",)
    readonly_fields = ("is_house", "created_at", "suspended_at")
    fieldsets = (
        (None, {"fields": ("name", "slug", "tier")}),
        ("Appearance", {"fields": ("colour", "time_zone")}),
        ("State", {"fields": ("is_house", "created_at", "suspended_at")}),
    )
    prepopulated_fields: ClassVar[dict[str, tuple[str, ...]]] = {"slug": ("name",)}
    inlines = (MembershipInline,)
    actions = ("suspend", "reopen")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Academy]:
        """With the numbers of people."""
        active = Q(memberships__ended_at=None, memberships__user__is_active=True)
        learner = Q(memberships__role=Role.LEARNER)
        rows: QuerySet[Academy] = super().get_queryset(request)
        return rows.annotate(
            learner_count=Count("memberships", filter=active & learner, distinct=True),
            staff_count=Count("memberships", filter=active & ~learner, distinct=True),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """What was bought and where it is found is not for the academy's own staff to change."""
        fields = super().get_readonly_fields(request, obj)
        return fields if acting(request).is_platform_staff else (*fields, "slug", "tier")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> dict[str, tuple[str, ...]]:
        """Only while an academy is being made: links to it are kept."""
        return {} if obj is not None else self.prepopulated_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """New customers are the platform's."""
        return acting(request).is_platform_staff and bool(super().has_add_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: an academy is suspended, and what happened in it is kept."""
        return False

    @admin.display(description="Learners", ordering="learner_count")
    def learners(self, academy: Any) -> int:
        """How many learn."""
        return int(academy.learner_count)

    @admin.display(description="Teachers and managers", ordering="staff_count")
    def staff(self, academy: Any) -> int:
        """How many work."""
        return int(academy.staff_count)

    @display(description="State", label={"Open": "success", "Suspended": "danger", "House": "info"})
    def shown_state(self, academy: Academy) -> str:
        """Whether people get in."""
        if academy.suspended_at is not None:
            return "Suspended"
        return "House" if academy.is_house else "Open"

    def save_model(self, request: HttpRequest, obj: Academy, form: Any, change: bool) -> None:
        """Save, and say so in the journal."""
        if change:
            self.check_academy(request, obj)
        elif not acting(request).is_platform_staff:
            raise PermissionDenied
        obj.save()
        if form.changed_data or not change:
            self._record(request, obj, fields=list(form.changed_data), is_new=not change)

    @admin.action(description="Suspend: nobody gets in")
    def suspend(self, request: HttpRequest, queryset: QuerySet[Academy]) -> None:
        """Close the chosen academies."""
        self._set_suspended(request, queryset, is_suspended=True)

    @admin.action(description="Reopen")
    def reopen(self, request: HttpRequest, queryset: QuerySet[Academy]) -> None:
        """Open the chosen academies again."""
        self._set_suspended(request, queryset, is_suspended=False)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Closing an academy is the platform's."""
        return super().get_actions(request) if acting(request).is_platform_staff else {}

    @transaction.atomic
    def _set_suspended(self, request: HttpRequest, queryset: QuerySet[Academy], *, is_suspended: bool) -> None:
        now = timezone.now()
        chosen = Academy.objects.filter(pk__in=queryset.values("pk"), suspended_at__isnull=is_suspended)
        academies = list(chosen.select_for_update())
        for academy in academies:
            academy.suspended_at = now if is_suspended else None
            academy.save(update_fields=["suspended_at"])
            self._record(request, academy, fields=["suspended" if is_suspended else "reopened"])
        word = "suspended" if is_suspended else "reopened"
        self.message_user(request, f"Academies {word}: {len(academies)}.", messages.SUCCESS)

    def _record(self, request: HttpRequest, academy: Academy, *, fields: list[str], is_new: bool = False) -> None:
        record(
            AcademyChanged(academy_id=academy.pk, fields=fields, is_new=is_new),
            actor=acting(request),
            now=timezone.now(),
        )


class CurrentFilter(admin.SimpleListFilter):
    """Current and former members."""

    title = "membership"
    parameter_name = "current"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """The two kinds."""
        return (("yes", "Current"), ("no", "Ended"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """The chosen kind."""
        return queryset if self.value() is None else queryset.filter(ended_at__isnull=self.value() == "yes")


class TimeWantedFilter(admin.SimpleListFilter):
    """People who say that they need more time in exams."""

    title = "time"
    parameter_name = "time_wanted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> tuple[tuple[str, str], ...]:
        """Only those who ask."""
        return (("yes", "Asks for more"),)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Membership]) -> QuerySet[Membership]:
        """Those who ask."""
        return queryset if self.value() is None else queryset.filter(user__profile__time_factor_wanted__gt=1)


@admin.register(Membership)
class MembershipPages(StepUpFirst, AcademyAdmin):
    """People in academies and their roles."""

    list_display = ("person", "email", "role", "academy", "time_wanted", "created_at", "shown_state")
    list_filter = (CurrentFilter, TimeWantedFilter, "role", ("academy", OwnChoicesFilter))
    search_fields = ("user__name", "user__email")
    search_help_text = "Name or address"
    ordering = ("-created_at",)
    list_select_related = ("user__profile", "academy")
    autocomplete_fields = ("user", "academy")
    fields = ("user", "academy", "role", "created_at", "ended_at")
    readonly_fields = ("created_at", "ended_at")
    actions = ("end",)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """The person stays the same; the role of somebody who left is history."""
        fields = super().get_readonly_fields(request, obj)
        if isinstance(obj, Membership):
            fields = (*fields, "user")
            if obj.ended_at is not None:
                fields = (*fields, "role")
        return fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the platform's staff may look for people in the whole platform."""
        return acting(request).is_platform_staff and bool(super().has_add_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: a membership is ended."""
        return False

    @admin.display(description="Person", ordering="user__name")
    def person(self, membership: Membership) -> str:
        """The name."""
        return membership.user.display_name

    @admin.display(description="Address", ordering="user__email")
    def email(self, membership: Membership) -> str:
        """The address."""
        return membership.user.email

    @admin.display(description="Asks for time")
    def time_wanted(self, membership: Membership) -> str:
        """How much more time the person says that they need in exams; granted as an accommodation."""
        profile = getattr(membership.user, "profile", None)
        return f"× {profile.time_factor_wanted.normalize():f}" if profile and profile.time_factor_wanted > 1 else ""

    @display(description="State", label={"Current": "success", "Ended": "warning"})
    def shown_state(self, membership: Membership) -> str:
        """Whether it still counts."""
        return "Current" if membership.ended_at is None else "Ended"

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:
        """Join, or change the role."""
        self.check_academy(request, obj)
        actor, now = acting(request), timezone.now()
        if change:
            change_role(membership=obj.pk, role=Role(obj.role), actor=actor, now=now)
            return
        joined = join_academy(academy=obj.academy, user=obj.user, role=Role(obj.role), actor=actor, now=now)
        # The page goes on with what was made.
        obj.__dict__.update(joined.__dict__)

    @admin.action(description="End the membership")
    @transaction.atomic
    def end(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """End the chosen memberships; all of them or, when an academy would lose its last owner, none."""
        actor, now = acting(request), timezone.now()
        chosen = list(queryset.filter(ended_at=None).values_list("pk", flat=True))
        for pk in chosen:
            end_membership(membership=pk, actor=actor, now=now)
        self.message_user(request, f"Memberships ended: {len(chosen)}.", messages.SUCCESS)
