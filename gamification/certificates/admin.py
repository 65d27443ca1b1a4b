"""Certificates in the admin: looked at, and revoked with a reason."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from unfold.decorators import display

from academies.tenancy.scoped_admin import AcademyAdmin, OwnChoicesFilter, acting
from gamification.certificates.actions import revoke_certificate
from gamification.certificates.codes import read_code, written
from gamification.certificates.models import Certificate


@admin.register(Certificate)
class CertificatePages(AcademyAdmin):
    """Who has a certificate of what, and whether it counts. Saving one with a reason revokes it."""

    list_display = ("name", "exam", "academy", "shown_state", "shown_code", "passed_date", "issued_at")
    list_filter = (("academy", OwnChoicesFilter), "revoked_because", "issued_at")
    search_fields = ("name", "exam", "code")
    search_help_text = "Name, exam or code"
    list_select_related = ("academy",)
    ordering = ("-issued_at",)
    fields = (
        "name",
        "exam",
        "academy",
        "shown_code",
        "score",
        "passed_date",
        "issued_at",
        "shown_state",
        "revoked_because",
        "revoked_at",
        "revoke_note",
    )
    readonly_fields = tuple(name for name in fields if name != "revoke_note")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Issued by passing."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never: a certificate is revoked."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """As long as it counts."""
        is_over = isinstance(obj, Certificate) and obj.revoked_at is not None
        return not is_over and bool(super().has_change_permission(request, obj))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Codes are found however they are written."""
        return super().get_search_results(request, queryset, read_code(search_term) or search_term)

    @display(description="State", label={"Valid": "success", "Revoked": "danger", "Withdrawn": "warning"})
    def shown_state(self, certificate: Certificate) -> str:
        """Whether it counts."""
        return certificate.state.capitalize()

    @admin.display(description="Code", ordering="code")
    def shown_code(self, certificate: Certificate) -> str:
        """In groups of four."""
        return written(certificate.code)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The reason is what revokes: it says so."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "revoke_note" and field is not None:
            field.required = True
            field.help_text = (
                "Saving with a reason revokes the certificate at once, for good. The learner keeps the row."
            )
        return field

    def save_model(self, request: HttpRequest, obj: Certificate, form: Any, change: bool) -> None:
        """Revoke it."""
        self.check_academy(request, obj)
        revoke_certificate(certificate=obj.pk, note=obj.revoke_note, actor=acting(request), now=timezone.now())
