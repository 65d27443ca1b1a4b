"""Cohorts in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.forms import PaginationInlineFormSet

from academies.roster.actions import add_to_cohort, create_cohort, delete_cohort, remove_from_cohort, rename_cohort
from academies.roster.models import Cohort, CohortMember
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
