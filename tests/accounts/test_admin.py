"""The admin: who gets in, people, and the journal as staff read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from academies.events import MembershipChanged
from accounts.events import SignInFailed
from accounts.identity.powers import StaffGroup
from accounts.journal import relay
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.record import record
from accounts.journal.seals import seal_entries
from accounts.journal.subscriptions import subscribe, unsubscribe
from accounts.models import User
from config.admin_look import UNLISTED
from config.admin_site import OWN_APPS
from config.demo import DEMO_PASSWORD
from tests.cast import Cast
from tests.factories.accounts import UserFactory

LOGIN = "/admin/login/"
PASSWORD = {"username": "admin@proficienthub.example", "password": DEMO_PASSWORD}
NEW_PASSWORD = "lantern-over-the-quay"


@pytest.fixture
def staff(cast: Cast) -> Client:
    """The platform's superuser."""
    client = Client()
    client.force_login(cast.staff.account)
    return client


@pytest.fixture
def helper(cast: Cast) -> Client:
    """Staff of the platform with every permission, but no superuser."""
    user = UserFactory(is_staff=True)
    user.groups.add(Group.objects.get(name=StaffGroup.CONTENT))
    user.user_permissions.set(Permission.objects.all())
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


def user_form(user: User, **changes: Any) -> dict[str, Any]:
    form = {"email": user.email, "name": user.name, "locale": user.locale, "time_zone": user.time_zone}
    flags = {name: "on" for name in ("is_active", "is_staff", "is_superuser") if getattr(user, name)}
    nothing_told = {"profile-TOTAL_FORMS": "0", "profile-INITIAL_FORMS": "0"}
    return {**form, **flags, **nothing_told, **changes}


# --- Getting in -------------------------------------------------------------------------------------------------------


def test_only_staff_get_in(cast: Cast) -> None:
    for person in (cast.anonymous, cast.harbour.owner, cast.outsider):
        client = Client()
        if isinstance(person.user, User):
            client.force_login(person.user)
        answer = client.get("/admin/accounts/user/")
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(LOGIN)


def test_staff_sign_in_with_address_and_password(cast: Cast) -> None:
    client = Client()
    assert "Sign in" in text_of(client.get(LOGIN))
    assert client.post(LOGIN, PASSWORD | {"username": "Admin@ProficientHub.example"}).status_code == 302
    assert "Overview" in text_of(client.get("/admin/"))
    assert JournalEntry.objects.filter(kind="accounts.signed_in", actor=cast.staff.account).exists()


def test_a_learner_with_the_right_password_does_not_get_in(cast: Cast) -> None:
    answer = Client().post(LOGIN, {"username": "learner@harbour.example", "password": DEMO_PASSWORD})
    assert answer.status_code == 200
    assert answer.context["form"].errors


def test_failures_lock_the_admin_too_and_say_so_on_a_page(cast: Cast) -> None:
    for _ in range(5):
        fifth = Client().post(LOGIN, PASSWORD | {"password": "wrong"})
    for answer in (fifth, Client().post(LOGIN, PASSWORD)):
        assert "locked after too many failures" in text_of(answer, 429)
        assert answer.headers["Content-Type"].startswith("text/html")
        assert int(answer.headers["Retry-After"]) > 0


# --- The second factor ------------------------------------------------------------------------------------------------


@pytest.fixture
def factor(cast: Cast, settings: LazySettings) -> TOTPDevice:
    """The second factor of the superuser, where one is demanded."""
    settings.ADMIN_SECOND_FACTOR = True
    call_command("add_factor", cast.staff.account.email)
    return TOTPDevice.objects.get(user=cast.staff.account)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key, device.step, device.t0, device.digits, device.drift):06d}"


def test_password_and_code_open_the_admin(factor: TOTPDevice) -> None:
    client = Client()
    assert "authenticator app" in text_of(client.get(LOGIN))
    assert client.post(LOGIN, PASSWORD | {"otp_token": code_of(factor)}).status_code == 302
    assert "Overview" in text_of(client.get("/admin/"))


def test_a_code_counts_once(factor: TOTPDevice) -> None:
    code = code_of(factor)
    assert Client().post(LOGIN, PASSWORD | {"otp_token": code}).status_code == 302
    assert Client().post(LOGIN, PASSWORD | {"otp_token": code}).status_code == 200


@pytest.mark.parametrize("code", ["", "000000", "x", "９９９９９９", "1" * 500])
def test_without_the_right_code_nobody_gets_in(factor: TOTPDevice, code: str) -> None:
    client = Client()
    answer = client.post(LOGIN, PASSWORD | {"otp_token": code})
    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert DEMO_PASSWORD not in answer.content.decode()
    assert client.get("/admin/").status_code == 302


def test_who_has_no_factor_is_told_how_to_get_one(cast: Cast, settings: LazySettings) -> None:
    settings.ADMIN_SECOND_FACTOR = True
    assert "add_factor" in text_of(Client().post(LOGIN, PASSWORD))


def test_the_session_of_the_front_end_does_not_open_the_admin(staff: Client, settings: LazySettings) -> None:
    settings.ADMIN_SECOND_FACTOR = True
    assert staff.get("/admin/").status_code == 302
    assert "without the code" in text_of(staff.get(LOGIN))
    assert staff.get("/admin/accounts/user/").status_code == 302


def test_the_code_of_somebody_else_does_not_count(cast: Cast, factor: TOTPDevice) -> None:
    other = TOTPDevice.objects.create(user=UserFactory(is_staff=True))
    data = PASSWORD | {"otp_token": code_of(other), "otp_device": other.persistent_id}
    assert Client().post(LOGIN, data).status_code == 200


def test_the_command_shows_the_factor_once(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    email = cast.staff.account.email
    call_command("add_factor", email.upper())
    said = capsys.readouterr().out
    assert TOTPDevice.objects.get().config_url in said
    assert "█" in said
    with pytest.raises(CommandError, match="--replace"):
        call_command("add_factor", email)
    before = TOTPDevice.objects.get().key
    call_command("add_factor", email, "--replace")
    assert TOTPDevice.objects.get().key != before
    kinds = list(JournalEntry.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["accounts.factor_added", "accounts.factor_reset", "accounts.factor_added"]


@pytest.mark.parametrize("email", ["nobody@example.org", "owner@harbour.example"])
def test_only_staff_get_a_factor(cast: Cast, email: str) -> None:
    with pytest.raises(CommandError):
        call_command("add_factor", email)
    assert not TOTPDevice.objects.exists()


# --- The site ---------------------------------------------------------------------------------------------------------


def test_there_are_only_the_platforms_own_pages() -> None:
    assert {type(page).__module__.partition(".")[0] for page in admin.site._registry.values()} <= OWN_APPS


def test_every_list_and_every_empty_form_opens(cast: Cast, staff: Client) -> None:
    for model, page in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        assert text_of(staff.get(base)), base
        request = staff.get("/admin/").wsgi_request
        assert staff.get(f"{base}add/").status_code == (200 if page.has_add_permission(request) else 403), base


def test_every_page_has_a_place_in_the_sidebar(cast: Cast, staff: Client) -> None:
    groups = staff.get("/admin/").context["sidebar_navigation"]
    titles = [group["title"] for group in groups]
    assert titles == ["Customers", "Content", "Assessment", "Practice", "Learning", "Insight", "Platform"]
    links = {item["link"] for group in groups for item in group["items"]}
    pages = {
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        for model in admin.site._registry
        if model._meta.label not in UNLISTED
    }
    assert pages - links == set()


def test_the_search_in_the_sidebar_answers(staff: Client) -> None:
    assert "Academies" in text_of(staff.get("/admin/search/", {"s": "academ"}))


# --- People -----------------------------------------------------------------------------------------------------------


def test_staff_add_a_person(cast: Cast, staff: Client) -> None:
    form = {
        "email": "New@Example.org",
        "name": "Nadia",
        "locale": "es",
        "time_zone": "Europe/Madrid",
        "usable_password": "true",
        "password1": NEW_PASSWORD,
        "password2": NEW_PASSWORD,
    }
    answer = staff.post("/admin/accounts/user/add/", form)
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    user = User.objects.get(email="new@example.org")
    assert user.check_password(NEW_PASSWORD)
    entry = JournalEntry.objects.get(kind="accounts.user_changed")
    assert (entry.actor, entry.subject_id, entry.payload["is_new"]) == (cast.staff.account, str(user.pk), True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"email": "LEARNER@harbour.example"}, "email"),
        ({"email": "nonsense"}, "email"),
        ({"time_zone": "Mars/Base"}, "time_zone"),
        ({"locale": "de"}, "locale"),
    ],
)
def test_what_makes_no_sense_is_said_at_the_field(
    cast: Cast, staff: Client, change: dict[str, str], field: str
) -> None:
    user = cast.harbour.owner.account
    answer = staff.post(f"/admin/accounts/user/{user.pk}/change/", user_form(user, **change))
    assert answer.status_code == 200
    assert list(answer.context["adminform"].form.errors) == [field]


def test_staff_change_a_person_and_the_journal_names_the_fields(cast: Cast, staff: Client) -> None:
    user = cast.harbour.learner.account
    form = user_form(user, name="Lena N.", is_staff="on")
    assert staff.post(f"/admin/accounts/user/{user.pk}/change/", form).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.is_staff) == ("Lena N.", True)
    entry = JournalEntry.objects.get(kind="accounts.user_changed")
    assert entry.payload["fields"] == ["is_staff", "name"]
    assert "Lena" not in str(entry.payload)
    history = text_of(staff.get(f"/admin/accounts/user/{user.pk}/history/"))
    assert "User changed: is staff, name" in history


def test_a_new_password_is_in_the_journal_and_ends_the_sessions(cast: Cast, staff: Client) -> None:
    user = cast.harbour.learner.account
    learner = Client()
    learner.force_login(user)
    url = f"/admin/accounts/user/{user.pk}/password/"
    form = {"password1": NEW_PASSWORD, "password2": "something-else-entirely", "usable_password": "true"}
    assert staff.post(url, form).status_code == 200
    assert not JournalEntry.objects.filter(kind="accounts.user_changed").exists()
    assert staff.post(url, form | {"password2": NEW_PASSWORD}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert JournalEntry.objects.get(kind="accounts.user_changed").payload["fields"] == ["password"]
    assert learner.get("/api/v1/me/").status_code == 401


def test_nobody_is_deleted(cast: Cast, staff: Client) -> None:
    user = cast.outsider.account
    assert staff.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"}).status_code == 403
    staff.post("/admin/accounts/user/", {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"})
    assert User.objects.filter(pk=user.pk).exists()


def test_who_is_no_superuser_gives_nobody_rights(cast: Cast, helper: Client) -> None:
    user = cast.harbour.learner.account
    group = Group.objects.create(name="Further")
    form = user_form(user, name="X", is_staff="on", is_superuser="on", groups=[group.pk])
    assert helper.post(f"/admin/accounts/user/{user.pk}/change/", form).status_code == 302
    user.refresh_from_db()
    assert (user.name, user.is_staff, user.is_superuser, user.groups.count()) == ("X", False, False, 0)
    boss = cast.staff.account
    assert helper.post(f"/admin/accounts/user/{boss.pk}/change/", user_form(boss, name="X")).status_code == 403
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD, "usable_password": "true"}
    assert helper.post(f"/admin/accounts/user/{boss.pk}/password/", passwords).status_code == 403
    assert helper.post(f"/admin/auth/group/{group.pk}/change/", {"name": "X"}).status_code == 403
    boss.refresh_from_db()
    assert boss.check_password(DEMO_PASSWORD)


def test_staff_unlock_somebody(cast: Cast, staff: Client) -> None:
    credentials = {"username": "learner@harbour.example", "password": "wrong"}
    for _ in range(5):
        Client().post(LOGIN, credentials)
    user = cast.harbour.learner.account
    staff.post("/admin/accounts/user/", {"action": "unlock", "_selected_action": [user.pk]})
    assert Client().post(LOGIN, credentials).status_code == 200


# --- The journal ------------------------------------------------------------------------------------------------------


def happen(cast: Cast, count: int = 1) -> list[JournalEntry]:
    harbour = cast.harbour
    with transaction.atomic():
        return [
            record(
                MembershipChanged(
                    academy_id=harbour.academy.pk,
                    membership_id=harbour.learner.membership.pk,
                    user_id=harbour.learner.account.pk,
                    before="learner",
                    after="instructor",
                ),
                actor=harbour.owner.account,
                now=timezone.now(),
            )
            for _ in range(count)
        ]


def test_the_journal_reads_as_sentences_with_names(cast: Cast, staff: Client) -> None:
    happen(cast)
    page = text_of(staff.get("/admin/accounts/journalentry/"))
    for words in ("Role changed from learner to instructor", "Lena Novak", "Olivia Hart", "Harbour Academy"):
        assert words in page
    assert str(cast.harbour.learner.membership.pk) not in page


def test_one_entry_shows_every_field_by_name_and_its_seal(cast: Cast, staff: Client) -> None:
    [entry] = happen(cast)
    url = f"/admin/accounts/journalentry/{entry.pk}/change/"
    assert "Not sealed yet" in text_of(staff.get(url))
    seal_entries(now=timezone.now())
    page = text_of(staff.get(url))
    for words in ("before", "learner", "after", "instructor", "Lena Novak"):
        assert words in page
    assert "Not sealed yet" not in page
    assert "{" not in page.partition("<dl>")[2].partition("</dl>")[0]


def test_the_journal_is_filtered_by_what_happened(cast: Cast, staff: Client) -> None:
    happen(cast)
    page = staff.get("/admin/accounts/journalentry/", {"kind": "accounts.signed_in"}).content.decode()
    assert "Role changed from" not in page
    page = staff.get("/admin/accounts/journalentry/", {"kind": "academies.membership_changed"}).content.decode()
    assert "Role changed from" in page
    page = staff.get("/admin/accounts/journalentry/", {"q": str(cast.harbour.learner.membership.pk)}).content.decode()
    assert "Role changed from" in page
    assert staff.get("/admin/accounts/journalentry/", {"q": "nobody"}).status_code == 200


def test_longer_journals_cost_no_more_queries(cast: Cast, staff: Client, django_assert_max_num_queries: Any) -> None:
    happen(cast, 2)
    staff.get("/admin/accounts/journalentry/")
    with django_assert_max_num_queries(100) as few:
        staff.get("/admin/accounts/journalentry/")
    happen(cast, 20)
    with django_assert_max_num_queries(len(few)):
        staff.get("/admin/accounts/journalentry/")


@pytest.mark.parametrize("page", ["add/", "{pk}/delete/"])
def test_nobody_writes_into_the_journal_by_hand(cast: Cast, staff: Client, page: str) -> None:
    [entry] = happen(cast)
    assert staff.post(f"/admin/accounts/journalentry/{page.format(pk=entry.pk)}", {"post": "yes"}).status_code == 403
    assert staff.post(f"/admin/accounts/journalentry/{entry.pk}/change/", {"kind": "x"}).status_code == 403


def test_an_event_that_the_code_no_longer_knows_is_still_listed(cast: Cast, staff: Client) -> None:
    JournalEntry.objects.create(kind="old.thing_done", payload={"x": [1, None, True]}, occurred_at=timezone.now())
    assert "Old: thing done" in text_of(staff.get("/admin/accounts/journalentry/"))
    entry = JournalEntry.objects.get(kind="old.thing_done")
    assert "1, –, yes" in text_of(staff.get(f"/admin/accounts/journalentry/{entry.pk}/change/"))


@pytest.fixture
def broken_subscriber(db: None) -> Iterator[Callable[[], None]]:
    """A subscriber that fails until the returned function is called."""
    fails = [True]

    @subscribe(SignInFailed, name="tests.broken")
    def handler(event: SignInFailed, entry: JournalEntry) -> None:
        if fails:
            raise ValueError

    yield fails.clear
    unsubscribe("tests.broken")


def test_staff_see_what_was_given_up_and_have_it_delivered_again(
    staff: Client, broken_subscriber: Callable[[], None]
) -> None:
    now = timezone.now()
    with transaction.atomic():
        record(SignInFailed(user_id=None, address="0" * 32), actor=None, now=now)
    for _ in range(relay.MAX_TRIES):
        relay.deliver_due(now=now)
        now += relay.LONGEST_PAUSE
    delivery = Delivery.objects.get(subscriber="tests.broken")
    page = text_of(staff.get("/admin/accounts/delivery/"))
    assert "Given up" in page
    assert "ValueError" in page
    assert staff.get("/admin/").context["figures"][-1].is_alarming
    broken_subscriber()
    staff.post("/admin/accounts/delivery/", {"action": "deliver_again", "_selected_action": [delivery.pk]})
    assert relay.deliver_due(now=now).done == 1
    assert text_of(staff.get(f"/admin/accounts/delivery/{delivery.pk}/change/"))
