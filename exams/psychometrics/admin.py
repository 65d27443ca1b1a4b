"""How questions behave, for staff: what looks wrongly keyed comes first."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.decorators import action, display
from unfold.widgets import UnfoldAdminSelectWidget

from academies.tenancy.admin import OwnChoicesFilter
from academies.tenancy.admin_html import link, table
from academies.tenancy.scoped_admin import rows_for
from exams.bank.models import ItemBank, ItemVersion
from exams.bank.preview import excerpt_of, preview_of
from exams.delivery.admin import LookedAt
from exams.psychometrics.compute import compute_bank_statistics, compute_statistics
from exams.psychometrics.models import ItemStatistics


@admin.register(ItemStatistics)
class ItemStatisticsPages(LookedAt):
    """Figures of versions. They are counted every night, and here when somebody asks."""

    list_display = (
        "code",
        "question",
        "sign",
        "answers",
        "shown_facility",
        "shown_discrimination",
        "shown_time",
        "exposure",
        "computed_at",
    )
    list_filter = ("looks_wrongly_keyed", ("item_version__item__bank", OwnChoicesFilter), "item_version__state")
    search_fields = ("item_version__item__code", "item_version__stem")
    search_help_text = "Code or stem"
    list_select_related = ("item_version__item",)
    list_before_template = "admin/exams/itemstatistics/count.html"
    fields = ("version_link", "sign", "figures", "chosen", "preview", "computed_at")
    readonly_fields = fields
    actions = ("count_anew",)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What looks wrong first, then what separates least."""
        return [F("looks_wrongly_keyed").desc(), F("discrimination").asc(nulls_last=True)]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemStatistics]:
        """Without what only the preview needs."""
        rows: QuerySet[ItemStatistics] = super().get_queryset(request)
        heavy = ("source", "question", "key", "rationale", "stem_html")
        return rows.defer(*(f"item_version__{name}" for name in heavy))

    def get_urls(self) -> list[Any]:
        """The counting of a bank, asked for above the list."""
        count = path("count/", self.admin_site.admin_view(self.count_bank), name="exams_itemstatistics_count")
        return [count, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list, with the banks that may be counted."""
        form = {"count_form": CountForm(request)} if self.has_change_permission(request) else {}
        answer: HttpResponse = super().changelist_view(request, {**form, **(extra_context or {})})
        return answer

    def count_bank(self, request: HttpRequest) -> HttpResponse:
        """POST: count the figures of a bank now."""
        if request.method != "POST" or not self.has_change_permission(request):
            raise Http404
        form = CountForm(request, request.POST)
        if not form.is_valid():
            raise Http404
        counted = compute_bank_statistics(bank=form.cleaned_data["bank"], now=timezone.now())
        self.message_user(request, f"{counted} versions counted.", messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:exams_itemstatistics_changelist"))

    @action(description="Count anew", permissions=["change"])
    def count_anew(self, request: HttpRequest, queryset: QuerySet[ItemStatistics]) -> None:
        """Count the figures of the chosen questions, all their versions."""
        items = list(queryset.order_by().values_list("item_version__item", flat=True).distinct())
        counted = compute_statistics(items=items, now=timezone.now())
        self.message_user(request, f"{counted} versions counted.", messages.SUCCESS)

    @display(description="Version", ordering="item_version__item__code")
    def code(self, figures: ItemStatistics) -> str:
        """Code and number."""
        return str(figures)

    @display(description="Question")
    def question(self, figures: ItemStatistics) -> str:
        """The start of the text."""
        return excerpt_of(figures.item_version.stem)

    @display(description="Sign", label={"Wrongly keyed?": "danger"})
    def sign(self, figures: ItemStatistics) -> str | None:
        """Whether the key looks wrong."""
        return "Wrongly keyed?" if figures.looks_wrongly_keyed else None

    @display(description="Facility", ordering="facility")
    def shown_facility(self, figures: ItemStatistics) -> str:
        """As a share."""
        return f"{figures.facility:.0%}"

    @display(description="Discrimination", ordering="discrimination")
    def shown_discrimination(self, figures: ItemStatistics) -> str:
        """With two places."""
        return "–" if figures.discrimination is None else f"{figures.discrimination:.2f}"

    @display(description="Median time", ordering="median_seconds")
    def shown_time(self, figures: ItemStatistics) -> str:
        """In seconds."""
        return f"{figures.median_seconds:.0f} s"

    @display(description="Version")
    def version_link(self, figures: ItemStatistics) -> SafeString:
        """To its page."""
        return link(reverse("admin:exams_itemversion_change", args=[figures.pk]), figures)

    @display(description="Figures")
    def figures(self, figures: ItemStatistics) -> SafeString:
        """All of them."""
        return table(("Figure", "Value"), figures.facts())

    @display(description="What was chosen")
    def chosen(self, figures: ItemStatistics) -> SafeString | str:
        """Option by option."""
        return table(figures.OPTION_HEADS, figures.option_rows()) if figures.options else "Nothing is chosen here."

    @display(description="Question and key")
    def preview(self, figures: ItemStatistics) -> SafeString:
        """As staff see it."""
        return preview_of(ItemVersion.objects.select_related("stimulus").get(pk=figures.pk))


class CountForm(forms.Form):
    """A bank that the person may see."""

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        super().__init__(*args)
        rows = rows_for(request, ItemBank)
        banks = ItemBank.objects.all() if rows is None else rows
        self.fields["bank"] = forms.ModelChoiceField(label="Bank", queryset=banks, widget=UnfoldAdminSelectWidget)
