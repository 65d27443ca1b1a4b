"""Legal texts and erasures in the admin."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.factors.gate import StepUpFirst
from accounts.identity.models import User
from accounts.identity.staff import PlatformOnly
from accounts.journal.history import JournalHistory
from accounts.privacy.documents import publish
from accounts.privacy.erasure import ask_for_erasure, cancel_erasure
from accounts.privacy.errors import ErasureWaits
from accounts.privacy.models import Erasure, LegalDocument
from accounts.privacy.registry import require_no_objection
from config.kernel.errors import DomainError


@admin.register(LegalDocument)
class LegalDocumentAdmin(PlatformOnly, JournalHistory, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """Legal texts: written as a draft, looked at, published. A published version only stays to be read."""

    list_display = ("title", "kind", "locale", "version", "shown_state", "published_at")
    list_filter = ("kind", "locale")
    search_fields = ("title", "body")
    ordering = ("kind", "locale", "-version")
    fields = ("kind", "locale", "title", "body", "needs_acceptance", "preview", "version", "published_at")
    readonly_fields = ("preview", "version", "published_at")
    actions = ("bring_into_force",)

    @display(description="State", label={"Published": "success", "Draft": "warning"})
    def shown_state(self, document: LegalDocument) -> str:
        """Whether people read it."""
        return "Draft" if document.published_at is None else "Published"

    @admin.display(description="Preview")
    def preview(self, document: LegalDocument) -> SafeString | str:
        """As people will see it, after saving."""
        if not document.body_html:
            return "Save it to see it."
        # Cleaned by config.kernel.markdown when it was saved.
        return mark_safe(document.body_html)  # noqa: S308  # nosec B308 B703

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A draft stays what it is a draft of."""
        fields = tuple(super().get_readonly_fields(request, obj))
        return fields if obj is None else (*fields, "kind", "locale")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Published versions never change."""
        if isinstance(obj, LegalDocument) and obj.published_at is not None:
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only a single draft: what was published is what people agreed to."""
        is_draft = isinstance(obj, LegalDocument) and obj.published_at is None
        return is_draft and bool(super().has_delete_permission(request, obj))

    @admin.action(description="Publish", permissions=["change"])
    def bring_into_force(self, request: HttpRequest, queryset: QuerySet[LegalDocument]) -> None:
        """Publish the chosen drafts."""
        drafts = list(queryset.filter(published_at=None))
        for draft in drafts:
            publish(document=draft, actor=_acting(request), now=timezone.now())
        self.message_user(request, f"Published: {len(drafts)}.", messages.SUCCESS)


class ErasureForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic when Django runs
    """Whom, and why."""

    reason = forms.CharField(widget=forms.Textarea, help_text="Why, and how the person was recognised.")

    class Meta:
        model = Erasure
        fields = ("user", "reason")

    def clean(self) -> dict[str, Any]:
        """Ask what the action would ask, so that a refusal is said here."""
        cleaned: dict[str, Any] = super().clean() or {}
        user = cleaned.get("user")
        if isinstance(user, User):
            try:
                require_no_objection(user)
            except DomainError as refusal:
                raise forms.ValidationError(refusal.detail, code=refusal.code) from refusal
            if user.erasure_due_at is not None or not user.is_active:
                raise forms.ValidationError(ErasureWaits.default_detail, code=ErasureWaits.code)
        return cleaned


@admin.register(Erasure)
class ErasureAdmin(PlatformOnly, StepUpFirst, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """People who are to be erased. Staff add one for a person who asked in another way."""

    form = ErasureForm
    list_display = ("user", "shown_state", "asked_at", "due_at", "asked_by")
    list_filter = ("state",)
    list_select_related = ("user", "asked_by")
    search_fields = ("user__email", "user__name")
    ordering = ("-asked_at",)
    autocomplete_fields = ("user",)
    fields = ("user", "reason", "state", "asked_at", "due_at", "closed_at", "asked_by")
    readonly_fields = ("state", "asked_at", "due_at", "closed_at", "asked_by")
    actions = ("cancel",)

    @display(description="State", label={"Waiting for its day": "warning", "Done": "success", "Cancelled": "info"})
    def shown_state(self, erasure: Erasure) -> str:
        """In words."""
        return erasure.get_state_display()

    def gives_rights(self, request: HttpRequest) -> bool:
        """No right is given, but an account is ended: that asks for a fresh proof, too."""
        return bool(self.has_add_permission(request))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: it is cancelled, or carried out."""
        return obj is None and bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: it proves what was done."""
        return False

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Whom and why, while it is being added."""
        return self.fields if obj is not None else ("user", "reason")

    def save_model(self, request: HttpRequest, obj: Erasure, form: Any, change: bool) -> None:
        """Ask as the person would."""
        asked = ask_for_erasure(user=obj.user, reason=obj.reason, actor=_acting(request), now=timezone.now())
        # The page goes on with what was made.
        obj.__dict__.update(asked.__dict__)

    @admin.action(description="Cancel what waits", permissions=["add"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Erasure]) -> None:
        """Everything stays."""
        waiting = list(queryset.filter(state=Erasure.State.WAITING).select_related("user"))
        for erasure in waiting:
            cancel_erasure(user=erasure.user, actor=_acting(request), now=timezone.now())
        self.message_user(request, f"Cancelled: {len(waiting)}.", messages.SUCCESS)


def _acting(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        msg = "the admin is for people who are signed in"
        raise TypeError(msg)
    return request.user
