"""When a sign-in needs a solved challenge, and when somebody is told that their password is being guessed.

Failures are counted in Redis, by account over all addresses and by address over all accounts. An account is whatever
was typed as one: known and unknown ones are treated alike. Nobody is locked out by this, so that nobody can be locked
out by others; the lockout of django-axes, by account and address together, stands beside it.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.challenges.errors import ChallengeRequired, GuardUnavailable
from accounts.challenges.events import PasswordGuessed
from accounts.challenges.puzzles import is_solved
from accounts.identity.models import User
from accounts.identity.sign_ins import address_digest
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from config.http.counters import count_one, counted
from config.http.throttling import address_key

HEADER = "X-Challenge"
WINDOW = timedelta(hours=1)
# From so many failures within the window on, the account is taken to be under attack for a day.
SIEGE_AFTER = 20
SIEGE = timedelta(days=1)


def admit(request: HttpRequest, *, account: str) -> None:
    """Let the sign-in pass. Raises ChallengeRequired, or GuardUnavailable while nobody can tell."""
    if not is_due(request, account=account):
        return
    solved = is_solved(request.headers.get(HEADER, ""))
    if solved is None:
        raise GuardUnavailable
    if not solved:
        raise ChallengeRequired


def is_due(request: HttpRequest, *, account: str) -> bool:
    """Whether there were too many failures for this account or from this address. Raises GuardUnavailable."""
    counts = counted(*_keys(request, account))
    if counts is None:
        raise GuardUnavailable
    of_account, of_address, sieges = counts
    return max(of_account, of_address) >= settings.CHALLENGE_AFTER_FAILURES or sieges > 0


def note_failure(request: HttpRequest, *, account: str) -> None:
    """Count a failed sign-in; the one that begins a siege is told to the owner, once a day at most."""
    account_key, address, siege = _keys(request, account)
    window = count_one(account_key, window_seconds=_seconds(WINDOW))
    count_one(address, window_seconds=_seconds(WINDOW))
    if window is None or window.count < SIEGE_AFTER:
        return
    begun = count_one(siege, window_seconds=_seconds(SIEGE))
    if begun is not None and begun.count == 1:
        _warn(account)


def _keys(request: HttpRequest, account: str) -> tuple[str, str, str]:
    digest = address_digest(account)
    return f"failures:account:{digest}", f"failures:address:{address_key(request)}", f"siege:{digest}"


def _seconds(duration: timedelta) -> int:
    return int(duration.total_seconds())


@transaction.atomic
def _warn(account: str) -> None:
    user = User.objects.filter(email=account.lower(), is_active=True).first()
    if user is None:
        return
    now = timezone.now()
    record(PasswordGuessed(user_id=user.pk), actor=None, now=now)
    post_letter(
        kind="password_guessed",
        to=user,
        context={"name": user.display_name, "url": f"{settings.SITE_URL}/settings/sessions"},
        now=now,
    )
