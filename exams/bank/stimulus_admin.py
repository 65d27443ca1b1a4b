"""Stimuli in the admin: added and looked at, never changed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from unfold.decorators import display

from academies.tenancy.admin import AcademyAdmin, OwnChoicesFilter
from config.kernel.errors import DomainError
from exams.bank.actions import save_stimulus
from exams.bank.content import parse_stimulus
from exams.bank.media import media_name
from exams.bank.models import Stimulus

if TYPE_CHECKING:
    _StimulusForm = forms.ModelForm[Stimulus]
else:
    _StimulusForm = forms.ModelForm


class StimulusForm(_StimulusForm):
    """A new stimulus, or the next number of one."""

    class Meta:
        model = Stimulus
        fields = ("bank", "code", "kind", "title", "body", "file", "attribution")

    def clean(self) -> dict[str, Any]:
        """As strict as a pack."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        try:
            authored = parse_stimulus(self.source())
            if cleaned.get("file"):
                media_name(authored, cleaned["file"])
        except DomainError as error:
            for fault in error.errors:
                self.add_error(fault.field if fault.field in self.fields else None, ValidationError(fault.detail))
            if not error.errors:
                raise ValidationError(error.detail) from None
        return cleaned

    def source(self) -> dict[str, Any]:
        """What was entered, in the format of a pack."""
        entered = self.cleaned_data
        file = entered.get("file")
        return {
            **{name: entered[name] for name in ("code", "kind", "title", "body", "attribution")},
            "file": file.name if file else "",
        }


@admin.register(Stimulus)
class StimulusPages(AcademyAdmin):
    """Passages, exhibits, images and recordings. A change is a new row: add one with the same code."""

    form = StimulusForm
    list_display = ("code", "number", "title", "kind", "bank", "created_at")
    list_filter = (("bank", OwnChoicesFilter), "kind")
    search_fields = ("code", "title")
    list_select_related = ("bank",)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """To enter, or to look at."""
        if obj is None:
            return StimulusForm.Meta.fields
        return ("bank", "code", "number", "kind", "title", "shown_body", "file", "attribution", "created_at")

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A row never changes."""
        return () if obj is None else self.get_fields(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Stimulus]:
        """Without the texts, which can be long."""
        rows: QuerySet[Stimulus] = super().get_queryset(request)
        return rows.defer("body", "body_html")

    @display(description="Text")
    def shown_body(self, stimulus: Stimulus) -> SafeString:
        """As learners see it."""
        # Cleaned by config.kernel.markdown when it was saved.
        body = mark_safe(stimulus.body_html)  # noqa: S308  # nosec B308 B703
        return format_html('<div class="prose">{}</div>', body)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: items refer to it as it is."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Items refer to it."""
        return False

    def save_model(self, request: HttpRequest, obj: Stimulus, form: StimulusForm, change: bool) -> None:
        """Append it, unless the newest row says the same."""
        obj.academy = obj.bank.academy
        self.check_academy(request, obj)
        saved = save_stimulus(
            bank=obj.bank, source=form.source(), file=form.cleaned_data.get("file") or None, now=timezone.now()
        )
        obj.pk, obj.number = saved.pk, saved.number
        obj._state.adding = False  # noqa: SLF001 - the row is there; the admin must not insert it again
