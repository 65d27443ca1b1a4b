"""The page on which staff write an item, or its next version, as YAML in the pack format.

Nothing is saved but by "Save as draft". The pages of items and banks lead here, and decide who may.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from academies.tenancy.scoped_admin import acting
from config.kernel.errors import DomainError, FieldError
from exams.bank.actions import write_item
from exams.bank.content import AuthoredItem, InvalidItem, parse_item
from exams.bank.errors import UnknownReference, WrittenMeanwhile
from exams.bank.models import Domain, Item, ItemBank, ItemType, ItemVersion
from exams.bank.preview import preview_of
from exams.bank.references import References
from exams.bank.rows import Wording
from exams.bank.starters import is_starter, starter
from exams.bank.yaml_source import ItemText, item_text, read_item_text

_SOURCE = {"rows": 28, "spellcheck": "false", "autocomplete": "off", "class": "ph-source"}


class SourceForm(forms.Form):
    """The text, and what it was started from. What the text must be is checked by `_read`."""

    kind = forms.ChoiceField(
        label="Type", choices=ItemType.choices, required=False, widget=UnfoldAdminSelectWidget, initial="single_choice"
    )
    source = forms.CharField(
        label="Source", required=False, strip=False, widget=UnfoldAdminTextareaWidget(attrs=_SOURCE)
    )
    # The newest version when the page was opened; 0 for a new item.
    based_on = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is wrong with the text. `place` is a field's path; `line` is 0 where it has none."""

    place: str
    line: int
    detail: str


@dataclass(frozen=True, kw_only=True)
class _Written:
    """An item that is right, with what the database will be given."""

    authored: AuthoredItem
    text: ItemText
    version: ItemVersion

    def says_same(self, newest: ItemVersion | None) -> bool:
        """Whether the newest version has this content."""
        return newest is not None and newest.digest == self.version.digest


def editor_page(request: HttpRequest, *, site: AdminSite, bank: ItemBank, item: Item | None = None) -> HttpResponse:
    """The editor for an item of the bank, or for a new one; the caller has checked that the person may write there."""
    return _Editor(request, site=site, bank=bank, item=item).respond()


class _Editor:
    """One request of the page."""

    def __init__(self, request: HttpRequest, *, site: AdminSite, bank: ItemBank, item: Item | None) -> None:
        self.request, self.site, self.bank, self.item = request, site, bank, item
        self.newest = (
            item.versions.select_related("item__domain", "item__skill").order_by("-number").first() if item else None
        )
        self.based_on = self.newest.number if self.newest else 0
        first = Domain.objects.filter(bank=bank).order_by("code").values_list("code", flat=True).first()
        self.domain = first or "1"
        self.faults: list[Fault] = []

    def respond(self) -> HttpResponse:
        """Show the page, or what a button does."""
        if self.request.method != "POST":
            return self._page(self._text_to_start_with())
        form = SourceForm(self.request.POST)
        if not form.is_valid():
            # The text as it was sent: a browser sends nothing that the form refuses.
            self.faults = [
                Fault(place="", line=0, detail=str(word)) for words in form.errors.values() for word in words
            ]
            return self._page(self.request.POST.get("source", "").replace("\0", ""))
        self.based_on = form.cleaned_data["based_on"]
        text = form.cleaned_data["source"].replace("\r\n", "\n")
        kind = form.cleaned_data["kind"] or ItemType.SINGLE_CHOICE
        if "insert" in self.request.POST and self.item is None:
            return self._insert(text, kind)
        written = self._read(text)
        if written is None:
            return self._page(text, kind=kind)
        if "save" in self.request.POST:
            return self._save(written, text=text, kind=kind)
        return self._page(text, kind=kind, preview=preview_of(written.version), same=written.says_same(self.newest))

    def _text_to_start_with(self) -> str:
        if self.newest is None:
            return starter(ItemType.SINGLE_CHOICE, domain=self.domain)
        item = self.newest.item
        try:
            return item_text(self.newest.authored().source())
        except InvalidItem:
            # Rules have become stricter since it was written: the author sees it as it was kept.
            return item_text({"code": item.code, "domain": item.domain.code, **self.newest.source})

    def _insert(self, text: str, kind: str) -> HttpResponse:
        """Put the template of a type there, but never over what somebody wrote."""
        if text.strip() and not is_starter(text, domain=self.domain):
            self.faults = [Fault(place="", line=0, detail="The text has been changed. Clear it to insert a template.")]
            return self._page(text, kind=kind)
        return self._page(starter(kind, domain=self.domain), kind=kind)

    def _read(self, text: str) -> _Written | None:
        """The item, or None with `faults`."""
        try:
            read = read_item_text(text)
        except InvalidItem as error:
            self._keep(error, None)
            return None
        try:
            authored = parse_item(read.fields)
            if self.item is not None and authored.code != self.item.code:
                detail = f"The code stays {self.item.code}: it is never used for anything else."
                raise InvalidItem(errors=(FieldError(field="code", code="code_is_fixed", detail=detail),))
            references = References.of(self.bank)
            if faults := references.faults(authored):
                raise UnknownReference(errors=faults)
        except DomainError as error:
            self._keep(error, read)
            return None
        version = Wording.of(authored, references).version(
            academy=self.bank.academy_id,
            item=self.item.pk if self.item else UUID(int=0),
            number=self._next_number,
            state=ItemVersion.State.DRAFT,
            actor=acting(self.request),
            now=timezone.now(),
        )
        return _Written(authored=authored, text=read, version=version)

    def _save(self, written: _Written, *, text: str, kind: str) -> HttpResponse:
        before = self._place_of(self.item)
        try:
            saved = write_item(
                bank=self.bank,
                source=written.authored.source(),
                based_on=self.based_on,
                actor=acting(self.request),
                now=timezone.now(),
            )
        except WrittenMeanwhile as error:
            if self.item is not None:
                self.based_on = self._next_number - 1
            again = " Compare it with yours; saving again puts yours after it." if self.item else ""
            self.faults = [Fault(place="", line=0, detail=f"{error.detail}{again}")]
            return self._page(text, kind=kind, preview=preview_of(written.version))
        except DomainError as error:
            self._keep(error, written.text)
            return self._page(text, kind=kind)
        if saved.number == self.based_on:
            moved = self._place_of(Item.objects.get(pk=saved.item_id)) != before
            place = " Its domain, skill and tags were changed." if moved else ""
            words = f"This is what version {saved.number} says already. No version was made.{place}"
            messages.info(self.request, words)
            return HttpResponseRedirect(reverse("admin:exams_item_change", args=[saved.item_id]))
        what = f"Version {saved.number} of {written.authored.code}"
        messages.success(self.request, f"{what} is saved as a draft. Send it to review when it is ready.")
        return HttpResponseRedirect(reverse("admin:exams_itemversion_change", args=[saved.pk]))

    @staticmethod
    def _place_of(item: Item | None) -> tuple[Any, ...]:
        return (item.domain_id, item.skill_id, item.tags) if item else ()

    def _keep(self, error: DomainError, text: ItemText | None) -> None:
        """Remember what is wrong, in the order of the text."""
        faults = []
        for each in error.errors:
            if text is None:
                _, _, number = each.field.rpartition(" ")
                faults.append(Fault(place="", line=int(number or 0), detail=each.detail))
            else:
                faults.append(Fault(place=each.field, line=text.line_of(each.field), detail=each.detail))
        self.faults = sorted(faults, key=lambda fault: fault.line) or [Fault(place="", line=0, detail=error.detail)]

    @property
    def _next_number(self) -> int:
        return self.newest.number + 1 if self.newest else 1

    def _page(
        self, text: str, *, kind: str = ItemType.SINGLE_CHOICE, preview: SafeString | None = None, same: bool = False
    ) -> HttpResponse:
        form = SourceForm(initial={"source": text, "kind": kind, "based_on": self.based_on})
        code = self.item.code if self.item else ""
        back = (
            ("exams_item_change", code, self.item.pk)
            if self.item
            else ("exams_itembank_change", self.bank.title, self.bank.pk)
        )
        context = {
            **self.site.each_context(self.request),
            "title": f"Write version {self._next_number} of {code}" if self.item else "Write an item",
            "opts": Item._meta,
            "heading": f"Write version {self._next_number} of {code}"
            if self.item
            else f"Write an item for {self.bank}",
            "bank": self.bank,
            "item": self.item,
            "newest": self.newest,
            "form": form,
            "faults": self.faults,
            "preview": preview,
            "same": same,
            "back_title": back[1],
            "back_link": reverse(f"admin:{back[0]}", args=[back[2]]),
        }
        return TemplateResponse(self.request, "admin/exams/item/editor.html", context)
