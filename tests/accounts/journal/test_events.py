"""Events into JSON and back."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.journal.events import Event, UnknownEvent, event_from, payload_of
from tests.accounts.journal.events import EverythingHappened, LampLit

LAMP = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
times = st.datetimes(timezones=st.just(UTC))
everything = st.builds(
    EverythingHappened,
    academy_id=st.none() | st.uuids(),
    thing_id=st.uuids(),
    at=times,
    price=st.decimals(allow_nan=False, allow_infinity=False),
    count=st.integers(),
    share=st.floats(allow_nan=False, allow_infinity=False),
    text=st.text(st.characters(exclude_categories=["Cs"])),
    is_true=st.booleans(),
    maybe=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    ids=st.lists(st.uuids(), max_size=3),
    times=st.lists(times, max_size=3),
    texts=st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3),
)


@given(everything)
def test_an_event_comes_back_from_json_as_it_was(event: EverythingHappened) -> None:
    payload = json.loads(json.dumps(payload_of(event)))
    again = event_from(kind=event.kind, version=event.version, academy_id=event.academy_id, payload=payload)
    assert again == event
    assert type(again) is EverythingHappened
    assert {name: type(value) for name, value in vars(again).items()} == {
        name: type(value) for name, value in vars(event).items()
    }


def test_an_older_version_is_read_in_the_present_shape() -> None:
    event = event_from(kind="tests.lamp_lit", version=1, academy_id=None, payload={"lamp_id": str(LAMP), "candles": 4})
    assert event == LampLit(academy_id=None, lamp_id=LAMP, watts=50)


@pytest.mark.parametrize(
    ("kind", "version", "payload"),
    [
        ("tests.nobody_wrote_this", 1, {}),
        ("tests.lamp_lit", 3, {"lamp_id": str(LAMP), "watts": 1}),
        ("tests.lamp_lit", 2, {"lamp_id": "seven", "watts": 1}),
        ("tests.lamp_lit", 2, {}),
        ("tests.everything_happened", 0, {}),
    ],
)
def test_what_cannot_be_read_is_named(kind: str, version: int, payload: dict[str, object]) -> None:
    with pytest.raises(UnknownEvent):
        event_from(kind=kind, version=version, academy_id=None, payload=payload)


def test_two_events_cannot_share_a_kind() -> None:
    def make(name: str) -> Callable[[], type[Event]]:
        return lambda: dataclass(frozen=True, kw_only=True)(
            type(name, (Event,), {"kind": "tests.shared", "__annotations__": {}})
        )

    make("First")()
    with pytest.raises(TypeError, match="two events"):
        make("Second")()


def test_an_event_reads_as_a_sentence() -> None:
    assert LampLit(academy_id=None, lamp_id=LAMP, watts=1).sentence() == "Lamp lit"
