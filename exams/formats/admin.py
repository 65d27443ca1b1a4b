"""Blueprints, forms and conversions in the admin."""

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminTextareaWidget

from academies.tenancy.admin import AcademyAdmin, AcademyInline, OwnChoicesFilter
from academies.tenancy.admin_html import minutes, table
from exams.bank.fields import written
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


# As the columns of scores take them.
_NUMBER = re.compile(r"-?[0-9]{1,5}(?:\.[0-9]{1,4})?")

if TYPE_CHECKING:
    _ConversionForm = forms.ModelForm[ScoreConversion]
else:
    _ConversionForm = forms.ModelForm


class ConversionForm(_ConversionForm):
    """A conversion that no form uses yet. Its table is typed as lines of two numbers."""

    rows = forms.CharField(
        label="Table",
        required=False,
        max_length=10_000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 8, "class": "ph-source"}),
        help_text="Of a table alone: per line the lowest percent of the points and the score from there on, rising.",
    )

    class Meta:
        model = ScoreConversion
        fields = ("academy", "name", "version", "kind", "label", "scale_min", "scale_max", "step", "cut_score")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["rows"] = "\n".join(f"{low} {scaled}" for low, scaled in self.instance.table)

    def clean(self) -> dict[str, Any]:
        """What marking relies on: a table that rises within the scale, a cut score on it."""
        entered = super().clean() or self.cleaned_data
        low, high, cut = (entered.get(name) for name in ("scale_min", "scale_max", "cut_score"))
        if low is None or high is None:
            return entered
        if low >= high:
            self.add_error("scale_max", "This must be above the lowest score.")
        if cut is not None and not low <= cut <= high:
            self.add_error("cut_score", "This is outside the scale.")
        if entered.get("step") is not None and entered["step"] <= 0:
            self.add_error("step", "This must be above 0.")
        lines = self._lines(entered.get("rows", ""))
        if bool(lines) != (entered.get("kind") == ScoreConversion.Kind.TABLE):
            self.add_error("rows", "A table needs its lines, and a linear conversion has none.")
        for before, after in pairwise(lines):
            if not (before[0] < after[0] and before[1] < after[1]):
                self.add_error(
                    "rows", f"The lines must rise: {after[0]} {after[1]} stands after {before[0]} {before[1]}."
                )
        if any(not (0 <= percent <= 100 and low <= scaled <= high) for percent, scaled in lines):
            self.add_error("rows", "A line is outside 0 to 100 percent or outside the scale.")
        self.instance.table = [[written(percent), written(scaled)] for percent, scaled in lines]
        return entered

    def _lines(self, text: str) -> list[tuple[Decimal, Decimal]]:
        pairs = []
        for line in filter(None, (line.strip() for line in text.splitlines())):
            parts = line.split()
            if len(parts) != 2 or not all(_NUMBER.fullmatch(part) for part in parts):
                self.add_error("rows", f"{line[:40]!r} is not two numbers.")
                return []
            pairs.append((Decimal(parts[0]), Decimal(parts[1])))
        return pairs


@admin.register(ScoreConversion)
class ScoreConversionAdmin(AcademyAdmin):
    """Conversions are versioned: attempts keep theirs, so a used one is not changed but followed by the next."""

    form = ConversionForm
    list_display = ("name", "version", "academy", "kind", "scale", "shown_cut")
    list_filter = (("academy", OwnChoicesFilter), "kind")
    search_fields = ("name",)
    list_select_related = ("academy",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """To enter, or to look at."""
        if obj is None or self.has_change_permission(request, obj):
            return (*ConversionForm.Meta.fields, "rows")
        return ("academy", "name", "version", "kind", "label", "scale", "shown_cut", "shown_table")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A used one is looked at."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_readonly_fields(request, obj)
        return self.get_fields(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while no form uses it."""
        return super().has_change_permission(request, obj) and not (obj is not None and obj.forms.exists())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Only while nothing uses it, on its own page."""
        is_free = obj is not None and not obj.forms.exists() and not obj.blueprints.exists()
        return is_free and super().has_delete_permission(request, obj)

    @admin.display(description="Scale", ordering="scale_max")
    def scale(self, conversion: ScoreConversion) -> str:
        """From, to, in which steps."""
        low, high, step = (written(value) for value in (conversion.scale_min, conversion.scale_max, conversion.step))
        return f"{low} to {high} in steps of {step}"

    @admin.display(description="Passes from", ordering="cut_score")
    def shown_cut(self, conversion: ScoreConversion) -> str:
        """The lowest score that passes."""
        return written(conversion.cut_score) if conversion.cut_score is not None else "No pass mark"

    @admin.display(description="Table")
    def shown_table(self, conversion: ScoreConversion) -> SafeString | str:
        """From which share of the points each score is given."""
        if not conversion.table:
            return "None: the scale is spread evenly over the points."
        return table(("From", conversion.label), ((f"{low} %", scaled) for low, scaled in conversion.table))


@admin.register(Blueprint)
class BlueprintAdmin(AcademyAdmin):
    """What forms must contain."""

    list_display = ("title", "academy", "bank", "minutes", "navigation", "forms_made")
    list_filter = (("academy", OwnChoicesFilter), ("bank", OwnChoicesFilter))
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
        return minutes(blueprint.time_limit_seconds)

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
    list_filter = (("academy", OwnChoicesFilter), ("bank", OwnChoicesFilter))
    list_select_related = ("academy", "bank", "blueprint")
    fields = (
        "title",
        "code",
        "academy",
        "bank",
        "made",
        "blueprint",
        "conversion",
        "minutes",
        "item_count",
        "raw_max",
        "created_at",
    )
    readonly_fields = ("made", "minutes", "created_at")
    inlines = (SlotInline,)

    @admin.display(description="Made")
    def made(self, form: Form) -> str:
        """Where it came from."""
        return "By hand" if form.seed is None else f"From a blueprint, seed {form.seed}"

    @admin.display(description="Time limit")
    def minutes(self, form: Form) -> str:
        """The limit in minutes."""
        return minutes(form.time_limit_seconds)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Forms come from blueprints and packs."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forms never change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Forms are kept."""
        return False
