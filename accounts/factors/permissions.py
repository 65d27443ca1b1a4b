"""The default permission of every view: signed in, and whole; a fresh proof where the view is dangerous."""

from collections.abc import Iterator
from typing import Any

from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request

from accounts.factors.errors import SecondFactorNeeded, StepUpRequired
from accounts.factors.methods import methods_of
from accounts.factors.proofs import is_fresh, owes_factor
from accounts.identity.requests import received_at, signed_in
from config.kernel.errors import DomainError


class Proved(IsAuthenticated):
    """Who has a second factor has proved it; methods in the view's `step_up` want a proof of the last ten minutes."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Raises `SecondFactorNeeded`, `StepUpRequired`. False, which becomes 401, for who is not signed in."""
        if not super().has_permission(request, view):
            return False
        # Without a session nothing was proved.
        user, session = signed_in(request), getattr(request._request, "session", {})  # noqa: SLF001  # Django's own
        if owes_factor(user, session):
            raise SecondFactorNeeded
        if request.method in getattr(view, "step_up", ()) and not is_fresh(user, session, now=received_at(request)):
            raise StepUpRequired(members={"methods": methods_of(user)})
        return True

    def refusals(self, view: Any, method: str) -> Iterator[type[DomainError]]:
        """What the API document says of it."""
        if method in getattr(view, "step_up", ()):
            yield StepUpRequired
