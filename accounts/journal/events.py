"""The base of every event, and the way of an event into JSON and back.

An event says what happened, in the past tense, as a frozen dataclass of plain values:

    @dataclass(frozen=True, kw_only=True)
    class ExtraTimeGranted(Event):
        kind = "exams.extra_time_granted"
        attempt_id: UUID
        minutes: int

A field that is added gets a default. Any other change raises `version` and teaches `upgrade` the older shape, because
entries are kept for ever as they were written.

An event that a security review asks for says so in one line, `severity = Severity.NOTICE`. Its entry then keeps where
the request came from, and the Security page shows it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, ClassVar
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

_kinds: dict[str, type["Event"]] = {}


class UnknownEvent(LookupError):
    """No event class of this kind, or none that reads this version. Raised when reading, never when recording."""


class Severity(IntEnum):
    """How much an event matters to who watches over security."""

    NONE = 0
    NOTICE = 1
    WARNING = 2
    ALARM = 3


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happened. `kind` is stable and starts with the app's label (`exams.attempt_marked`)."""

    kind: ClassVar[str]
    version: ClassVar[int] = 1
    severity: ClassVar[Severity] = Severity.NONE

    academy_id: UUID | None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        kind = cls.__dict__.get("kind")
        if kind is None:
            return
        taken = _kinds.setdefault(kind, cls)
        # A dataclass with slots is made twice under one name; anything else is a clash.
        if (taken.__module__, taken.__qualname__) != (cls.__module__, cls.__qualname__):
            msg = f"two events are called {kind}: {taken.__qualname__} and {cls.__qualname__}"
            raise TypeError(msg)
        _kinds[kind] = cls

    @property
    def subject_id(self) -> str:
        """What the event is mostly about, for the history of an object. None by default."""
        return ""

    def sentence(self) -> str:
        """What happened, for a person who reads the journal; without the actor, who has a column of their own."""
        words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", type(self).__name__)
        return words.capitalize()

    @classmethod
    def upgrade(cls, payload: dict[str, Any], *, version: int) -> dict[str, Any]:
        """The payload of an older version in the present shape. Raises `UnknownEvent` for one that nobody can read."""
        msg = f"{cls.kind} cannot read version {version}"
        raise UnknownEvent(msg)


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something about one person, in no academy."""

    academy_id: UUID | None = None
    user_id: UUID

    @property
    def subject_id(self) -> str:
        """The person."""
        return str(self.user_id)


_adapters: dict[type[Event], TypeAdapter[Any]] = {}


def _adapter(cls: type[Event]) -> TypeAdapter[Any]:
    return _adapters.get(cls) or _adapters.setdefault(cls, TypeAdapter(cls))


def payload_of(event: Event) -> dict[str, Any]:
    """The event's own fields as JSON values; the academy has a column of its own and stays out."""
    payload: dict[str, Any] = _adapter(type(event)).dump_python(event, mode="json", warnings="error")
    del payload["academy_id"]
    return payload


def event_class(kind: str) -> type[Event]:
    """The class of a kind. Raises `UnknownEvent`."""
    try:
        return _kinds[kind]
    except KeyError:
        msg = f"no event is called {kind}"
        raise UnknownEvent(msg) from None


def event_kinds() -> Mapping[str, type[Event]]:
    """Every event that the running code knows, by kind."""
    return dict(sorted(_kinds.items()))


def event_from(*, kind: str, version: int, academy_id: UUID | None, payload: Mapping[str, Any]) -> Event:
    """The event that was written as `payload`, in the present shape of its class. Raises `UnknownEvent`."""
    cls = event_class(kind)
    fields = dict(payload)
    if version < cls.version:
        fields = cls.upgrade(fields, version=version)
    elif version > cls.version:
        msg = f"{kind} version {version} was written by newer code"
        raise UnknownEvent(msg)
    try:
        event: Event = _adapter(cls).validate_python({**fields, "academy_id": academy_id})
    except ValidationError as error:
        msg = f"{kind} version {version} does not fit its class: {error.error_count()} fields"
        raise UnknownEvent(msg) from error
    return event


def security_kinds() -> tuple[str, ...]:
    """The kinds of the events that are marked with a severity."""
    return tuple(kind for kind, event in event_kinds().items() if event.severity)
