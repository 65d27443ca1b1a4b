"""Second factors in the admin: signing in, proving once more, resetting; and who may do what."""

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.identity.powers import StaffGroup, permissions_of
from accounts.journal.models import JournalEntry
from accounts.models import User
from config.demo import DEMO_PASSWORD
from tests.accounts.factors.devices import code_of, enrol
from tests.cast import Cast, Person, WatchedClient
from tests.factories.accounts import UserFactory

Api = Callable[[Person], WatchedClient]
LOGIN = "/admin/login/"
STEP_UP = "/admin/step-up/"


def page_of(user: User, page: str = "change") -> str:
    return f"/admin/accounts/user/{user.pk}/{page}/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=user.pk))
    return client


def staff_in(group: StaffGroup) -> User:
    user: User = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


def test_who_has_a_factor_needs_it_in_the_admin_even_where_it_is_no_duty(cast: Cast, api: Api) -> None:
    device, codes = enrol(api(cast.staff))
    password = {"username": cast.staff.account.email, "password": DEMO_PASSWORD}
    assert Client().post(LOGIN, password).status_code == 200
    assert signed_in(cast.staff.account).get("/admin/").status_code == 302
    for code in (code_of(device), codes[0]):
        client = Client()
        assert client.post(LOGIN, password | {"otp_token": code}).status_code == 302
        assert client.get("/admin/").status_code == 200
        assert client.get("/api/v1/session/").json()["second_factor"] == "proved"


def test_the_proof_of_the_front_end_opens_the_admin(cast: Cast, api: Api) -> None:
    client = api(cast.staff)
    enrol(client)
    assert client.get("/admin/").status_code == 200


def test_rights_are_given_with_a_fresh_proof_alone(cast: Cast) -> None:
    user = cast.harbour.learner.account
    client = signed_in(cast.staff.account)
    form = {"email": user.email, "name": "X", "locale": "en", "time_zone": "UTC", "is_active": "on", "is_staff": "on"}
    form |= {"profile-TOTAL_FORMS": "0", "profile-INITIAL_FORMS": "0"}
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = client.post(page_of(user), form)
        assert answer.headers["Location"] == f"{STEP_UP}?next={page_of(user).replace('/', '%2F')}"
        user.refresh_from_db()
        assert not user.is_staff
        for page in (page_of(user, "password"), "/admin/auth/group/add/", "/admin/academies/membership/add/"):
            assert client.get(page).headers["Location"].startswith(STEP_UP)
        wrong = client.post(answer.headers["Location"], {"proof": "not the password"})
        assert "The password is not right" in wrong.content.decode()
        right = client.post(answer.headers["Location"], {"proof": DEMO_PASSWORD})
        assert right.headers["Location"] == page_of(user)
        assert client.post(page_of(user), form).status_code == 302
        user.refresh_from_db()
        assert user.is_staff
    assert JournalEntry.objects.filter(kind="accounts.step_up_failed").count() == 1


@pytest.mark.parametrize("wanted", ["https://evil.example/admin/", "//evil.example", "/sign-in", "/admin\\@evil", ""])
def test_the_way_back_stays_in_the_admin(cast: Cast, wanted: str) -> None:
    client = signed_in(cast.staff.account)
    answer = client.post(f"{STEP_UP}?next={wanted}", {"proof": DEMO_PASSWORD})
    assert answer.headers["Location"] == "/admin/"


def test_support_resets_a_lost_factor_with_a_reason(cast: Cast, api: Api) -> None:
    learner = api(cast.harbour.learner)
    enrol(learner)
    user, helper = cast.harbour.learner.account, staff_in(StaffGroup.SUPPORT)
    client = signed_in(helper)
    url = page_of(user, "reset-second-factor")
    assert "Make sure" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 200
    assert client.post(url, {"reason": "Phone lost, called back"}).status_code == 302
    user.refresh_from_db()
    assert not user.has_factor
    assert learner.get("/api/v1/me/").status_code == 401
    entry = JournalEntry.objects.get(kind="accounts.factor_reset")
    assert (entry.actor, entry.payload["reason"]) == (helper, "Phone lost, called back")


def test_who_may_not_change_people_resets_nothing(cast: Cast, api: Api) -> None:
    enrol(api(cast.harbour.learner))
    enrol(api(cast.staff))
    support, sales = signed_in(staff_in(StaffGroup.SUPPORT)), signed_in(staff_in(StaffGroup.SALES))
    for client, user in ((support, cast.staff.account), (sales, cast.harbour.learner.account)):
        assert client.post(page_of(user, "reset-second-factor"), {"reason": "x"}).status_code == 403
    assert User.objects.filter(has_factor=True).count() == 2


def test_the_command_resets_too(cast: Cast, api: Api) -> None:
    enrol(api(cast.staff))
    email = cast.staff.account.email
    call_command("reset_factor", email, reason="Locked out")
    assert JournalEntry.objects.get(kind="accounts.factor_reset").actor is None
    for whom in (email, "nobody@example.org"):
        with pytest.raises(CommandError):
            call_command("reset_factor", whom, reason="Again")


# --- Who may do what --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", StaffGroup)
def test_the_groups_have_what_the_matrix_says(db: None, group: StaffGroup) -> None:
    user = staff_in(group)
    assert user.is_platform_staff
    assert user.get_all_permissions() == set(permissions_of(group))
    assert signed_in(user).get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("group", "sees"),
    [
        (StaffGroup.SUPPORT, {"academies/academy", "accounts/user", "exams/attempt", "accounts/journalentry"}),
        (StaffGroup.CONTENT, {"exams/item"}),
        (StaffGroup.SALES, {"academies/academy", "accounts/user"}),
        (StaffGroup.FINANCE, {"academies/academy"}),
    ],
)
def test_staff_see_the_pages_of_their_job(db: None, group: StaffGroup, sees: set[str]) -> None:
    pages = ("academies/academy", "accounts/user", "exams/attempt", "accounts/journalentry", "exams/item", "auth/group")
    client = signed_in(staff_in(group))
    assert {page for page in pages if client.get(f"/admin/{page}/").status_code == 200} == sees


def test_who_was_in_the_group_platform_keeps_their_permissions(db: None) -> None:
    platform, user = Group.objects.create(name="Platform"), UserFactory(is_staff=True)
    user.groups.add(platform)
    platform.permissions.add(Permission.objects.get(codename="view_item"))
    import_module("accounts.migrations.0007_staff_groups").keep_what_platform_meant(apps, None)
    assert user.is_platform_staff
    assert user.has_perm("exams.view_item")
    assert not Group.objects.filter(name="Platform").exists()


def test_nobody_changes_the_declared_groups(cast: Cast) -> None:
    group = Group.objects.get(name=StaffGroup.SUPPORT)
    answer = signed_in(cast.staff.account).post(f"/admin/auth/group/{group.pk}/change/", {"name": "X"})
    assert answer.status_code == 403


def test_the_matrix_is_a_page(cast: Cast) -> None:
    page = signed_in(cast.staff.account).get("/admin/powers/").content.decode()
    for words in ("Mentor", "Regrade", "Finance", "People who sign in", "Needs a second factor"):
        assert words in page
    assert signed_in(UserFactory(is_staff=True)).get("/admin/powers/").status_code == 403


def test_the_command_lists_powers(cast: Cast, capsys: Any) -> None:
    call_command("list_powers")
    call_command("list_powers", user=cast.harbour.instructor.account.email)
    said = capsys.readouterr().out
    assert "role learner: sit_exams" in said
    assert "group Support: see academies" in said
    assert "harbour, instructor: manage_deliveries" in said
    with pytest.raises(CommandError):
        call_command("list_powers", user="nobody@example.org")
