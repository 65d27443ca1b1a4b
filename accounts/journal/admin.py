"""The journal as staff read it, and what could not be delivered."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from unfold.admin import ModelAdmin, TabularInline
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from accounts.identity.staff import PlatformOnly
from accounts.journal.events import event_kinds
from accounts.journal.history import sentence_of
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.names import Names


class ReadOnly:
    """Mixin: nobody adds, changes or deletes."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Never."""
        return False


class KindFilter(admin.SimpleListFilter):
    """By kind of event; the kinds are those that the code knows, so that nothing has to be counted."""

    title = "what happened"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        """App and event in words."""
        return [(kind, kind.replace(".", ": ").replace("_", " ").capitalize()) for kind in event_kinds()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
        """The entries of the chosen kind."""
        return queryset.filter(kind=self.value()) if self.value() else queryset


class DeliveryInline(ReadOnly, TabularInline):  # type: ignore[misc]  # unfold is not typed
    """Who was told."""

    model = Delivery
    verbose_name_plural = "Who was told"
    fields = ("subscriber", "state", "tries", "done_at", "last_error")
    readonly_fields = fields
    extra = 0


@admin.register(JournalEntry)
class JournalEntryAdmin(PlatformOnly, ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """What was done, by whom and where. The number of queries does not depend on the number of rows."""

    list_display = ("occurred_at", "sentence", "about", "by", "academy")
    list_display_links = ("sentence",)
    list_filter = (KindFilter, "occurred_at")
    search_fields = ("subject_id__exact",)
    search_help_text = "The id of what it is about"
    ordering = ("-id",)
    list_select_related = ("actor",)
    list_per_page = 50
    # The table grows for ever: counting it would take longer than reading a page.
    paginator = InfinitePaginator
    show_full_result_count = False
    fields = (
        *("occurred_at", "sentence", "about", "by", "academy", "place", "device"),
        *("details", "request_id", "seal_position"),
    )
    readonly_fields = fields
    inlines = (DeliveryInline,)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The page with its names, fetched together."""
        changes: ChangeList = super().get_changelist_instance(request)
        entries = list(changes.result_list)
        names = Names(entries)
        for entry in entries:
            entry.names = names
        changes.result_list = entries
        return changes

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> JournalEntry | None:
        """One entry with its names."""
        entry: JournalEntry | None = super().get_object(request, object_id, from_field)
        if entry is not None:
            entry.names = Names([entry])  # type: ignore[attr-defined]  # for the columns below
        return entry

    @admin.display(description="What happened")
    def sentence(self, entry: JournalEntry) -> str:
        """In words."""
        return sentence_of(entry)

    @admin.display(description="About")
    def about(self, entry: Any) -> str:
        """Whom or what it concerns."""
        return entry.names.about(entry) or "–"

    @admin.display(description="By", ordering="actor")
    def by(self, entry: JournalEntry) -> str:
        """The person, or the platform by itself."""
        return entry.actor.display_name if entry.actor else "The platform"

    @admin.display(description="Academy")
    def academy(self, entry: Any) -> str:
        """Where."""
        return entry.names.academy(entry) or "–"

    @admin.display(description="Details")
    def details(self, entry: Any) -> SafeString:
        """Every field of the event, ids by their names where there is one."""
        rows = (
            (field.removesuffix("_id").replace("_", " "), _shown(value, entry.names))
            for field, value in entry.payload.items()
        )
        facts = format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows)
        return format_html('<dl class="ph-facts">{}</dl>', facts)

    @admin.display(description="Sealed at position")
    def seal_position(self, entry: JournalEntry) -> str:
        """The place in the hash chain."""
        seal = getattr(entry, "seal", None)
        return str(seal.position) if seal else "Not sealed yet"


def _shown(value: Any, names: Names) -> str:
    if isinstance(value, list):
        return ", ".join(_shown(each, names) for each in value) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value in (None, "") else names.of(value)


@admin.register(Delivery)
class DeliveryAdmin(PlatformOnly, ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """What is on its way to subscribers, and what was given up."""

    list_display = ("what", "subscriber", "shown_state", "tries", "due_at", "last_error")
    list_filter = ("state", "subscriber")
    ordering = ("-id",)
    list_select_related = ("entry",)
    paginator = InfinitePaginator
    show_full_result_count = False
    fields = ("entry", "subscriber", "state", "tries", "due_at", "done_at", "last_error")
    readonly_fields = fields
    actions = ("deliver_again",)

    @admin.display(description="Event")
    def what(self, delivery: Delivery) -> str:
        """The event in words."""
        return sentence_of(delivery.entry)

    @display(description="State", label={"Pending": "info", "Done": "success", "Given up": "danger"})
    def shown_state(self, delivery: Delivery) -> str:
        """The state in colour."""
        return delivery.get_state_display()

    @admin.action(description="Deliver again what was given up")
    def deliver_again(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> None:
        """Give the chosen ones another full set of tries; what is pending or done stays as it is."""
        count = Delivery.objects.filter(pk__in=queryset.values("pk")).requeue(now=timezone.now())
        self.message_user(request, f"{count} will be tried again.", messages.SUCCESS)
