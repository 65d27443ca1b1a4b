"""Staff who see what a person sees: beginning, what they see, ending, and what is on record."""

from __future__ import annotations

from datetime import timedelta

import pytest
import structlog
import time_machine
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.identity.powers import StaffGroup
from accounts.impersonation.actions import LASTS
from accounts.impersonation.tasks import end_overdue_impersonations
from accounts.journal.models import JournalEntry
from accounts.models import Impersonation, KnownDevice, OutgoingMail, User, UserSession
from accounts.privacy.registry import holdings
from accounts.sessions.actions import end_sessions
from tests.accounts.factors.devices import enrol
from tests.accounts.impersonation.seeing import END, REASON, begin, see_as_page, seeing, staff_of
from tests.cast import Cast, sign_in

ME = "/api/v1/me/"


def kinds() -> list[str]:
    found = JournalEntry.objects.filter(kind__startswith="accounts.impersonation").order_by("pk")
    return [kind.removeprefix("accounts.impersonation_") for kind in found.values_list("kind", flat=True)]


@pytest.mark.parametrize("group", StaffGroup)
def test_support_and_administrators_have_the_power(cast: Cast, group: StaffGroup) -> None:
    answer = sign_in(staff_of(group)).get(see_as_page(cast.harbour.learner.account))
    assert answer.status_code == (200 if group in (StaffGroup.SUPPORT, StaffGroup.ADMINISTRATOR) else 403)


def test_the_front_end_answers_as_the_person_and_says_who_looks(cast: Cast) -> None:
    learner = cast.harbour.learner.account
    client = seeing(learner)
    me = client.get(ME).json()
    assert (me["email"], me["is_staff"]) == (learner.email, False)
    assert me["seen_by"]["staff"] == "Sam Support"
    assert [each["slug"] for each in me["academies"]] == ["harbour"]
    assert client.get("/api/v1/academies/harbour/assigned/").status_code == 200
    assert client.get("/api/v1/session/").json()["authenticated"] is True
    for path in (ME, "/api/v1/me/sessions/", "/admin/"):
        assert client.get(path).headers["X-Seen-As"] == "1"
    own = sign_in(cast.harbour.learner).get(ME)
    assert own.json()["seen_by"] is None
    assert "X-Seen-As" not in own.headers


def test_what_staff_ask_is_not_counted_against_the_person(cast: Cast) -> None:
    person, looking = sign_in(cast.harbour.learner), seeing(cast.harbour.learner.account)
    left = int(person.get(ME).headers["RateLimit-Remaining"])
    assert looking.get(ME).status_code == 200
    assert int(person.get(ME).headers["RateLimit-Remaining"]) == left - 1


def test_the_factor_of_the_person_is_not_asked_for(cast: Cast) -> None:
    enrol(sign_in(cast.harbour.learner))
    client = seeing(cast.harbour.learner.account)
    assert client.get(ME).status_code == 200


def test_it_begins_with_a_fresh_proof_and_a_reason(cast: Cast) -> None:
    client, learner = sign_in(staff_of()), cast.harbour.learner.account
    page = begin(client, learner, "too short")
    assert page.status_code == 200
    assert "at least 10 characters" in page.content.decode()
    assert begin(client, learner, " " * 20).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert begin(client, learner).headers["Location"].startswith("/admin/step-up/")
    assert not Impersonation.objects.exists()


def test_nothing_of_the_person_tells_of_it_but_the_record(cast: Cast) -> None:
    learner = cast.harbour.learner.account
    sign_in(cast.harbour.learner)
    before = list(UserSession.objects.filter(user=learner).values())
    devices, letters = KnownDevice.objects.filter(user=learner).count(), OutgoingMail.objects.count()
    last_login = User.objects.get(pk=learner.pk).last_login
    client = seeing(learner)
    with time_machine.travel(timezone.now() + timedelta(minutes=8)):
        assert client.get(ME).status_code == 200
    assert list(UserSession.objects.filter(user=learner).values()) == before
    assert KnownDevice.objects.filter(user=learner).count() == devices
    assert OutgoingMail.objects.count() == letters
    assert User.objects.get(pk=learner.pk).last_login == last_login
    exported = {held.subject: list(held.values(learner)) for held in holdings()}
    [row] = exported["seen_by_staff"]
    assert row["reason"] == REASON
    assert "accounts.impersonation_started" in {entry["kind"] for entry in exported["journal"]}


def test_ending_by_hand_leaves_the_staff_session_whole(cast: Cast) -> None:
    staff = staff_of()
    client = seeing(cast.harbour.learner.account, staff=staff)
    cookie = client.cookies["sessionid"].value
    assert client.delete(END).status_code == 204
    assert client.cookies["sessionid"].value == cookie
    assert client.get(ME).json()["email"] == staff.account.email
    assert client.get("/admin/").status_code == 200
    assert client.delete(END).status_code == 409
    assert kinds() == ["started", "ended"]
    ended = Impersonation.objects.get()
    assert (ended.why_ended, ended.staff, ended.reason) == ("hand", staff.account, REASON)
    entry = JournalEntry.objects.get(kind="accounts.impersonation_started")
    assert (entry.actor, entry.subject_id) == (staff.account, str(cast.harbour.learner.account.pk))
    assert REASON in client.get("/admin/security/").content.decode()


def test_time_ends_it_and_the_open_page_does_not_go_on_as_staff(cast: Cast) -> None:
    client = seeing(cast.harbour.learner.account)
    with time_machine.travel(timezone.now() + LASTS):
        for _ in range(2):
            answer = client.get(ME)
            assert (answer.status_code, answer.json()["code"]) == (403, "impersonation_over")
        assert client.post("/api/v1/me/onboarding/", {}).json()["code"] == "impersonation_over"
        assert client.get("/admin/").status_code == 200
        assert client.get(ME).json()["is_staff"] is True
    assert (kinds(), Impersonation.objects.get().why_ended) == (["started", "ended"], "time")


def test_signing_out_in_the_admin_ends_it(cast: Cast) -> None:
    client = seeing(cast.harbour.learner.account)
    assert client.post("/admin/logout/").status_code == 200
    assert client.get(ME).status_code == 401
    assert Impersonation.objects.get().why_ended == "sign_out"


def test_it_ends_with_the_session_though_nobody_comes_by(cast: Cast) -> None:
    staff = staff_of()
    client = seeing(cast.harbour.learner.account, staff=staff)
    end_sessions(user=staff.account, why="staff", actor=None, now=timezone.now())
    assert client.get(ME).status_code == 401
    end_overdue_impersonations()
    end_overdue_impersonations()
    assert (kinds(), Impersonation.objects.get().why_ended) == (["started", "ended"], "session")


def test_the_sweeper_ends_what_was_left_open(cast: Cast) -> None:
    seeing(cast.harbour.learner.account)
    end_overdue_impersonations()
    assert kinds() == ["started"]
    with time_machine.travel(timezone.now() + LASTS):
        end_overdue_impersonations()
    assert Impersonation.objects.get().why_ended == "time"


def test_it_ends_with_the_power(cast: Cast) -> None:
    staff = staff_of()
    client = seeing(cast.harbour.learner.account, staff=staff)
    staff.account.groups.clear()
    assert client.get(ME).json()["code"] == "impersonation_over"
    assert Impersonation.objects.get().why_ended == "power"


def test_the_log_names_both(cast: Cast) -> None:
    staff, learner = staff_of(), cast.harbour.learner.account
    client = seeing(learner, staff=staff)
    with structlog.testing.capture_logs() as lines:
        client.get(ME)
    [line] = [line for line in lines if line["event"] == "request"]
    assert (line["user_id"], line["as_user_id"]) == (str(staff.account.pk), str(learner.pk))
    cache.clear()
    with structlog.testing.capture_logs() as lines:
        Client().get(ME)
    assert "as_user_id" not in lines[-1]
