"""Who a session belongs to."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import ValidationError

from accounts.models import User
from config.kernel.compiled import CompiledRead

# Read by every request of somebody who is signed in.
_USER = CompiledRead(lambda *, user: User.objects.filter(id=user).order_by()[:1], user=UUID)


class SessionBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's sign-in, with a quick look-up of the session's user."""

    def get_user(self, user_id: Any) -> User | None:
        """The user, if they may sign in."""
        try:
            user = _USER.first(user=User._meta.pk.to_python(user_id))
        except ValidationError:
            return None
        return user if user is not None and self.user_can_authenticate(user) else None
