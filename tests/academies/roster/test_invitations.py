"""Inviting people by their address, and how they join."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from academies.models import Cohort, Invitation, Membership
from accounts.journal.models import JournalEntry
from accounts.models import User
from tests.accounts.identity.mailbox import key_of, last_letter, letters
from tests.cast import Cast, Person, WatchedClient

Api = Callable[[Person], WatchedClient]
INVITATIONS = "/api/v1/academies/harbour/invitations/"
NEW = "nadia@example.org"


def invite(api: Api, cast: Cast, address: str = NEW, *, by: Person | None = None, **more: Any) -> Any:
    return api(by or cast.harbour.owner).post(INVITATIONS, {"address": address, **more})


def token_for(address: str) -> str:
    return key_of(last_letter(address)["link"])


def read(token: str) -> Any:
    return Client().get(f"/api/v1/invitations/{token}/")


def accept(client: Client, token: str) -> Any:
    return client.post(f"/api/v1/invitations/{token}/", {}, content_type="application/json")


def test_a_letter_says_who_invites_and_leads_to_the_invitation(cast: Cast, api: Api) -> None:
    answer = invite(api, cast, "Nadia@Example.org", role="instructor")
    assert answer.status_code == 201, answer.content
    assert answer.json() | {"id": "", "created_at": "", "expires_at": ""} == {
        "id": "",
        "address": NEW,
        "role": "instructor",
        "cohort": None,
        "invited_by": "Olivia Hart",
        "created_at": "",
        "expires_at": "",
        "is_expired": False,
    }
    letter = last_letter(NEW)
    assert (letter["kind"], letter["academy"], letter["role"]) == ("invitation", "Harbour Academy", "instructor")
    shown = read(token_for(NEW)).json()
    assert (shown["academy"], shown["role"], shown["address"]) == ("Harbour Academy", "instructor", NEW)


def test_the_token_is_in_the_letter_alone(cast: Cast, api: Api) -> None:
    answer = invite(api, cast)
    token = token_for(NEW)
    assert token not in answer.content.decode()
    assert token not in str(list(Invitation.objects.values()))
    assert NEW not in str(list(JournalEntry.objects.values_list("payload", flat=True)))


def test_inviting_again_renews(cast: Cast, api: Api) -> None:
    invite(api, cast)
    before = token_for(NEW)
    answer = invite(api, cast, role="manager")
    assert answer.status_code == 201
    assert Invitation.objects.get().role == "manager"
    assert read(before).status_code == 404
    assert read(token_for(NEW)).status_code == 200


def test_an_expired_invitation_is_renewed_by_another_letter(cast: Cast, api: Api) -> None:
    key = invite(api, cast).json()["id"]
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        assert read(token_for(NEW)).json()["code"] == "invitation_not_valid"
        assert api(cast.harbour.owner).get(INVITATIONS).json()["results"][0]["is_expired"]
        assert api(cast.harbour.owner).post(f"{INVITATIONS}{key}/resend/").json()["is_expired"] is False
        assert read(token_for(NEW)).status_code == 200


def test_a_revoked_invitation_is_gone(cast: Cast, api: Api) -> None:
    key = invite(api, cast).json()["id"]
    client = api(cast.harbour.manager)
    assert client.delete(f"{INVITATIONS}{key}/").status_code == 204
    assert read(token_for(NEW)).status_code == 404
    assert client.delete(f"{INVITATIONS}{key}/").json()["code"] == "invitation_not_valid"
    assert client.post(f"{INVITATIONS}{key}/resend/").json()["code"] == "invitation_not_valid"
    assert client.get(INVITATIONS).json()["results"] == []


def test_another_academys_invitation_is_not_there(cast: Cast, api: Api) -> None:
    key = invite(api, cast).json()["id"]
    client = api(cast.meridian.owner)
    path = f"/api/v1/academies/meridian/invitations/{key}/"
    assert client.delete(path).status_code == 404
    assert client.post(f"{path}resend/").status_code == 404
    assert Invitation.objects.pending().count() == 1


def test_who_accepts_joins_with_role_and_cohort_once(cast: Cast, api: Api) -> None:
    address = cast.outsider.account.email
    invite(api, cast, address, cohort=str(cast.harbour.cohort.pk))
    token, client = token_for(address), api(cast.outsider)
    answer = accept(client, token)
    assert answer.status_code == 200, answer.content
    assert (answer.json()["slug"], answer.json()["role"]) == ("harbour", "learner")
    assert cast.harbour.cohort.members.filter(user=cast.outsider.account).exists()
    assert accept(client, token).json()["code"] == "invitation_not_valid"
    assert JournalEntry.objects.filter(kind="academies.invitation_accepted").count() == 1


def test_an_invitation_is_for_one_address(cast: Cast, api: Api) -> None:
    invite(api, cast)
    answer = accept(api(cast.outsider), token_for(NEW))
    assert (answer.status_code, answer.json()["code"]) == (409, "invited_somebody_else")
    assert NEW not in answer.content.decode()
    assert Invitation.objects.pending().exists()


def test_signing_up_from_the_letter_needs_no_other_letter(cast: Cast, api: Api) -> None:
    invite(api, cast)
    token, client = token_for(NEW), Client()
    proof = read(token).json()["proof"]
    body = {"email": NEW, "name": "Nadia", "password": "quiet-orchard-at-noon", "proof": proof}
    path = "/_allauth/browser/v1/auth/signup"
    assert client.post(path, body, content_type="application/json").status_code == 200
    assert accept(client, token).status_code == 200
    assert [each["slug"] for each in client.get("/api/v1/me/").json()["academies"]] == ["harbour"]
    assert [letter.kind for letter in letters(NEW)] == ["invitation"]


def test_an_invitation_does_not_tell_whether_the_address_has_an_account(cast: Cast, api: Api) -> None:
    known = cast.outsider.account.email
    shown = []
    for address in (NEW, known):
        invite(api, cast, address)
        answer = read(token_for(address)).json()
        shown.append({**answer, "address": "", "proof": "", "expires_at": ""})
    assert shown[0] == shown[1]


def test_a_member_is_not_invited(cast: Cast, api: Api) -> None:
    answer = invite(api, cast, cast.harbour.learner.account.email.upper())
    assert (answer.status_code, answer.json()["code"]) == (409, "already_member")
    assert not Invitation.objects.exists()


def test_who_left_may_be_invited_back(cast: Cast, api: Api) -> None:
    Membership.objects.filter(pk=cast.harbour.learner.membership.pk).update(ended_at=timezone.now())
    address = cast.harbour.learner.account.email
    assert invite(api, cast, address, role="instructor").status_code == 201
    assert accept(api(cast.harbour.learner), token_for(address)).json()["role"] == "instructor"


def test_a_manager_makes_nobody_an_owner(cast: Cast, api: Api) -> None:
    assert invite(api, cast, role="owner", by=cast.harbour.manager).status_code == 403
    assert not Invitation.objects.exists()
    assert letters(NEW) == []
    assert invite(api, cast, role="owner").status_code == 201


def test_a_suspended_academy_invites_nobody_in(cast: Cast, api: Api) -> None:
    invite(api, cast)
    cast.harbour.academy.suspended_at = timezone.now()
    cast.harbour.academy.save()
    assert read(token_for(NEW)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"address": "nobody"},
        {"address": f"{'a' * 250}@example.org"},
        {"address": NEW, "role": "god"},
        {"address": NEW, "cohort": "x"},
        {"address": NEW, "cohort": "01890a5d-ac96-774b-bcce-b302099a8057"},
        {"address": NEW, "academy": "meridian"},
    ],
)
def test_what_is_not_right_is_named(cast: Cast, api: Api, body: dict[str, str]) -> None:
    answer = api(cast.harbour.owner).post(INVITATIONS, body)
    assert answer.status_code == 400
    assert answer.json()["errors"]
    assert not Invitation.objects.exists()


def test_a_foreign_cohort_is_not_there(cast: Cast, api: Api) -> None:
    foreign = Cohort.objects.get(academy=cast.meridian.academy)
    assert invite(api, cast, cohort=str(foreign.pk)).status_code == 400


def test_staff_send_again_and_revoke_in_the_admin(cast: Cast, api: Api) -> None:
    key = invite(api, cast).json()["id"]
    client = Client()
    client.force_login(User.objects.get(pk=cast.staff.account.pk))
    for action in ("send_again", "revoke", "send_again"):
        body = {"action": action, "_selected_action": [key]}
        assert client.post("/admin/academies/invitation/", body).status_code == 302
    assert len(letters(NEW)) == 2
    assert Invitation.objects.get().revoked_at
    assert client.get(f"/admin/academies/invitation/{key}/change/").status_code == 200
    assert b"Revoked" in client.get("/admin/academies/invitation/").content


def test_the_page_of_letters_never_shows_what_they_say(cast: Cast, api: Api) -> None:
    invite(api, cast)
    client = Client()
    client.force_login(cast.staff.account)
    [letter] = letters(NEW)
    for path in ("", f"{letter.pk}/change/"):
        page = client.get(f"/admin/accounts/outgoingmail/{path}")
        assert page.status_code == 200
        assert token_for(NEW) not in page.content.decode()
        assert NEW in page.content.decode()
