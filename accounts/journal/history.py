"""An object's history page in the admin, told by the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from accounts.journal.events import UnknownEvent, event_from
from accounts.journal.models import JournalEntry
from accounts.models import User

PER_PAGE = 50


@dataclass(frozen=True)
class Line:
    """One line of the history, with the words that Django's template uses."""

    action_time: datetime
    user: User | None
    get_change_message: str


def sentence_of(entry: JournalEntry) -> str:
    """What happened, in words; the bare kind for an event that the running code does not know."""
    try:
        event = event_from(kind=entry.kind, version=entry.version, academy_id=entry.academy_id, payload=entry.payload)
    except UnknownEvent:
        return entry.kind.replace(".", ": ").replace("_", " ").capitalize()
    return event.sentence().removesuffix(".")


class JournalHistory:
    """Mixin for a ModelAdmin: an object's history is what the journal says about it, newest first."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page; whether the object may be seen is decided as for every other page."""
        pages: ModelAdmin[Model] = self  # type: ignore[assignment]  # what this is mixed into
        entries = JournalEntry.objects.about(unquote(object_id)).select_related("actor").order_by("-id")
        paginator = pages.get_paginator(request, entries, PER_PAGE)
        page = paginator.get_page(request.GET.get(PAGE_VAR, 1))
        page.object_list = [Line(entry.occurred_at, entry.actor, sentence_of(entry)) for entry in page.object_list]
        history = {
            "action_list": page,
            "page_range": paginator.get_elided_page_range(page.number),
            "pagination_required": paginator.num_pages > 1,
        }
        answer: HttpResponse = super().history_view(  # type: ignore[misc]  # of the ModelAdmin
            request, object_id, {**history, **(extra_context or {})}
        )
        return answer
