"""The bank in the admin: domains, and items with their versions. Banks themselves: `exams.interchange.admin`."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.decorators import action, display

from academies.tenancy.admin import AcademyAdmin, AcademyInline, OwnChoicesFilter
from academies.tenancy.admin_html import link
from academies.tenancy.scoped_admin import acting
from exams.bank.editor import editor_page
from exams.bank.models import Domain, Item, ItemVersion, Skill
from exams.bank.preview import excerpt_of, preview_of
from exams.bank.stimulus_admin import StimulusPages
from exams.bank.workflow import MOVES, move_versions, next_moves

__all__ = ["DomainPages", "ItemPages", "StimulusPages", "VersionPages"]

State = ItemVersion.State
COLOURS = {
    "Draft": "info",
    "In review": "warning",
    "Approved": "primary",
    "Live": "success",
    "Quarantined": "danger",
    "Retired": "",
    "Rejected": "danger",
}


class KeptPages(AcademyAdmin):
    """Rows that are made by actions, files and packs, and are never edited or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made elsewhere."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """For the actions of a list, which ask without a row; a row itself is only looked at."""
        return obj is None and bool(super().has_change_permission(request))

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Forms and attempts refer to them."""
        return False


class SkillInline(AcademyInline):
    """The skills of a domain."""

    model = Skill
    fields = ("code", "title")


@admin.register(Domain)
class DomainPages(AcademyAdmin):
    """A domain with its skills."""

    list_display = ("code", "title", "bank", "weight")
    list_filter = (("bank", OwnChoicesFilter),)
    search_fields = ("code", "title")
    list_select_related = ("bank",)
    fields = ("bank", "code", "title", "weight")
    inlines = (SkillInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """A domain stays in its bank."""
        return ("bank",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Added on the bank's page."""
        return False


class StateFilter(admin.SimpleListFilter):
    """Items that have a version in a state."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The states."""
        return [(str(value), str(label)) for value, label in State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Item]) -> QuerySet[Item]:
        """The items with a version in the chosen state."""
        if self.value() not in State.values:
            return queryset
        return queryset.filter(Exists(ItemVersion.objects.filter(item=OuterRef("pk"), state=self.value())))


class VersionInline(AcademyInline):
    """Every version of an item, newest first."""

    model = ItemVersion
    fields = ("page", "shown_state", "type", "difficulty", "points", "created_by", "created_at")
    readonly_fields = fields
    ordering = ("-number",)
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemVersion]:
        """With the authors, without the contents."""
        rows = super().get_queryset(request).select_related("created_by", "item")
        return rows.defer("source", "question", "key", "rationale", "stem_html")

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Versions come from the editor, imports and packs."""
        return False

    @display(description="Version")
    def page(self, version: ItemVersion) -> SafeString:
        """To its page."""
        page = reverse("admin:exams_itemversion_change", args=[version.pk])
        return link(page, f"Version {version.number}")

    @display(description="State", label=COLOURS)
    def shown_state(self, version: ItemVersion) -> str:
        """In words."""
        return version.get_state_display()


@admin.register(Item)
class ItemPages(KeptPages):
    """Items, with the text that is live."""

    list_display = ("code", "stem", "domain", "type", "difficulty", "shown_state", "bank")
    list_filter = (
        ("bank", OwnChoicesFilter),
        ("domain", OwnChoicesFilter),
        "live_version__difficulty",
        "live_version__type",
        StateFilter,
    )
    search_fields = ("code", "versions__stem")
    search_help_text = "Code or stem"
    # By the unique index; the banks' titles would have to be sorted.
    ordering = ("bank_id", "code")
    list_select_related = ("bank", "domain", "live_version")
    fields = ("bank", "code", "domain", "skill", "shown_tags", "shown_state", "preview", "created_at")
    readonly_fields = fields
    inlines = (VersionInline,)
    actions_detail = ("write_version",)

    def has_write_permission(self, request: HttpRequest, object_id: object = None) -> bool:
        """Whether the person may write versions of the items that they see."""
        return bool(self.has_change_permission(request))

    @action(description="Write a new version", url_path="write", icon="edit", permissions=["write"])
    def write_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The editor, with the newest text."""
        item = self.get_object(request, object_id)
        if not isinstance(item, Item):
            raise Http404
        return editor_page(request, site=self.admin_site, bank=item.bank, item=item)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Item]:
        """Without what only the preview needs."""
        rows: QuerySet[Item] = super().get_queryset(request)
        heavy = ("source", "question", "key", "rationale", "stem_html")
        return rows.defer(*(f"live_version__{name}" for name in heavy))

    @display(description="Question")
    def stem(self, item: Item) -> str:
        """The start of the live text."""
        return excerpt_of(item.live_version.stem) if item.live_version else "–"

    @display(description="Type", ordering="live_version__type")
    def type(self, item: Item) -> str:
        """How it is answered."""
        return item.live_version.get_type_display() if item.live_version else "–"

    @display(description="Difficulty", ordering="live_version__difficulty")
    def difficulty(self, item: Item) -> str:
        """How hard it is meant to be."""
        return item.live_version.get_difficulty_display() if item.live_version else "–"

    @display(description="Live", label={"Not live": "warning"})
    def shown_state(self, item: Item) -> str:
        """The number of the live version."""
        return f"Version {item.live_version.number}" if item.live_version else "Not live"

    @display(description="Tags")
    def shown_tags(self, item: Item) -> str:
        """The author's words."""
        return ", ".join(item.tags) or "–"

    @display(description="Live version")
    def preview(self, item: Item) -> SafeString | str:
        """As staff see it."""
        if item.live_version_id is None:
            return "No version is live."
        return preview_of(ItemVersion.objects.select_related("stimulus").get(pk=item.live_version_id))


@admin.register(ItemVersion)
class VersionPages(KeptPages):
    """Versions on their way from draft to live. Their content never changes; their state does, by actions."""

    list_display = ("code", "number", "excerpt", "shown_state", "type", "created_at")
    list_display_links = ("code", "number")
    list_filter = (
        "state",
        ("item__bank", OwnChoicesFilter),
        ("item__domain", OwnChoicesFilter),
        "difficulty",
        "type",
    )
    search_fields = ("item__code", "stem")
    search_help_text = "Code or stem"
    # Ids rise with time (UUID version 7) and have an index.
    ordering = ("-pk",)
    list_select_related = ("item",)
    fields = (
        "item_link",
        "number",
        "shown_state",
        "type",
        "difficulty",
        "points",
        "scoring",
        "preview",
        "created_by",
        "created_at",
    )
    readonly_fields = fields
    change_form_outer_before_template = "admin/exams/itemversion/moves.html"
    actions = ("send_to_review", "approve", "make_live", "back_to_draft", "reject", "quarantine", "retire")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemVersion]:
        """Without what only the preview needs."""
        rows: QuerySet[ItemVersion] = super().get_queryset(request)
        return rows.defer("source", "question", "key", "rationale", "stem_html")

    def get_urls(self) -> list[Any]:
        """The move of a single version, asked for on its page."""
        move = path("<uuid:version>/move/", self.admin_site.admin_view(self.move), name="exams_itemversion_move")
        return [move, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a version, with where it may go."""
        version = self.get_object(request, object_id) if self.has_change_permission(request) else None
        moves = {"moves": next_moves(version) if isinstance(version, ItemVersion) else []}
        answer: HttpResponse = super().change_view(request, object_id, form_url, {**moves, **(extra_context or {})})
        return answer

    def move(self, request: HttpRequest, version: UUID) -> HttpResponse:
        """POST: take the version to the state that was chosen."""
        chosen = self.get_queryset(request).filter(pk=version)
        if not self.has_change_permission(request) or not chosen.exists():
            raise Http404
        if request.method == "POST" and request.POST.get("to") in MOVES:
            self._move(request, chosen, request.POST["to"])
        return HttpResponseRedirect(reverse("admin:exams_itemversion_change", args=[version]))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The history of the item, which is where the journal keeps what happens to its versions."""
        version = self.get_object(request, object_id)
        if version is None:
            answer: HttpResponse = super().history_view(request, object_id, extra_context)
            return answer
        return HttpResponseRedirect(reverse("admin:exams_item_history", args=[version.item_id]))

    @display(description="Item", ordering="item__code")
    def code(self, version: ItemVersion) -> str:
        """Of the item."""
        return version.item.code

    @display(description="Item")
    def item_link(self, version: ItemVersion) -> SafeString:
        """To the item with all its versions."""
        page = reverse("admin:exams_item_change", args=[version.item_id])
        return link(page, version.item.code)

    @display(description="Question")
    def excerpt(self, version: ItemVersion) -> str:
        """The start of the text."""
        return excerpt_of(version.stem)

    @display(description="State", ordering="state", label=COLOURS)
    def shown_state(self, version: ItemVersion) -> str:
        """In words."""
        return version.get_state_display()

    @display(description="Preview")
    def preview(self, version: ItemVersion) -> SafeString:
        """As staff see it."""
        return preview_of(ItemVersion.objects.select_related("stimulus").get(pk=version.pk))

    @action(description="Send to review", permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Drafts that somebody should read."""
        self._move(request, queryset, State.IN_REVIEW)

    @action(description="Approve", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Versions that were read and are right."""
        self._move(request, queryset, State.APPROVED)

    @action(description="Make live", permissions=["change"])
    def make_live(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Versions that new forms draw; the live ones before them are retired."""
        self._move(request, queryset, State.LIVE)

    @action(description="Back to draft", permissions=["change"])
    def back_to_draft(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Versions that need work."""
        self._move(request, queryset, State.DRAFT)

    @action(description="Reject", permissions=["change"])
    def reject(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Versions that will not be used."""
        self._move(request, queryset, State.REJECTED)

    @action(description="Quarantine: out of new forms until it is clear", permissions=["change"])
    def quarantine(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Live versions that something may be wrong with."""
        self._move(request, queryset, State.QUARANTINED)

    @action(description="Retire", permissions=["change"])
    def retire(self, request: HttpRequest, queryset: QuerySet[ItemVersion]) -> None:
        """Versions that have done their work."""
        self._move(request, queryset, State.RETIRED)

    def _move(self, request: HttpRequest, queryset: QuerySet[ItemVersion], to: str) -> None:
        """Move each that can be moved, and say which could not and why."""
        versions = queryset.select_related("item").order_by("item__code", "number")
        moved = move_versions(versions=versions, to=to, actor=acting(request), now=timezone.now())
        if moved.count:
            self.message_user(request, f"{moved.count} now {State(to).label.lower()}.", messages.SUCCESS)
        if moved.refused:
            more = f" … and {len(moved.refused) - 5} more." if len(moved.refused) > 5 else ""
            words = f"{len(moved.refused)} left as they are. {' '.join(moved.refused[:5])}{more}"
            self.message_user(request, words, messages.WARNING)
