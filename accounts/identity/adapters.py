"""What allauth asks the platform about people and sign-in."""

import dataclasses
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.headless.adapter import DefaultHeadlessAdapter
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from accounts.identity.actions import change_password, sign_up
from accounts.identity.models import LONGEST_ADDRESS, User
from accounts.identity.verification import verification_link, verify_address
from accounts.mail.actions import post_letter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """Leads what allauth does with people through the platform's own actions, and its mails into letters."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether it is offered. What is sent all the same needs an invitation, which the input has checked."""
        return settings.SIGNUP_OPEN or request.method == "POST"

    def clean_email(self, email: str) -> str:
        """An address that fits into its column."""
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError("This address is too long.", code="max_length")
        return email

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """The person who signs up."""
        given = form.cleaned_data
        return sign_up(
            email=given["email"],
            name=given["name"],
            password=given["password"],
            consents=given["consents"],
            locale=given["locale"] or _language(),
            time_zone=given["time_zone"] or settings.TIME_ZONE,
            now=timezone.now(),
        )

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Note that the code was right."""
        email_address.verified = True
        return verify_address(user=email_address.user, by="code", now=timezone.now())

    def set_password(self, user: User, password: str) -> None:
        """Change the password; the link of a letter or the present password has shown who wants it."""
        change_password(user=user, password=password, actor=user, now=timezone.now())

    @transaction.atomic
    def login(self, request: HttpRequest, user: User) -> None:
        """Begin the session, with its row, its device and what the journal says of it, or none of them."""
        super().login(request, user)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person with these credentials. Who is inactive is told so, but only with the right password."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None and not user.is_active:
            raise self.validation_error("account_inactive")
        return user

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """The letter with the code, and a link for who reads it on another device."""
        user: User = emailconfirmation.email_address.user
        link = verification_link(user)
        self._post("verify_address", user, {"code": emailconfirmation.key, "link": link})

    def send_account_already_exists_mail(self, email: str) -> None:
        """Somebody signed up with an address that has an account."""
        # Read as a new person's are for the letter with the code, so that time does not tell.
        address = EmailAddress.objects.filter(email=email.lower()).first()
        user = User.objects.filter(pk=address.user_id).first() if address else None
        self._post("account_exists", user or email, {"link": f"{settings.SITE_URL}/forgot"})

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """The link to choose another password."""
        # allauth looks for an unknown address among people too: read as it does, so that time does not tell.
        [user] = User.objects.filter(pk=user.pk).iterator()
        self._post("password_reset", user, {"link": context["password_reset_url"]})

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The page where another password is chosen."""
        return f"{settings.SITE_URL}/reset/{key}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """What is left: somebody asked to reset the password of an address without an account."""
        if template_prefix != "account/email/unknown_account":
            raise LookupError(f"there is no letter for {template_prefix}")
        self._post("unknown_account", email, {"link": f"{settings.SITE_URL}/sign-up"})

    def _post(self, kind: str, to: User | str, context: dict[str, Any]) -> None:
        # Never a name: whoever signs up with a stranger's address would choose what the stranger reads.
        locale = "" if isinstance(to, User) else _language()
        with transaction.atomic():
            post_letter(kind=kind, to=to, context=context, now=timezone.now(), locale=locale)


def _language() -> str:
    """The language that the request asks for."""
    return get_language() or settings.LANGUAGE_CODE


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
