"""The page of an item bank in the admin, with items in from files and out into files."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Model, Q, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from unfold.decorators import action
from unfold.widgets import (
    UnfoldAdminFileFieldWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from academies.tenancy.admin import AcademyAdmin, AcademyInline, OwnChoicesFilter
from academies.tenancy.scoped_admin import acting
from accounts.factors.gate import stepped_up
from config.kernel.errors import DomainError
from exams.bank.editor import editor_page
from exams.bank.models import Domain, ItemBank, ItemVersion
from exams.interchange.exports import CONTENT_TYPES, export_bank
from exams.interchange.imports import ImportRefused, check_file, guess_format, import_file
from exams.interchange.uploads import forget_upload, keep_upload, kept_upload

MAX_UPLOAD_MB = 10
_LARGER = f"At most {MAX_UPLOAD_MB} MB. Larger files are imported with the command import_items."


class ImportForm(forms.Form):
    """A file of items and how to take it."""

    file = forms.FileField(label="File", help_text=_LARGER, widget=UnfoldAdminFileFieldWidget)
    format = forms.ChoiceField(
        required=False,
        choices=[("", "By the file's name"), ("csv", "CSV"), ("gift", "GIFT")],
        widget=UnfoldAdminSelectWidget,
    )
    state = forms.ChoiceField(
        label="New versions are",
        choices=[("draft", "Drafts"), ("live", "Live at once")],
        widget=UnfoldAdminSelectWidget,
    )
    domain = forms.CharField(
        required=False,
        max_length=16,
        label="Domain",
        help_text="The code of the domain of items that name none.",
        widget=UnfoldAdminTextInputWidget,
    )
    creates_domains = forms.BooleanField(
        required=False, label="Make domains and skills that the bank lacks", widget=UnfoldBooleanWidget
    )

    def clean(self) -> dict[str, Any]:
        """A size that can be handled while somebody waits, and a known format."""
        cleaned = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if file is None:
            return cleaned
        if file.size > MAX_UPLOAD_MB * 1024 * 1024:
            self.add_error("file", f"The file is too large. {_LARGER}")
        cleaned["format"] = cleaned.get("format") or guess_format(file.name)
        if not cleaned["format"]:
            self.add_error("format", "The file's name does not say whether it is CSV or GIFT.")
        return cleaned


class DomainInline(AcademyInline):
    """The domains of a bank; the skills of each are on its own page."""

    model = Domain
    fields = ("code", "title", "weight")
    show_change_link = True


@admin.register(ItemBank)
class BankPages(AcademyAdmin):
    """Item banks."""

    list_display = ("title", "academy", "slug", "language", "items_made", "items_live", "is_shared")
    list_filter = (("academy", OwnChoicesFilter), "is_shared", "language")
    search_fields = ("title", "slug")
    ordering = ("title",)
    list_select_related = ("academy",)
    fields = ("academy", "title", "slug", "description", "language", "is_shared", "is_open_to_practice")
    inlines = (DomainInline,)
    actions_detail = (
        "write_item",
        {"title": "Files", "icon": "swap_vert", "items": ["import_items", "export_csv", "export_gift"]},
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemBank]:
        """With the numbers of items."""
        rows: QuerySet[ItemBank] = super().get_queryset(request)
        return rows.annotate(
            item_count=Count("items"), live_count=Count("items", filter=Q(items__live_version__isnull=False))
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """Sharing with every academy is the platform's."""
        fields = super().get_readonly_fields(request, obj)
        return fields if acting(request).is_platform_staff else (*fields, "is_shared")

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only an empty bank, on its own page."""
        is_empty = isinstance(obj, ItemBank) and not obj.items.exists()
        return is_empty and bool(super().has_delete_permission(request, obj))

    @admin.display(description="Items", ordering="item_count")
    def items_made(self, bank: Any) -> int:
        """All of them."""
        return int(bank.item_count)

    @admin.display(description="Live", ordering="live_count")
    def items_live(self, bank: Any) -> int:
        """Those that new forms can draw."""
        return int(bank.live_count)

    def get_urls(self) -> list[Any]:
        """The page that asks before a file is applied."""
        confirm = path(
            "<uuid:bank>/import/<str:token>/",
            self.admin_site.admin_view(self.confirm_import),
            name="exams_itembank_confirm_import",
        )
        return [confirm, *super().get_urls()]

    def has_write_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether the person may add items to the banks that they see."""
        return acting(request).has_perm("exams.add_item")

    @action(description="Write an item", url_path="write-item", icon="edit", permissions=["write"])
    def write_item(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The editor, with the template of a type."""
        return editor_page(request, site=self.admin_site, bank=self._bank(request, object_id, to_change=False))

    @action(description="Import items", url_path="import", icon="upload")
    def import_items(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Upload a file, and see what it would change."""
        bank = self._bank(request, object_id, to_change=True)
        form = ImportForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            entered = form.cleaned_data
            upload = keep_upload(
                session=request.session,
                bank=bank.pk,
                file=entered["file"],
                source_fields={
                    "name": entered["file"].name[:200],
                    **{name: entered[name] for name in ("format", "state", "domain", "creates_domains")},
                },
                now=timezone.now(),
            )
            report = check_file(bank=bank, source=upload.source)
            if not report.is_clean:
                forget_upload(session=request.session, token=upload.token)
            return self._page(request, bank, form=None, upload=upload, report=report)
        return self._page(request, bank, form=form)

    def confirm_import(self, request: HttpRequest, bank: Any, token: str) -> HttpResponse:
        """Apply the file that was checked, or give it up."""
        found = self._bank(request, str(bank), to_change=True)
        back = HttpResponseRedirect(reverse("admin:exams_itembank_change", args=[found.pk]))
        if request.method != "POST":
            return back
        if "cancel" in request.POST:
            forget_upload(session=request.session, token=token)
            self.message_user(request, "Nothing was imported.", messages.INFO)
            return back
        try:
            upload = kept_upload(session=request.session, bank=found.pk, token=token)
            report = import_file(bank=found, source=upload.source, actor=acting(request), now=timezone.now())
        except ImportRefused as error:
            forget_upload(session=request.session, token=token)
            return self._page(request, found, form=None, report=error.report)
        except DomainError as error:
            self.message_user(request, error.detail, messages.ERROR)
            return back
        forget_upload(session=request.session, token=token)
        tally = report.tally
        self.message_user(
            request, f"Imported: {tally.new} new, {tally.changed} changed, {tally.same} the same.", messages.SUCCESS
        )
        return back

    @action(description="Export CSV", url_path="export-csv", icon="download")
    @stepped_up
    def export_csv(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Every item as a spreadsheet."""
        return self._export(request, object_id, "csv")

    @action(description="Export GIFT", url_path="export-gift", icon="download")
    @stepped_up
    def export_gift(self, request: HttpRequest, object_id: str) -> HttpResponseBase:
        """Every item that Moodle's format can carry; the end of the file says what it cannot."""
        return self._export(request, object_id, "gift")

    def _export(self, request: HttpRequest, object_id: str, kind: str) -> HttpResponseBase:
        bank = self._bank(request, object_id, to_change=False)
        export = export_bank(bank=bank, format=kind)
        return StreamingHttpResponse(
            (piece.encode() for piece in export.pieces),
            content_type=CONTENT_TYPES[kind],
            headers={"Content-Disposition": f'attachment; filename="{bank.slug}.{kind}"'},
        )

    def _bank(self, request: HttpRequest, object_id: str, *, to_change: bool) -> ItemBank:
        bank = self.get_object(request, object_id)
        allowed = self.has_change_permission if to_change else self.has_view_permission
        if not isinstance(bank, ItemBank) or not allowed(request, bank):
            raise Http404
        return bank

    def _page(self, request: HttpRequest, bank: ItemBank, **context: Any) -> HttpResponse:
        return TemplateResponse(
            request,
            "admin/exams/itembank/import.html",
            {
                **self.admin_site.each_context(request),
                "title": "Import items",
                "subtitle": str(bank),
                "bank": bank,
                "opts": self.model._meta,
                "state_names": dict(ItemVersion.State.choices),
                **context,
            },
        )
