"""Letters as staff see them: whether they went out, never what they say."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.paginator import InfinitePaginator

from accounts.identity.staff import PlatformOnly
from accounts.journal.admin import ReadOnly
from accounts.mail.models import OutgoingMail


@admin.register(OutgoingMail)
class LetterPages(PlatformOnly, ReadOnly, ModelAdmin):  # type: ignore[misc]  # unfold is not typed
    """Who was written to, about what, and whether it arrived at the mail server."""

    list_display = ("created_at", "address", "shown_kind", "shown_state", "tries", "sent_at", "last_error")
    list_display_links = ("address",)
    list_filter = ("state", "kind")
    search_fields = ("address__iexact",)
    search_help_text = "The whole address"
    ordering = ("-created_at",)
    paginator = InfinitePaginator
    show_full_result_count = False
    fields = ("address", "user", "shown_kind", "locale", "shown_state", "tries", "due_at", "sent_at", "last_error")
    readonly_fields = fields
    actions = ("send_again",)

    @admin.display(description="Letter", ordering="kind")
    def shown_kind(self, letter: OutgoingMail) -> str:
        """What it is about."""
        return letter.kind.replace("_", " ").capitalize()

    @display(description="State", label={"Waiting": "info", "Sent": "success", "Given up": "danger"})
    def shown_state(self, letter: OutgoingMail) -> str:
        """The state in colour."""
        return letter.get_state_display()

    @admin.action(description="Send again what was given up")
    def send_again(self, request: HttpRequest, queryset: QuerySet[OutgoingMail]) -> None:
        """Give the chosen ones another full set of tries; what waits or was sent stays as it is."""
        count = OutgoingMail.objects.filter(pk__in=queryset.values("pk")).requeue(now=timezone.now())
        self.message_user(request, f"{count} will be tried again.", messages.SUCCESS)
