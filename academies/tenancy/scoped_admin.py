"""The base of every admin page whose rows belong to an academy.

The platform's own staff see every academy. Other staff, who own or manage academies, see the rows of those academies
and nothing else: in lists, on object pages, in choices, in searches, in actions.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.admin import ModelAdmin, TabularInline

from academies.tenancy.models import Academy, TenantModel
from accounts.journal.history import JournalHistory
from accounts.models import User
from config.kernel.errors import DomainError


def acting(request: HttpRequest) -> User:
    """Who uses the admin."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def rows_for(request: HttpRequest, model: type[Model]) -> QuerySet[Any] | None:
    """The rows of another model that may be chosen here; None for all of them."""
    user = acting(request)
    if user.is_platform_staff:
        return None
    if issubclass(model, Academy):
        return Academy.objects.run_by(user)
    if issubclass(model, User):
        return User.objects.filter(memberships__academy__in=Academy.objects.run_by(user)).distinct()
    if issubclass(model, TenantModel):
        rows: QuerySet[Any] = model._default_manager.all()  # noqa: SLF001  # documented
        return rows.filter(academy__in=Academy.objects.run_by(user))
    return None


class OwnChoicesFilter(admin.RelatedFieldListFilter):
    """A filter by a related row that offers only rows which may be seen: `("academy", OwnChoicesFilter)`."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        """The rows that are offered, as pairs of key and name."""
        rows = rows_for(request, field.related_model)
        if rows is None:
            return super().field_choices(field, request, model_admin)
        return [(row.pk, str(row)) for row in rows]


class Scoped:
    """Mixin for pages and inlines: rows and choices of the staff's own academies. `academy_path` leads there."""

    academy_path: ClassVar[str] = "academy"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """The rows that may be seen; everything else in the admin starts from these."""
        rows: QuerySet[Any] = super().get_queryset(request)  # type: ignore[misc]  # of the ModelAdmin
        user = acting(request)
        if user.is_platform_staff:
            return rows
        return rows.filter(**{f"{self.academy_path}__in": Academy.objects.run_by(user)})

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        """A choice among the rows that may be seen."""
        _limit(db_field, request, kwargs)
        field: ModelChoiceField[Any] | None = super().formfield_for_foreignkey(  # type: ignore[misc]  # as above
            db_field, request, **kwargs
        )
        return field

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        """Choices among the rows that may be seen."""
        _limit(db_field, request, kwargs)
        field: ModelMultipleChoiceField[Any] | None = super().formfield_for_manytomany(  # type: ignore[misc]  # as above
            db_field, request, **kwargs
        )
        return field


def _limit(db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
    rows = rows_for(request, db_field.related_model)
    if rows is not None and "queryset" not in kwargs:
        kwargs["queryset"] = rows


class AcademyInline(Scoped, TabularInline):  # type: ignore[misc]  # unfold is not typed
    """Rows of an academy inside another page. Their academy is that of the page."""

    extra = 0
    exclude: ClassVar[tuple[str, ...]] = ("academy",)
    per_page = 20
    hide_title = True


class AcademyAdmin(Scoped, JournalHistory, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """Pages of rows that belong to an academy. A refusal of the domain becomes a message; nothing is saved then."""

    show_full_result_count = False
    list_per_page = 50
    warn_unsaved_form = True

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A row stays in its academy."""
        fields = tuple(super().get_readonly_fields(request, obj))
        moves = obj is not None and self.academy_path == "academy" and "academy" not in fields
        return (*fields, "academy") if moves else fields

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The academy of staff who run only one."""
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        user = acting(request)
        if self.academy_path == "academy" and not user.is_platform_staff:
            own = list(Academy.objects.run_by(user)[:2])
            if len(own) == 1:
                initial.setdefault("academy", own[0].pk)
        return initial

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The page for one row."""
        try:
            answer: HttpResponse = super().changeform_view(request, object_id, form_url, extra_context)
        except DomainError as refusal:
            return self._refused(request, refusal)
        return answer

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page that asks before a row is deleted."""
        try:
            answer: HttpResponse = super().delete_view(request, object_id, extra_context)
        except DomainError as refusal:
            return self._refused(request, refusal)
        return answer

    def response_action(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """What an action answers."""
        try:
            answer: HttpResponse | None = super().response_action(request, queryset)
        except DomainError as refusal:
            return self._refused(request, refusal)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save the row; never into an academy that is not the staff's own."""
        self.check_academy(request, obj)
        super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the rows of an inline, in the academy of the page."""
        for each in formset.forms:
            row: Any = each.instance
            if isinstance(row, TenantModel) and not row.academy_id:
                row.academy = form.instance if isinstance(form.instance, Academy) else form.instance.academy
        super().save_formset(request, form, formset, change)

    def check_academy(self, request: HttpRequest, obj: Any) -> None:
        """Raises `PermissionDenied` for a row of an academy that is not the staff's own."""
        user = acting(request)
        if user.is_platform_staff:
            return
        academy_id = obj.pk if isinstance(obj, Academy) else getattr(obj, "academy_id", None)
        if academy_id is None or not Academy.objects.run_by(user).filter(pk=academy_id).exists():
            raise PermissionDenied

    def _refused(self, request: HttpRequest, refusal: DomainError) -> HttpResponse:
        self.message_user(request, refusal.detail, messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())
