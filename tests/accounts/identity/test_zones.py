"""Which day it was for somebody, also after they travelled."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.identity.actions import update_profile
from accounts.identity.zones import local_date, zone_at
from accounts.models import User
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def moved(user: User, zone: str, at: datetime) -> User:
    return update_profile(user=user, changes={"time_zone": zone}, actor=user, now=at)


def test_a_zone_that_never_changed_is_todays() -> None:
    user = UserFactory(time_zone="America/Lima")
    assert zone_at(user=user, at=NOON) == "America/Lima"
    assert local_date(user=user, at=datetime(2026, 3, 2, 3, 0, tzinfo=UTC)) == date(2026, 3, 1)


def test_the_days_of_a_journey_stay_what_they_were() -> None:
    user = UserFactory(time_zone="Europe/Lisbon")
    user = moved(user, "Asia/Tokyo", NOON)
    user = moved(user, "Pacific/Auckland", NOON + timedelta(days=3))
    zones = [zone_at(user=user, at=NOON + timedelta(days=days)) for days in (-1, 1, 2, 4)]
    assert zones == ["Europe/Lisbon", "Asia/Tokyo", "Asia/Tokyo", "Pacific/Auckland"]


def test_a_name_that_changes_says_nothing_about_clocks() -> None:
    user = UserFactory(time_zone="Europe/Lisbon")
    update_profile(user=user, changes={"name": "Another"}, actor=user, now=NOON)
    assert zone_at(user=user, at=NOON - timedelta(days=1)) == "Europe/Lisbon"
