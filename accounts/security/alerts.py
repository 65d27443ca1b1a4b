"""When the platform's security contacts get a letter, and that they get each one once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.urls import reverse

from accounts.identity.models import User
from accounts.journal.models import JournalEntry
from accounts.journal.proof import prove_journal
from accounts.mail.actions import post_letter
from accounts.security.models import Alert

STORM_LOCKOUTS = 10
STORM_WINDOW = timedelta(minutes=10)
NETWORK_KNOWN_FOR = timedelta(days=90)

# Any constant number will do, as long as nothing else locks it.
_STORM_LOCK = 7_310_442_002


def watch_for_storm(*, entry: JournalEntry) -> None:
    """Tell of a lockout storm: ten lockouts in ten minutes. It goes on while the next comes within ten minutes."""
    now = entry.occurred_at
    with connection.cursor() as cursor:
        # Two lockouts at once would otherwise each see no storm yet.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_STORM_LOCK])
    storms = Alert.objects.filter(rule=Alert.Rule.LOCKOUT_STORM, last_seen_at__gte=now - STORM_WINDOW)
    if storms.update(last_seen_at=now):
        return
    since = now - STORM_WINDOW
    count = JournalEntry.objects.filter(kind=entry.kind, occurred_at__gt=since, occurred_at__lte=now).count()
    if count >= STORM_LOCKOUTS:
        _raise_alert(Alert.Rule.LOCKOUT_STORM, entry.pk, {"count": count}, now=now)


def watch_staff_sign_in(*, entry: JournalEntry, user_id: UUID) -> None:
    """Tell of a member of staff who signs in from a network where they have not been for 90 days."""
    if not entry.place:
        return
    now = entry.occurred_at
    was_here = JournalEntry.objects.filter(
        kind=entry.kind,
        subject_id=entry.subject_id,
        place=entry.place,
        occurred_at__gte=now - NETWORK_KNOWN_FOR,
        pk__lt=entry.pk,
    )
    if not was_here.exists():
        user = User.objects.get(pk=user_id)
        context = {"person": user.display_name, "place": entry.place, "device": entry.device}
        _raise_alert(Alert.Rule.STAFF_NEW_PLACE, entry.pk, context, now=now)


def watch_staff_factor(*, entry: JournalEntry, user_id: UUID) -> None:
    """Tell of a second factor that a member of staff has from now on."""
    user = User.objects.filter(pk=user_id, is_staff=True).first()
    if user is not None:
        context = {"person": user.display_name, "place": entry.place, "device": entry.device}
        _raise_alert(Alert.Rule.STAFF_NEW_FACTOR, entry.pk, context, now=entry.occurred_at)


def check_journal(*, now: datetime) -> bool:
    """Prove the journal's chain; tell of a break, once a day as long as it lasts. Whether it is intact."""
    found = prove_journal().first_break
    if found is not None:
        _raise_alert(Alert.Rule.JOURNAL_BROKEN, now.date(), {"says": found.says}, now=now)
    return found is None


def _raise_alert(rule: Alert.Rule, key: object, context: Mapping[str, Any], *, now: datetime) -> None:
    """Post the letter of the rule to every contact, unless that was done for this key."""
    _, is_new = Alert.objects.get_or_create(rule=rule, key=str(key), defaults={"raised_at": now, "last_seen_at": now})
    if not is_new:
        return
    page = f"{settings.SITE_URL}{reverse('admin:security')}"
    at = f"{now:%Y-%m-%d %H:%M} UTC"
    contacts = settings.SECURITY_CONTACTS or User.objects.filter(is_superuser=True, is_active=True)
    for contact in contacts:
        post_letter(kind=f"alert_{rule}", to=contact, context={**context, "at": at, "page": page}, now=now)
