"""A person's sessions, on the person's page."""

from django.http import HttpRequest
from unfold.admin import TabularInline

from accounts.sessions.models import UserSession


class UserSessionInline(TabularInline):  # type: ignore[misc]  # unfold is not typed
    """Where the person is signed in. Only to be looked at: the list of people has an action that ends all of them."""

    model = UserSession
    fields = ("browser", "system", "address", "signed_in_at", "last_used_at")
    readonly_fields = fields
    ordering = ("-last_used_at",)
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never: sessions come from signing in."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Whoever sees the person."""
        return True
