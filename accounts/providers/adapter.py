"""What allauth asks the platform about accounts elsewhere."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from accounts.identity.events import AddressVerified, SignedUp
from accounts.identity.models import User
from accounts.identity.verification import address_verified
from accounts.journal.record import record


class SocialAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is not typed
    """An address counts only where the provider says that it is verified, and never opens an account that exists."""

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """The providers that have keys in the settings; allauth would look into the database too."""
        providers: dict[str, dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS
        return [
            SocialApp(provider=name, name=name, client_id=keys["client_id"], secret=keys["secret"])
            for name, described in providers.items()
            for keys in described["APPS"]
            if provider in (None, name) and client_id in (None, keys["client_id"])
        ]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Refuse whom this would make a new person, or give somebody else's account."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        verified: list[EmailAddress] = [address for address in sociallogin.email_addresses if address.verified]
        if not verified:
            raise ValidationError("The provider has not verified the address.", code="unverified_email")
        sociallogin.email_addresses = verified
        sociallogin.user.email = verified[0].email.lower()
        if User.objects.filter(email=sociallogin.user.email).exists():
            raise ValidationError("Sign in to the account with this address, then link.", code="email_taken")

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """The person as the provider describes them."""
        user: User = super().populate_user(request, sociallogin, data)
        parts = (data.get("first_name"), data.get("last_name"))
        user.name = (data.get("name") or " ".join(part for part in parts if part))[:150]
        user.locale = next((locale for locale in User.Locale.values if locale == get_language()), User.Locale.EN)
        return user

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """A new person, whose address the provider has verified."""
        user: User = super().save_user(request, sociallogin, form)
        now = timezone.now()
        record(SignedUp(user_id=user.pk, consents=[]), actor=user, now=now)
        record(AddressVerified(user_id=user.pk, by="provider"), actor=user, now=now)
        address_verified.send(User, user=user, by="provider", now=now)
        return user
