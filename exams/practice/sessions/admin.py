"""Practice sessions in the admin: read only, because they are facts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString
from unfold.decorators import display

from academies.tenancy.admin import OwnChoicesFilter
from academies.tenancy.admin_html import minutes, table
from exams.bank.models import ItemVersion
from exams.marking.admin import FactAdmin
from exams.marking.models import MarkedAnswer
from exams.practice.sessions.models import PracticeSession


@admin.register(PracticeSession)
class PracticeSessionAdmin(FactAdmin):
    """What learners studied, and the quizzes that they took."""

    list_display = ("learner", "bank", "kind", "standing", "outcome", "started_at", "finished_at")
    list_filter = (("academy", OwnChoicesFilter), "mode", "state")
    search_fields = ("learner__email", "learner__name", "bank__title")
    list_select_related = ("learner", "bank")
    ordering = ("-started_at",)
    date_hierarchy = "started_at"
    fields = (
        "learner",
        "academy",
        "bank",
        "kind",
        "standing",
        "outcome",
        "limit",
        "time_spent",
        "chosen_by",
        "started_at",
        "deadline_at",
        "finished_at",
        "questions",
    )
    readonly_fields = ("kind", "standing", "outcome", "limit", "time_spent", "chosen_by", "questions")

    @admin.display(description="Mode", ordering="mode")
    def kind(self, session: PracticeSession) -> str:
        """Study or quiz."""
        return session.get_mode_display()

    @display(description="State", ordering="state", label={"Open": "info", "Finished": "success"})
    def standing(self, session: PracticeSession) -> str:
        """Whether it goes on."""
        return session.get_state_display()

    @admin.display(description="Outcome")
    def outcome(self, session: PracticeSession) -> str:
        """How it went."""
        return f"{session.right} right of {session.answered} answered, {len(session.versions)} questions"

    @admin.display(description="Time limit")
    def limit(self, session: PracticeSession) -> str:
        """Of a quiz, with the learner's own factor."""
        return minutes(session.time_limit_seconds)

    @admin.display(description="Time spent")
    def time_spent(self, session: PracticeSession) -> str:
        """On the questions."""
        return minutes(session.seconds)

    @admin.display(description="Chosen by")
    def chosen_by(self, session: PracticeSession) -> str:
        """The filters, in words."""
        chosen = session.filter
        parts = [f"{len(chosen[name])} {name}" for name in ("domains", "skills") if chosen.get(name)]
        parts += [*chosen.get("difficulties", [])]
        if only := chosen.get("only"):
            parts.append(only.replace("_", " "))
        return ", ".join(parts) or "All questions of the bank"

    @admin.display(description="Questions")
    def questions(self, session: PracticeSession) -> SafeString:
        """The questions in their order, with what each answer was worth."""
        codes = dict(ItemVersion.objects.filter(id__in=session.versions).values_list("id", "item__code"))
        facts = {fact.slot: fact for fact in MarkedAnswer.objects.of_source(session.pk)}
        rows = [
            (str(position), codes.get(version, "A question that is gone"), _worth(facts.get(position)))
            for position, version in enumerate(session.versions, start=1)
        ]
        return table(("Position", "Item", "Worth"), rows)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without the orders of options, which are long and shown nowhere."""
        return super().get_queryset(request).defer("option_orders")


def _worth(fact: MarkedAnswer | None) -> str:
    return "No answer" if fact is None else f"{100 * fact.fraction:g} %"
