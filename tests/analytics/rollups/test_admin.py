"""How far the rollups are, as the platform's staff see it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from analytics.models import DirtyDay, RebuildRun, Watermark
from analytics.rollups.rebuilding import rebuild
from tests.cast import Cast, Person
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db
STATE, DAYS, REBUILDS = (f"/admin/analytics/{name}/" for name in ("watermark", "dirtyday", "rebuildrun"))


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def test_staff_see_the_lag_and_what_waits(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    marked(learner, versions_of(make_practice_bank(learner)))
    Watermark.objects.create(name="marked_answers", as_of=timezone.now() - timedelta(seconds=600))
    page = browser(cast.staff).get(STATE).content.decode()
    assert re.search(r"6\d\d s", page)
    assert "Late" in page
    assert browser(cast.staff).get(f"{STATE}marked_answers/change/").status_code == 200


def test_staff_see_rebuilds(cast: Cast) -> None:
    list(rebuild(academy=cast.harbour.academy, first=None, last=None, clock=timezone.now))
    assert "Finished" in browser(cast.staff).get(REBUILDS).content.decode()
    assert browser(cast.staff).get(f"{REBUILDS}{RebuildRun.objects.get().pk}/change/").status_code == 200


def test_staff_ask_for_a_day_to_be_counted_again(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    asked = {"academy": learner.academy_id, "learner": learner.user_id, "local_date": "2026-03-02"}
    answer = browser(cast.staff).post(f"{DAYS}add/", asked)
    assert (answer.status_code, DirtyDay.objects.filter(**asked).count()) == (302, 1)
    assert browser(cast.staff).get(DAYS).status_code == 200


@pytest.mark.parametrize("page", [STATE, DAYS, REBUILDS])
def test_owners_of_academies_see_none_of_it(cast: Cast, page: str) -> None:
    cast.harbour.owner.account.is_staff = True
    cast.harbour.owner.account.save()
    assert browser(cast.harbour.owner).get(page).status_code == 403
