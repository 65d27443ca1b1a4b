"""Who sees as whom, for the banner on every page."""

from typing import Any

from rest_framework import serializers

from accounts.impersonation.models import Impersonation


class SeenByOut(serializers.Serializer[Impersonation]):
    """The member of staff who sees as the person, and until when."""

    staff = serializers.SerializerMethodField(help_text="The name to show.")
    until = serializers.DateTimeField(source="expires_at")

    def get_staff(self, impersonation: Impersonation) -> str:
        """The name to show."""
        return impersonation.staff.display_name


def seen_by(request: Any) -> dict[str, Any] | None:
    """What the banner needs; None for people who see their own pages."""
    impersonation = getattr(request, "impersonation", None)
    return dict(SeenByOut(impersonation).data) if impersonation else None
