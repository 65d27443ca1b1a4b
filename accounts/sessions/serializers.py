"""Sessions as their owner sees them."""

from rest_framework import serializers

from accounts.sessions.models import UserSession
from accounts.sessions.tracking import session_id


class UserSessionOut(serializers.ModelSerializer[UserSession]):
    """One sign-in that is still open."""

    address = serializers.CharField(help_text="The network, without the last part of the address. Empty if unknown.")
    is_current = serializers.SerializerMethodField(help_text="Whether it is the session of this request.")

    class Meta:
        model = UserSession
        fields = ("id", "browser", "system", "address", "signed_in_at", "last_used_at", "is_current")

    def get_is_current(self, session: UserSession) -> bool:
        """Whether it is the session of this request."""
        return session.pk == session_id(self.context["request"].session)
