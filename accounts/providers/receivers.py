"""Writes into the journal which accounts elsewhere are linked and unlinked."""

from typing import Any

from allauth.socialaccount.models import SocialAccount, SocialLogin
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from accounts.journal.record import record
from accounts.providers.events import ProviderLinked, ProviderUnlinked


@receiver(social_account_added, dispatch_uid="accounts.provider_linked")
def record_link(*, sociallogin: SocialLogin, **_: Any) -> None:
    """Record the link."""
    _record(ProviderLinked, sociallogin.account)


@receiver(social_account_removed, dispatch_uid="accounts.provider_unlinked")
def record_unlink(*, socialaccount: SocialAccount, **_: Any) -> None:
    """Record that there is none any more."""
    _record(ProviderUnlinked, socialaccount)


@transaction.atomic
def _record(event: type[ProviderLinked], account: SocialAccount) -> None:
    happened = event(user_id=account.user_id, provider=account.provider)
    record(happened, actor=account.user, now=timezone.now())
