"""Staff who would make more of seeing as somebody: more power, a change, a way to stay."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

from accounts.identity.powers import StaffGroup
from accounts.impersonation.actions import start_impersonation
from accounts.impersonation.errors import ImpersonationRefused
from accounts.impersonation.middleware import CLOSED, KEY
from accounts.journal.models import JournalEntry
from accounts.models import Impersonation, UserSession
from exams.delivery.models import Attempt
from tests.accounts.impersonation.seeing import END, REASON, begin, seeing, staff_of
from tests.architecture.permissions import TABLE
from tests.architecture.test_routes import send
from tests.cast import Cast, Person, sign_in
from tests.factories.accounts import UserFactory

ME = "/api/v1/me/"
LANE = "/api/v1/sittings/"
WRITES = sorted(
    route for route in TABLE if not route.startswith("GET ") and LANE not in route and not route.endswith(END)
)
READS = sorted(route for route in TABLE if route.startswith("GET "))


def count_of_everything() -> int:
    return Attempt.objects.count() + JournalEntry.objects.exclude(kind__startswith="accounts.impersonation").count()


@pytest.mark.parametrize("route", WRITES)
def test_no_write_passes(cast: Cast, route: str) -> None:
    given = TABLE[route].given(cast)
    client = seeing(cast.harbour.learner.account)
    before = count_of_everything()
    answer = send(client, route, given)
    assert (answer.status_code, answer.json()["code"]) == (403, "impersonation_reads_only")
    assert count_of_everything() == before
    entry = JournalEntry.objects.get(kind="accounts.impersonation_write_refused")
    assert entry.subject_id == str(cast.harbour.learner.account.pk)
    assert entry.payload["method"] == route.partition(" ")[0]


@pytest.mark.parametrize("route", READS)
def test_reads_answer_as_the_person_is_answered_or_are_closed(cast: Cast, route: str) -> None:
    """Nothing that reads wants to write on the way: PostgreSQL would refuse it."""
    given = TABLE[route].given(cast)
    path = route.removeprefix("GET ").format(**given.path)
    expected = TABLE[route].statuses["learner"]
    client = seeing(cast.harbour.learner.account)
    answer = send(client, route, given)
    if path.startswith(CLOSED):
        assert (answer.status_code, answer.json()["code"]) == (403, "impersonation_closed")
    elif "token" in getattr(answer, "data", {}) or answer.status_code != expected:
        # What would hand out a token with which answers are saved past the session.
        assert answer.json()["code"] == "impersonation_reads_only"
        assert "/sitting/" in path or "/practice/sessions/" in path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND", "post"])
@pytest.mark.parametrize(
    "path", ["/_allauth/browser/v1/auth/login", "/api/v1/nowhere/", "/media/x", "/admin/accounts/user/add/"]
)
def test_no_other_door_changes_anything_either(cast: Cast, method: str, path: str) -> None:
    client = seeing(cast.harbour.learner.account)
    assert client.generic(method, path, b"{}", "application/json").status_code == 403
    assert Impersonation.objects.running().exists()


@pytest.mark.parametrize("path", [f"{prefix}x" for prefix in CLOSED] + ["/_allauth/github/callback?code=1&state=2"])
def test_what_is_for_the_person_alone_is_closed(cast: Cast, path: str) -> None:
    answer = seeing(cast.harbour.learner.account).get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "impersonation_closed")


def test_nobody_becomes_more_than_they_were(cast: Cast) -> None:
    support = staff_of(StaffGroup.ADMINISTRATOR)
    inactive = UserFactory(is_active=False)
    for user in (cast.staff.account, staff_of().account, support.account, inactive):
        answer = begin(sign_in(support), user)
        assert answer.headers["Location"] == f"/admin/accounts/user/{user.pk}/change/"
    assert not Impersonation.objects.exists()
    client = seeing(cast.harbour.learner.account, staff=support)
    cast.harbour.learner.account.is_staff = True
    cast.harbour.learner.account.save(update_fields=["is_staff"])
    assert client.get(ME).json()["code"] == "impersonation_over"


def test_a_superuser_may_see_and_an_academys_staff_may_not(cast: Cast) -> None:
    learner = cast.harbour.learner.account
    assert begin(sign_in(cast.staff), learner).headers["Location"] == "/"
    academys = Person(key="academys", user=UserFactory(is_staff=True))
    for who in (cast.harbour.owner, academys):
        assert begin(sign_in(who), learner).status_code in (302, 403)
    assert Impersonation.objects.count() == 1


def test_one_at_a_time(cast: Cast) -> None:
    client = seeing(cast.harbour.learner.account)
    assert begin(client, cast.harbour.owner.account).status_code == 403
    assert client.get(ME).json()["email"] == cast.harbour.learner.account.email
    assert Impersonation.objects.count() == 1


def test_a_session_of_somebody_else_does_not_carry_it(cast: Cast) -> None:
    sign_in(cast.harbour.owner)
    foreign = UserSession.objects.get(user=cast.harbour.owner.account).pk
    with pytest.raises(ImpersonationRefused), transaction.atomic():
        start_impersonation(
            user=cast.harbour.learner.account.pk,
            session=foreign,
            reason=REASON,
            actor=staff_of().account,
            now=UserSession.objects.get(pk=foreign).signed_in_at,
        )


def thief_of(client: Any) -> Client:
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    return thief


def test_a_stolen_cookie_sees_nothing_of_the_person_after_the_end(cast: Cast) -> None:
    client = seeing(cast.harbour.learner.account)
    thief = thief_of(client)
    assert thief.get(ME).json()["email"] == cast.harbour.learner.account.email
    kept = dict(Session.objects.get(pk=client.cookies["sessionid"].value).get_decoded())
    client.delete(END)
    # Even a session that still carries the mark is not let in again.
    session = thief.session
    session[KEY] = kept[KEY]
    session.save()
    assert thief.get(ME).json()["code"] == "impersonation_over"


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(cast: Cast) -> None:
    client = seeing(cast.harbour.learner.account)
    thief = thief_of(client)
    client.post("/admin/logout/")
    assert thief.get(ME).status_code == 401
    assert thief.get("/admin/").status_code == 302


def test_the_mark_of_another_session_opens_nothing(cast: Cast) -> None:
    mark = str(Impersonation.objects.get(pk=seeing(cast.harbour.learner.account).session[KEY]).pk)
    other = sign_in(staff_of())
    session = other.session
    session[KEY] = mark
    session.save()
    assert other.get(ME).json()["code"] == "impersonation_over"
    assert Impersonation.objects.running().exists()
