"""How a line of the permission table is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.cast import Cast

# Seen from Harbour Academy; `tests.cast.Cast.everybody` has the people.
ROLES = ("owner", "manager", "instructor", "learner", "foreign_owner", "outsider", "staff", "anonymous")


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a request needs: values for the path, a body, headers. Rows that it is about have been made."""

    path: Mapping[str, object] = field(default_factory=dict)
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


def harbour(cast: Cast) -> Given:
    """Harbour Academy itself."""
    return Given(path={"slug": "harbour"})


@dataclass(frozen=True)
class Access:
    """Who gets which status. `given` makes what the request is about; it is called once for each role."""

    statuses: Mapping[str, int]
    given: Callable[[Cast], Given] = harbour


def access(*, given: Callable[[Cast], Given] = harbour, **statuses: int) -> Access:
    """A line of the table: a status for each role. Fails for one that is forgotten."""
    missing = set(ROLES) - set(statuses)
    assert not missing, f"say what {', '.join(sorted(missing))} get"
    return Access(statuses, given)


def members_only(
    *,
    owner: int = 200,
    manager: int = 200,
    instructor: int = 200,
    learner: int = 200,
    given: Callable[[Cast], Given] = harbour,
) -> Access:
    """A route of an academy: who is not a member finds nothing, who is not signed in is asked to."""
    return access(
        owner=owner,
        manager=manager,
        instructor=instructor,
        learner=learner,
        foreign_owner=404,
        outsider=404,
        staff=404,
        anonymous=401,
        given=given,
    )


def everybody(status: int = 200, *, anonymous: int = 401, given: Callable[[Cast], Given] = harbour) -> Access:
    """A route of the signed-in person, whoever that is."""
    return Access({**dict.fromkeys(ROLES, status), "anonymous": anonymous}, given)
