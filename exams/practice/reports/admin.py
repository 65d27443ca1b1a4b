"""The queue of reported questions: what most learners stumble over comes first, and is decided on one page."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from academies.tenancy.admin import OwnChoicesFilter
from academies.tenancy.admin_html import link, table
from academies.tenancy.scoped_admin import acting
from config.kernel.errors import DomainError
from exams.bank.models import ItemVersion
from exams.bank.preview import excerpt_of, preview_of
from exams.delivery.admin import LookedAt
from exams.marking.models import RegradeRun
from exams.practice.reports.models import ItemReport, ReportCase
from exams.practice.reports.querysets import URGENCY
from exams.practice.reports.triage import corrected_version, dismiss_reports, take_up, uphold_reports


class UpholdForm(forms.Form):
    """How to mark again, and what to say to those who reported the question."""

    policy = forms.ChoiceField(
        label="Scores", choices=RegradeRun.Policy.choices, widget=UnfoldAdminSelectWidget, initial="never_lower"
    )
    reply = forms.CharField(
        label="Reply to the reporters, if you want to say more than thanks",
        required=False,
        max_length=2000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
    )


class DismissForm(forms.Form):
    """Why nothing is wrong."""

    reply = forms.CharField(
        label="Reply to the reporters", max_length=2000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 2})
    )


@admin.register(ReportCase)
class ReportCasePages(LookedAt):
    """Cases, with the question, its figures and the comments beside the decision."""

    list_display = ("code", "question", "standing", "reporters", "shown_state", "bank", "opened_at")
    list_filter = ("state", ("item__bank", OwnChoicesFilter))
    search_fields = ("item__code", "item_version__stem")
    search_help_text = "Code or stem"
    list_select_related = ("item__bank", "item_version__item")
    fields = (
        "version_link",
        "bank",
        "shown_state",
        "standing",
        "comments",
        "preview",
        "statistics",
        "reply",
        "decided_by",
        "decided_at",
    )
    readonly_fields = fields
    change_form_outer_before_template = "admin/exams/reportcase/decision.html"

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """The order of the work."""
        return list(URGENCY)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ReportCase]:
        """Without what only the preview needs."""
        rows: QuerySet[ReportCase] = super().get_queryset(request)
        heavy = ("source", "question", "key", "rationale", "stem_html")
        return rows.defer(*(f"item_version__{name}" for name in heavy))

    def get_urls(self) -> list[Any]:
        """The decision, asked for on the page of a case."""
        decide = path("<uuid:case>/decide/", self.admin_site.admin_view(self.decide), name="exams_reportcase_decide")
        return [decide, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a case, with what can be decided."""
        case = self.get_object(request, object_id) if self.has_change_permission(request) else None
        context: dict[str, Any] = {}
        if isinstance(case, ReportCase) and case.state in ReportCase.WAITING:
            context = self._decision(case)
        answer: HttpResponse = super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})
        return answer

    def decide(self, request: HttpRequest, case: UUID) -> HttpResponse:
        """POST: what was chosen on the page. Upholding shows first what it would change."""
        found = self.get_queryset(request).filter(pk=case).first()
        if found is None or not self.has_change_permission(request):
            raise Http404
        back = HttpResponseRedirect(reverse("admin:exams_reportcase_change", args=[case]))
        steps = {"take_up": self._take_up, "preview": self._uphold, "uphold": self._uphold, "dismiss": self._dismiss}
        step = steps.get(request.POST.get("do", "")) if request.method == "POST" else None
        try:
            return (step(request, found) if step else None) or back
        except DomainError as refusal:
            self.message_user(request, refusal.detail, messages.ERROR)
            return back

    @display(description="Item", ordering="item__code")
    def code(self, case: ReportCase) -> str:
        """Of the item, with the version."""
        return str(case.item_version)

    @display(description="Question")
    def question(self, case: ReportCase) -> str:
        """The start of the text."""
        return excerpt_of(case.item_version.stem)

    @display(description="Flag", label={"Flagged": "danger", "Flagged, out of new draws": "danger"})
    def standing(self, case: ReportCase) -> str | None:
        """Whether enough learners reported it."""
        if case.flagged_at is None:
            return None
        return "Flagged, out of new draws" if case.has_quarantined else "Flagged"

    @display(
        description="State",
        ordering="state",
        label={"Open": "warning", "Being looked at": "info", "Upheld": "success", "Dismissed": ""},
    )
    def shown_state(self, case: ReportCase) -> str:
        """In words."""
        return case.get_state_display()

    @display(description="Bank", ordering="item__bank__title")
    def bank(self, case: ReportCase) -> str:
        """Of the item."""
        return case.item.bank.title

    @display(description="Version")
    def version_link(self, case: ReportCase) -> SafeString:
        """To its page, where it is moved."""
        return link(reverse("admin:exams_itemversion_change", args=[case.item_version_id]), case.item_version)

    @display(description="What learners say")
    def comments(self, case: ReportCase) -> SafeString:
        """Each report; who made it does not matter."""
        reports = ItemReport.objects.filter(case=case).order_by("created_at", "pk")[:200]
        rows = [
            (f"{report.created_at:%Y-%m-%d %H:%M}", report.get_reason_display(), report.comment or "–")
            for report in reports
        ]
        return table(("Reported (UTC)", "Reason", "Comment"), rows)

    @display(description="Question and key")
    def preview(self, case: ReportCase) -> SafeString:
        """As staff see it."""
        return preview_of(ItemVersion.objects.select_related("stimulus").get(pk=case.item_version_id))

    @display(description="Figures")
    def statistics(self, case: ReportCase) -> SafeString | str:
        """How the version behaves."""
        figures = getattr(case.item_version, "statistics", None)
        if figures is None:
            return "Not counted yet."
        facts = table(("Figure", "Value"), figures.facts())
        return facts + table(figures.OPTION_HEADS, figures.option_rows()) if figures.options else facts

    def _decision(self, case: ReportCase) -> dict[str, Any]:
        return {
            "case": case,
            "corrected": corrected_version(case),
            "uphold_form": UpholdForm(auto_id="uphold_%s"),
            "dismiss_form": DismissForm(auto_id="dismiss_%s"),
        }

    def _take_up(self, request: HttpRequest, case: ReportCase) -> None:
        take_up(case=case.pk, actor=acting(request), now=timezone.now())

    def _uphold(self, request: HttpRequest, case: ReportCase) -> HttpResponse | None:
        form = UpholdForm(request.POST)
        if not form.is_valid():
            self._say_faults(request, form)
            return None
        is_preview = request.POST["do"] == "preview"
        effect = uphold_reports(
            case=case.pk, **form.cleaned_data, actor=acting(request), now=timezone.now(), is_dry_run=is_preview
        )
        if is_preview:
            context = {
                **self.admin_site.each_context(request),
                "title": f"Uphold the reports of {case.item_version}",
                "opts": self.opts,
                "case": case,
                "effect": effect,
                "chosen": form.cleaned_data,
                "policy": RegradeRun.Policy(form.cleaned_data["policy"]).label,
            }
            return TemplateResponse(request, "admin/exams/reportcase/uphold.html", context)
        words = f"Upheld. {effect.corrected} is live. Scores that changed: {effect.changed_scores}."
        self.message_user(request, words, messages.SUCCESS)
        return None

    def _dismiss(self, request: HttpRequest, case: ReportCase) -> None:
        form = DismissForm(request.POST)
        if not form.is_valid():
            self._say_faults(request, form)
            return
        dismiss_reports(case=case.pk, reply=form.cleaned_data["reply"], actor=acting(request), now=timezone.now())
        self.message_user(request, "Dismissed. Those who reported the question can read your reply.", messages.SUCCESS)

    def _say_faults(self, request: HttpRequest, form: forms.Form) -> None:
        for name, faults in form.errors.items():
            self.message_user(request, f"{form.fields[name].label}: {' '.join(map(str, faults))}", messages.ERROR)
