"""What allauth asks the platform about people and sign-in."""

import dataclasses
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.headless.adapter import DefaultHeadlessAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from accounts.identity.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """People do not sign themselves up: an academy or the platform's staff adds them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Sign-up is closed."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person with these credentials. Who is inactive is told so, but only with the right password."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            raise self.validation_error("account_inactive")
        return user


@dataclasses.dataclass(frozen=True)
class SignedInUser:
    """The person as the sign-in endpoints show them. Everything else is at `GET /api/v1/me/`."""

    id: str | None = dataclasses.field(
        metadata={"description": "The user's id.", "example": "01890a5d-ac96-774b-bcce-b302099a8057"}
    )
    display: str = dataclasses.field(metadata={"description": "The name to show.", "example": "Ada Lovelace"})
    email: str | None = dataclasses.field(metadata={"description": "The address.", "example": "ada@harbour.example"})
    has_usable_password: bool = dataclasses.field(
        metadata={"description": "Whether the person can sign in with a password.", "example": True}
    )


class HeadlessAdapter(DefaultHeadlessAdapter):  # type: ignore[misc]  # allauth is not typed
    """Shows a person by id, name and address, without asking the database for allauth's own table of addresses."""

    def get_user_dataclass(self) -> type[SignedInUser]:
        """The shape of `user` in the sign-in endpoints' answers."""
        return SignedInUser

    def user_as_dataclass(self, user: AbstractBaseUser) -> SignedInUser:
        """The person in that shape."""
        if not isinstance(user, User):
            msg = f"not a user of this platform: {type(user).__name__}"
            raise TypeError(msg)
        return SignedInUser(
            id=str(user.pk), display=user.display_name, email=user.email, has_usable_password=user.has_usable_password()
        )

    def serialize_user(self, user: AbstractBaseUser) -> dict[str, Any]:
        """The person as JSON."""
        return dataclasses.asdict(self.user_as_dataclass(user))
