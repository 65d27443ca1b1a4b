"""Staff who see as somebody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group

from accounts.identity.powers import StaffGroup
from accounts.models import Impersonation, User
from tests.cast import Person, WatchedClient, sign_in
from tests.factories.accounts import UserFactory

END = "/api/v1/impersonation/"
REASON = "Ticket 4711: the result is missing"


def see_as_page(user: User) -> str:
    return f"/admin/accounts/user/{user.pk}/see-as/"


def staff_of(group: StaffGroup = StaffGroup.SUPPORT) -> Person:
    """Somebody in a group of staff."""
    user: User = UserFactory(is_staff=True, name="Sam Support")
    user.groups.add(Group.objects.get(name=group))
    return Person(key="support", user=user)


def begin(client: WatchedClient, user: User, reason: str = REASON) -> Any:
    """Fill in the form of the admin."""
    return client.post(see_as_page(user), {"reason": reason}, format="multipart")


def seeing(user: User, *, staff: Person | None = None) -> WatchedClient:
    """A client of support that sees as this person."""
    client = sign_in(staff or staff_of())
    answer = begin(client, user)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert Impersonation.objects.running().count() == 1
    return client
