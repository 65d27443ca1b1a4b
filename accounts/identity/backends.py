"""Who a session belongs to."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.models import User
from config.kernel.compiled import CompiledRead

# Whoever signs in: `UserManager` and signing up see to it that each person has the row of their one address.
_ADDRESS = CompiledRead(
    lambda *, email: EmailAddress.objects.filter(email=email).select_related("user").order_by()[:1], email=str
)
# Read by every request of somebody who is signed in.
_USER = CompiledRead(lambda *, user: User.objects.filter(id=user).order_by()[:1], user=UUID)


class SessionBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth has no types
    """allauth's sign-in, with quick look-ups of who signs in and of the session's user."""

    def _authenticate_by_email(self, email: str, password: str) -> User | None:
        """The person with this address, if the password is right. One read, whether the address is known or not."""
        address = _ADDRESS.first(email=email.lower())
        if address is None:
            return None
        user: User | None = self._check_password(address.user, password)
        if user is not None:
            # allauth asks twice more whether the address is verified.
            EmailAddress.objects.fill_cache_for_user(user, [address])
        return user

    def get_user(self, user_id: Any) -> User | None:
        """The user, if they may sign in."""
        try:
            user = _USER.first(user=User._meta.pk.to_python(user_id))
        except ValidationError:
            return None
        return user if user is not None and self.user_can_authenticate(user) else None
