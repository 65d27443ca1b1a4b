"""Cohorts and invitations in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display
from unfold.forms import PaginationInlineFormSet

from academies.roster.actions import add_to_cohort, create_cohort, delete_cohort, remove_from_cohort, rename_cohort
from academies.roster.invitations import invite_again, revoke_invitation
from academies.roster.models import Cohort, CohortMember, Invitation
from academies.tenancy.scoped_admin import AcademyAdmin, AcademyInline, OwnChoicesFilter, acting


class CohortMemberFormSet(PaginationInlineFormSet):  # type: ignore[misc]  # unfold is not typed
    """Has a name, which the relation does not give it."""

    @classmethod
    def get_default_prefix(cls) -> str:
        """What the names of the inline's fields begin with."""
        return "members"


class CohortMemberInline(AcademyInline):
    """Who is in the cohort."""

    model = CohortMember
    formset = CohortMemberFormSet
    autocomplete_fields = ("member",)
    ordering = ("member__user__name", "member__user__email")
    verbose_name = "member"
    verbose_name_plural = "Members"

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """A line is removed or added; in a list of names, not in as many choices that each look up their own."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CohortMember]:
        """With the people's names."""
        return super().get_queryset(request).select_related("member__user")


@admin.register(Cohort)
class CohortPages(AcademyAdmin):
    """Learners who are taught together."""

    list_display = ("name", "academy", "learners", "created_at")
    list_filter = (("academy", OwnChoicesFilter),)
    search_fields = ("name",)
    ordering = ("academy__name", "name")
    list_select_related = ("academy",)
    autocomplete_fields = ("academy",)
    fields = ("academy", "name")
    inlines = (CohortMemberInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Cohort]:
        """With the number of learners."""
        rows: Any = super().get_queryset(request)
        counted: QuerySet[Cohort] = rows.with_learner_count()
        return counted

    @admin.display(description="Learners", ordering="learner_count")
    def learners(self, cohort: Any) -> int:
        """How many learners are in it."""
        return int(cohort.learner_count)

    def save_model(self, request: HttpRequest, obj: Cohort, form: Any, change: bool) -> None:
        """Make or rename the cohort."""
        self.check_academy(request, obj)
        actor, now = acting(request), timezone.now()
        if change:
            rename_cohort(cohort=obj.pk, name=obj.name, actor=actor, now=now)
            return
        made = create_cohort(academy=obj.academy, name=obj.name, actor=actor, now=now)
        # The page goes on with what was made.
        obj.__dict__.update(made.__dict__)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Put the new members in and take the removed ones out. A changed line is one of each."""
        cohort: Cohort = form.instance
        rows = formset.save(commit=False)
        before = {row.pk: row.member for row in CohortMember.objects.filter(cohort=cohort).select_related("member")}
        leaving = [row.member for row in formset.deleted_objects]
        leaving += [before[row.pk] for row, _ in formset.changed_objects if row.pk in before]
        actor, now = acting(request), timezone.now()
        remove_from_cohort(cohort=cohort, members=leaving, actor=actor, now=now)
        add_to_cohort(cohort=cohort, members=[row.member for row in rows], actor=actor, now=now)

    def delete_model(self, request: HttpRequest, obj: Cohort) -> None:
        """Delete the cohort."""
        delete_cohort(cohort=obj.pk, actor=acting(request), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Cohort]) -> None:
        """Delete the chosen cohorts."""
        for cohort in queryset:
            self.delete_model(request, cohort)


@admin.register(Invitation)
class InvitationPages(AcademyAdmin):
    """Who was invited, by whom, and what became of it. People are invited on the academy's own page."""

    list_display = ("address", "academy", "role", "shown_state", "invited_by", "created_at", "expires_at")
    list_filter = (("academy", OwnChoicesFilter), "role")
    search_fields = ("address",)
    search_help_text = "Address"
    ordering = ("-created_at",)
    list_select_related = ("academy", "invited_by")
    fields = ("address", "academy", "role", "cohort", "shown_state", "invited_by", "created_at", "expires_at")
    readonly_fields = fields
    actions = ("send_again", "revoke")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Not here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: an invitation is revoked."""
        return False

    @display(description="State", label={"Open": "info", "Accepted": "success", "Expired": "warning"})
    def shown_state(self, invitation: Invitation) -> str:
        """What became of it."""
        return str(invitation.state(now=timezone.now()).label)

    @admin.action(description="Send again what waits for an answer")
    def send_again(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Another letter to the chosen ones."""
        chosen = self._pending(queryset)
        for key in chosen:
            invite_again(invitation=key, actor=acting(request), now=timezone.now())
        self.message_user(request, f"Letters on their way: {len(chosen)}.", messages.SUCCESS)

    @admin.action(description="Revoke what waits for an answer")
    def revoke(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Take the chosen ones back."""
        chosen = self._pending(queryset)
        for key in chosen:
            revoke_invitation(invitation=key, actor=acting(request), now=timezone.now())
        self.message_user(request, f"Invitations revoked: {len(chosen)}.", messages.SUCCESS)

    def _pending(self, queryset: QuerySet[Invitation]) -> list[Any]:
        return list(queryset.filter(accepted_at=None, revoked_at=None).values_list("pk", flat=True))
