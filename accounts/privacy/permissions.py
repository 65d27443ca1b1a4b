"""Who asked to be erased may only change their mind."""

from typing import TYPE_CHECKING

from rest_framework.permissions import BasePermission

from accounts.privacy.errors import ErasurePending

if TYPE_CHECKING:
    # Django REST framework reads its settings, and with them this module, while it is being imported.
    from rest_framework.request import Request
    from rest_framework.views import APIView


class NotAboutToBeErased(BasePermission):
    """Refuses with `erasure_pending` until the erasure is cancelled; not in views with `is_open_before_erasure`."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        """The row of the person says it, so nothing is looked up."""
        due_at = getattr(request.user, "erasure_due_at", None)
        if due_at is not None and not getattr(view, "is_open_before_erasure", False):
            raise ErasurePending(members={"erasure_due_at": due_at})
        return True
