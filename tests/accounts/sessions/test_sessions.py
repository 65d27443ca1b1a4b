"""Where people are signed in, and how that ends."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import JournalEntry, UserSession
from accounts.sessions.actions import forget_sessions
from config.demo import DEMO_PASSWORD

URL = "/api/v1/me/sessions/"
ME = "/api/v1/me/"
LOGIN = "/_allauth/browser/v1/auth/login"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/17.5 Mobile/15E148 Safari/604.1"
)


def entered(person, *, agent=FIREFOX, address="203.0.113.77", cookies=None) -> Client:
    """A browser that has signed in with address and password."""
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.cookies.load(cookies or {})
    body = {"email": person.account.email, "password": DEMO_PASSWORD}
    assert client.post(LOGIN, body, content_type="application/json").status_code == 200
    return client


def is_in(client: Client) -> bool:
    return client.get(ME).status_code == 200


def ended() -> list[tuple[str, int]]:
    entries = JournalEntry.objects.filter(kind="accounts.sessions_ended").order_by("id")
    return [(entry.payload["why"], entry.payload["count"]) for entry in entries]


def test_a_person_sees_their_sessions_and_which_one_this_is(cast):
    laptop, phone = (
        entered(cast.harbour.learner),
        entered(cast.harbour.learner, agent=SAFARI, address="2001:db8:1:2::3"),
    )
    entered(cast.harbour.other_learner)
    shown = {row["browser"]: row for row in phone.get(URL).json()["results"]}
    assert set(shown) == {"Firefox", "Mobile Safari"}
    assert (shown["Firefox"]["system"], shown["Firefox"]["address"]) == ("Windows 10", "203.0.113.0")
    assert (shown["Mobile Safari"]["system"], shown["Mobile Safari"]["address"]) == ("iOS 17", "2001:db8:1::")
    assert [row["is_current"] for row in shown.values()] == [name == "Mobile Safari" for name in shown]
    assert is_in(laptop)


def test_a_sign_in_is_noted_with_few_statements(cast):
    known = entered(cast.harbour.learner).cookies[settings.DEVICE_COOKIE_NAME].value
    moment = timezone.now() + timedelta(hours=1)
    with time_machine.travel(moment, tick=False), CaptureQueriesContext(connection) as queries:
        entered(cast.harbour.learner, cookies={settings.DEVICE_COOKIE_NAME: known})
    person = cast.harbour.learner.account
    person.refresh_from_db()
    assert person.last_login == moment
    assert person.known_devices.get().last_seen_at == moment
    assert UserSession.objects.filter(user=person, signed_in_at=moment, last_used_at=moment).count() == 1
    # Failures, the person, the journal, all that changes about them, and the session.
    statements = [query["sql"] for query in queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(statements) == 5, statements


def test_a_device_is_out_with_its_next_request(cast):
    laptop, phone = entered(cast.harbour.learner), entered(cast.harbour.learner, agent=SAFARI)
    assert is_in(phone)
    [other] = [row["id"] for row in laptop.get(URL).json()["results"] if not row["is_current"]]
    assert laptop.delete(f"{URL}{other}/").status_code == 204
    assert not is_in(phone)
    assert is_in(laptop)
    assert ended() == [("chosen", 1)]


def test_signing_out_everywhere_else_keeps_this_one(cast):
    here, *others = [entered(cast.harbour.learner) for _ in range(3)]
    stranger = entered(cast.harbour.other_learner)
    assert here.delete(URL).status_code == 204
    assert [is_in(client) for client in (here, *others, stranger)] == [True, False, False, True]
    assert [row["is_current"] for row in here.get(URL).json()["results"]] == [True]
    assert ended() == [("others", 2)]
    assert here.delete(URL).status_code == 204
    assert ended() == [("others", 2)]


def test_somebody_elses_session_is_not_there(cast):
    mine, theirs = entered(cast.harbour.learner), entered(cast.harbour.other_learner)
    row = UserSession.objects.get(user=cast.harbour.other_learner.account)
    assert mine.delete(f"{URL}{row.pk}/").status_code == 404
    assert is_in(theirs)
    assert ended() == []


def test_ending_this_session_signs_out(cast):
    client = entered(cast.harbour.learner)
    [row] = client.get(URL).json()["results"]
    assert client.delete(f"{URL}{row['id']}/").status_code == 204
    assert not is_in(client)


def test_a_session_ends_itself_also_when_its_last_use_is_due_to_be_written(cast):
    client = entered(cast.harbour.learner)
    [row] = client.get(URL).json()["results"]
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert client.delete(f"{URL}{row['id']}/").status_code == 204
        assert not is_in(client)


def test_signing_out_takes_the_session_off_the_list(cast):
    client = entered(cast.harbour.learner)
    client.delete("/_allauth/browser/v1/auth/session")
    assert not UserSession.objects.exists()


def test_an_ordinary_request_writes_nothing_and_asks_once_for_the_person(cast):
    client = entered(cast.harbour.learner)
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/session/")
    assert len(queries) == 1


def test_last_use_is_written_at_most_once_in_five_minutes(cast):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        client = entered(cast.harbour.learner)
    for minutes, behind in ((4, 4), (6, 0), (10, 4), (12, 0)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            assert is_in(client)
            assert timezone.now() - UserSession.objects.get().last_used_at == timedelta(minutes=behind)


def test_an_idle_session_ends_and_a_used_one_goes_on(cast):
    now = timezone.now()
    with time_machine.travel(now):
        idle, used = entered(cast.harbour.learner), entered(cast.harbour.learner)
    with time_machine.travel(now + timedelta(days=10)):
        assert is_in(used)
    cache.clear()
    with time_machine.travel(now + timedelta(days=15)):
        assert not is_in(idle)
        assert is_in(used)
        assert len(used.get(URL).json()["results"]) == 1


def test_no_session_outlives_its_longest_time(cast):
    now = timezone.now()
    with time_machine.travel(now):
        client = entered(cast.harbour.learner)
    for days in (10, 20, 29):
        with time_machine.travel(now + timedelta(days=days)):
            assert is_in(client)
    cache.clear()
    with time_machine.travel(now + settings.SESSION_LONGEST + timedelta(seconds=1)):
        assert not is_in(client)


def test_a_new_password_ends_every_session(cast):
    clients = [entered(cast.harbour.learner) for _ in range(2)]
    user = cast.harbour.learner.account
    user.set_password("another-quite-long-one")
    user.save()
    assert [is_in(client) for client in clients] == [False, False]
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    assert ended() == [("password", 2)]


def test_being_deactivated_ends_every_session(cast):
    client = entered(cast.harbour.learner)
    user = cast.harbour.learner.account
    user.is_active = False
    user.save()
    assert not is_in(client)
    assert ended() == [("deactivated", 1)]
    user.is_active = True
    user.save()
    assert not is_in(client)


def test_other_changes_of_a_person_end_nothing(cast):
    client = entered(cast.harbour.learner)
    assert client.patch(ME, {"name": "Lena N."}, content_type="application/json").status_code == 200
    assert is_in(client)


def test_the_session_that_changes_the_password_goes_on_under_a_new_key(cast):
    staff = entered(cast.staff)
    other = entered(cast.staff)
    before = UserSession.objects.get(session_key=staff.cookies["sessionid"].value)
    page = f"/admin/accounts/user/{cast.staff.account.pk}/password/"
    form = {"usable_password": "true", "password1": "another-quite-long-one", "password2": "another-quite-long-one"}
    assert staff.post(page, form).status_code == 302
    assert is_in(staff)
    assert not is_in(other)
    row = UserSession.objects.get()
    assert row.session_key == staff.cookies["sessionid"].value != before.session_key
    assert (row.pk, row.signed_in_at) == (before.pk, before.signed_in_at)


def test_what_is_over_is_swept(cast):
    now = timezone.now()
    entered(cast.harbour.learner)
    assert forget_sessions(now=now) == 0
    assert forget_sessions(now=now + timedelta(days=15)) == 1
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()


def test_staff_end_all_sessions_of_a_person(cast):
    client, staff = entered(cast.harbour.learner), entered(cast.staff)
    user = cast.harbour.learner.account
    assert "Firefox" in staff.get(f"/admin/accounts/user/{user.pk}/change/").content.decode()
    staff.post("/admin/accounts/user/", {"action": "end_all_sessions", "_selected_action": [str(user.pk)]})
    assert not is_in(client)
    entry = JournalEntry.objects.get(kind="accounts.sessions_ended")
    assert (entry.actor, entry.payload["why"]) == (cast.staff.account, "staff")


def test_a_command_ends_all_sessions_of_a_person(cast, capsys):
    client = entered(cast.harbour.learner)
    call_command("end_sessions", "Learner@Harbour.example")
    assert "1 session ended." in capsys.readouterr().out
    assert not is_in(client)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("end_sessions", "nobody@harbour.example")
