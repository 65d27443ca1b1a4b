"""What the platform holds about people: each app says so for its own models, in its `personal.py`.

    hold(
        "memberships",                       # the name of the files in an export
        Membership,
        owner="user",                        # the way from a row to the person
        exported=("academy__name", "role", "created_at"),
        erased={"note": ""},                 # column → what stands there afterwards
        kept={"role": "What was done with it stays explained."},
    )
    nothing_about_people(Academy, because="an academy is no person")

An architecture test goes through every model and fails for a field that could be personal and is in none of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from accounts.identity.models import User

Rows = Callable[[User], "models.QuerySet[Any]"]
# A step of an erasure that columns cannot say. It may be repeated.
Step = Callable[[User, datetime], None]
# Raises a `DomainError` for a person who must not be erased yet.
Objection = Callable[[User], None]

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one model holds about a person."""

    subject: str
    model: type[models.Model]
    rows: Rows
    exported: Sequence[str] = ()
    # The whole row goes.
    is_deleted: bool = False
    erased: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)
    step: Step | None = None

    def values(self, user: User) -> Iterator[dict[str, Any]]:
        """The exported columns of each row, a batch in memory at a time."""
        rows = self.rows(user).order_by("pk").values(*self.exported)
        return iter(rows.iterator(chunk_size=BATCH))

    def erase(self, user: User, *, now: datetime) -> None:
        """Do what is declared. Repeating it changes nothing more."""
        if self.step is not None:
            self.step(user, now)
        if self.is_deleted:
            self.rows(user).order_by().delete()
        elif self.erased:
            self.rows(user).order_by().update(**self.erased)


_holdings: dict[type[models.Model], Holding] = {}
_impersonal: dict[type[models.Model], str] = {}
_objections: list[Objection] = []


def hold(
    subject: str,
    model: type[models.Model],
    *,
    owner: str = "",
    rows: Rows | None = None,
    exported: Sequence[str] = (),
    is_deleted: bool = False,
    erased: Mapping[str, Any] | None = None,
    kept: Mapping[str, str] | None = None,
    step: Step | None = None,
) -> None:
    """Say what a model holds about people. Rows are found by `owner`, the path of a look-up, or by `rows`."""
    manager: models.Manager[Any] = model.objects  # type: ignore[attr-defined]  # every model has it
    _holdings[model] = Holding(
        subject=subject,
        model=model,
        rows=rows or (lambda user: manager.filter(**{owner: user.pk})),
        exported=exported,
        is_deleted=is_deleted,
        erased=erased or {},
        kept=kept or {},
        step=step,
    )


def nothing_about_people(*kinds: type[models.Model], because: str) -> None:
    """Say that models hold nothing about a person."""
    _impersonal.update(dict.fromkeys(kinds, because))


def object_to_erasure(objection: Objection) -> Objection:
    """Decorator: ask before somebody is erased."""
    _objections.append(objection)
    return objection


def holdings() -> list[Holding]:
    """What is held, in the order of registration: the lower apps first, the person themselves last of all."""
    return sorted(_holdings.values(), key=lambda holding: holding.model is User)


def impersonal() -> Mapping[type[models.Model], str]:
    """Models without anything about people, and why."""
    return _impersonal


def require_no_objection(user: User) -> None:
    """Raises the `DomainError` of the first who objects."""
    for objection in _objections:
        objection(user)
