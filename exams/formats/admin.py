"""Blueprints, forms and conversions in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from academies.tenancy.admin import AcademyAdmin, AcademyInline, OwnChoicesFilter
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion, Slot


class SectionInline(AcademyInline):
    """The sections of a blueprint."""

    model = BlueprintSection
    extra = 0
    fields = ("position", "title", "time_limit_seconds")
    show_change_link = True


class CellInline(AcademyInline):
    """The cells of a section."""

    model = BlueprintCell
    extra = 0
    fields = ("domain", "difficulty", "type", "count")


@admin.register(ScoreConversion)
class ScoreConversionAdmin(AcademyAdmin):
    """Conversions are versioned: attempts keep theirs, so a used one is not changed but followed by the next."""

    list_display = ("name", "version", "academy", "kind", "scale_min", "scale_max", "cut_score")
    list_filter = ("kind",)
    search_fields = ("name",)
    list_select_related = ("academy",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no form uses it."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.forms.exists())


@admin.register(Blueprint)
class BlueprintAdmin(AcademyAdmin):
    """What forms must contain."""

    list_display = ("title", "academy", "bank", "minutes", "navigation", "forms_made")
    search_fields = ("title", "slug")
    list_select_related = ("academy", "bank")
    inlines = (SectionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Blueprint]:
        """With the number of forms."""
        rows: QuerySet[Blueprint] = super().get_queryset(request)
        return rows.annotate(forms_made=Count("forms"))

    @admin.display(description="Time limit")
    def minutes(self, blueprint: Blueprint) -> str:
        """The limit in minutes."""
        limit = blueprint.time_limit_seconds
        return f"{limit // 60} min" if limit else "none"

    @admin.display(description="Forms", ordering="forms_made")
    def forms_made(self, blueprint: Any) -> int:
        """How many forms were assembled from it."""
        made: int = blueprint.forms_made
        return made


@admin.register(BlueprintSection)
class BlueprintSectionAdmin(AcademyAdmin):
    """A section with its cells: reached from its blueprint."""

    list_display = ("title", "blueprint", "position")
    list_select_related = ("blueprint",)
    inlines = (CellInline,)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        """Not in the menu."""
        return {}


class SlotInline(AcademyInline):
    """The items of a form."""

    model = Slot
    extra = 0
    fields = ("number", "section", "item_version", "domain")
    readonly_fields = fields
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Slot]:
        """With what each row names."""
        return super().get_queryset(request).select_related("section__form", "item_version__item", "domain")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forms never change."""
        return False


@admin.register(Form)
class FormAdmin(AcademyAdmin):
    """Forms: read only, because attempts pin them."""

    list_display = ("title", "academy", "bank", "item_count", "made", "created_at")
    search_fields = ("title", "code")
    list_filter = (("bank", OwnChoicesFilter),)
    list_select_related = ("academy", "bank", "blueprint")
    inlines = (SlotInline,)

    @admin.display(description="Made")
    def made(self, form: Form) -> str:
        """Where it came from."""
        return "by hand" if form.seed is None else f"from a blueprint, seed {form.seed}"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forms come from blueprints and packs."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forms never change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forms are kept."""
        return False
