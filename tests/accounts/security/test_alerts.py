"""When the security contacts get a letter."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.db import connection, transaction

from accounts.events import Event, FactorAdded, SignedIn, SignInLocked
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.record import record
from accounts.journal.relay import deliver_due
from accounts.journal.seals import seal_entries
from accounts.mail.letters import write_letter
from accounts.mail.models import OutgoingMail
from accounts.security.alerts import check_journal
from accounts.security.models import Alert
from accounts.security.tasks import check_journal as check_journal_task
from config.kernel import origin
from config.kernel.origin import Origin
from tests.cast import Cast, Person

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
HOME, AWAY = "203.0.113.0", "198.51.100.0"
CONTACTS = ["security@proficienthub.example", "oncall@proficienthub.example"]


@pytest.fixture(autouse=True)
def contacts(settings: LazySettings) -> None:
    """Two addresses."""
    settings.SECURITY_CONTACTS = CONTACTS


def happens(event: Event, *, at: datetime = NOW, place: str = HOME) -> JournalEntry:
    """Record it as from a request, and let the subscribers hear of it."""
    token = origin.bind(lambda: Origin(place=place, device="Firefox, Windows"))
    try:
        with transaction.atomic():
            entry = record(event, actor=None, now=at)
    finally:
        origin.release(token)
    assert deliver_due(now=at).failed == 0
    return entry


def locked(*, at: datetime) -> None:
    happens(SignInLocked(user_id=None, address="0" * 32), at=at)


def letters() -> list[str]:
    return list(OutgoingMail.objects.order_by("created_at", "id").values_list("kind", flat=True))


@pytest.mark.django_db
def test_ten_lockouts_in_ten_minutes_are_a_storm_that_is_told_once() -> None:
    for number in range(9):
        locked(at=NOW + timedelta(minutes=number))
    assert letters() == []
    for number in range(30):
        locked(at=NOW + timedelta(minutes=9, seconds=20 * number))
    assert letters() == ["alert_lockout_storm"] * len(CONTACTS)
    assert set(OutgoingMail.objects.values_list("address", flat=True)) == set(CONTACTS)


@pytest.mark.django_db
def test_lockouts_that_are_far_apart_are_no_storm() -> None:
    for number in range(30):
        locked(at=NOW + timedelta(minutes=2 * number))
    assert letters() == []


@pytest.mark.django_db
def test_the_next_storm_is_told_again() -> None:
    for start in (NOW, NOW + timedelta(hours=1)):
        for number in range(12):
            locked(at=start + timedelta(seconds=number))
    assert letters() == ["alert_lockout_storm"] * 2 * len(CONTACTS)


@pytest.fixture
def enters(cast: Cast) -> Callable[..., JournalEntry]:
    """`enters(person, at=…, place=…)` signs somebody in."""

    def sign_in(person: Person, *, at: datetime = NOW, place: str = HOME) -> JournalEntry:
        return happens(SignedIn(user_id=person.account.pk, is_staff=person.account.is_staff), at=at, place=place)

    return sign_in


def test_a_new_network_of_staff_is_told(cast: Cast, enters: Callable[..., JournalEntry]) -> None:
    enters(cast.staff)
    enters(cast.staff, at=NOW + timedelta(days=1))
    enters(cast.harbour.owner, place=AWAY)
    assert letters() == ["alert_staff_new_place"] * len(CONTACTS)
    assert Delivery.objects.count() == 2  # a learner's sign-in leaves none
    enters(cast.staff, at=NOW + timedelta(days=2), place=AWAY)
    assert len(letters()) == 2 * len(CONTACTS)
    letter = OutgoingMail.objects.latest("id")
    assert letter.context["place"] == AWAY
    assert letter.context["page"] == "http://testserver/admin/security/"


def test_a_network_is_forgotten_after_ninety_days(cast: Cast, enters: Callable[..., JournalEntry]) -> None:
    for days in (0, 89, 89 + 91):
        enters(cast.staff, at=NOW + timedelta(days=days))
    assert len(letters()) == 2 * len(CONTACTS)


def test_a_delivery_that_comes_twice_is_told_once(cast: Cast, enters: Callable[..., JournalEntry]) -> None:
    entry = enters(cast.staff)
    Delivery.objects.filter(entry=entry).update(state="pending", tries=0, due_at=NOW)
    assert deliver_due(now=NOW).done == 1
    assert len(letters()) == len(CONTACTS)
    assert Alert.objects.count() == 1


def test_without_contacts_every_superuser_is_told(
    cast: Cast, enters: Callable[..., JournalEntry], settings: LazySettings
) -> None:
    settings.SECURITY_CONTACTS = []
    enters(cast.staff)
    assert OutgoingMail.objects.get().user == cast.staff.account


def test_a_new_factor_of_staff_is_told(cast: Cast) -> None:
    happens(FactorAdded(factor="authenticator", user_id=cast.harbour.learner.account.pk))
    assert letters() == []
    happens(FactorAdded(factor="authenticator", user_id=cast.staff.account.pk))
    assert letters() == ["alert_staff_new_factor"] * len(CONTACTS)


def test_a_broken_chain_is_told_every_night(cast: Cast, enters: Callable[..., JournalEntry]) -> None:
    entry = enters(cast.harbour.learner)
    seal_entries(now=NOW)
    assert check_journal_task() is True
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_journalentry SET place = %s WHERE id = %s", [AWAY, entry.pk])
    for later in (timedelta(), timedelta(minutes=5), timedelta(days=1)):
        assert check_journal(now=NOW + later) is False
    assert letters() == ["alert_journal_broken"] * 2 * len(CONTACTS)
    assert f"Entry {entry.pk} " in OutgoingMail.objects.latest("id").context["says"]


@pytest.mark.parametrize("rule", Alert.Rule.values)
@pytest.mark.parametrize("locale", ["en", "es"])
def test_every_letter_is_there_in_both_languages(rule: str, locale: str) -> None:
    context = {
        "count": 12,
        "person": "Ana O'Neill",
        "place": HOME,
        "device": "Firefox",
        "says": "Entry 7.",
        "at": "today",
    }
    letter = write_letter(
        kind=f"alert_{rule}", locale=locale, context={**context, "page": "https://example.org/admin/"}
    )
    assert letter.subject.startswith({"en": "Security:", "es": "Seguridad:"}[locale])
    assert "{" not in letter.text
    assert "&#x27;" not in letter.text
