"""Who wants to hear of which event. Each app subscribes in its `subscribers.py`, which its AppConfig imports."""

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from accounts.journal.events import Event
from accounts.journal.models import JournalEntry

E = TypeVar("E", bound=Event)
# The registry cannot know which event each handler takes; `subscribe` checked it.
Handler = Callable[..., None]

_handlers: dict[str, Handler] = {}
_conditions: dict[str, Callable[..., bool]] = {}
_names_by_kind: defaultdict[str, list[str]] = defaultdict(list)


def subscribe(
    event: type[E] | str, *, name: str, when: Callable[[E], bool] | None = None
) -> Callable[[Callable[[E, JournalEntry], None]], Callable[[E, JournalEntry], None]]:
    """Call the decorated `handler(event, entry)` for every such event, at least once, after its transaction.

    `event` is its class, or the kind of a class that need not be loaded yet; `when` says of an event that is being
    recorded whether it matters at all, so that what happens often and rarely matters leaves no deliveries.
    `name` is stable (`gamification.award_xp`): deliveries are stored under it. The handler runs in a transaction of
    its own and must come to the same result when it is called again.
    """

    kind = event if isinstance(event, str) else event.kind

    def register(handler: Callable[[E, JournalEntry], None]) -> Callable[[E, JournalEntry], None]:
        if _handlers.setdefault(name, handler) is not handler:
            msg = f"two subscribers are called {name}"
            raise ValueError(msg)
        if name not in _names_by_kind[kind]:
            _names_by_kind[kind].append(name)
        if when is not None:
            _conditions[name] = when
        return handler

    return register


def unsubscribe(name: str) -> None:
    """Forget a subscriber. What is still on its way to it waits until it is back, and is given up in the end."""
    _handlers.pop(name, None)
    _conditions.pop(name, None)
    for names in _names_by_kind.values():
        if name in names:
            names.remove(name)


def subscribers_of(event: Event) -> tuple[str, ...]:
    """The names of those who want to hear of this event."""
    return tuple(
        name for name in _names_by_kind.get(event.kind, ()) if (when := _conditions.get(name)) is None or when(event)
    )


def handler_of(name: str) -> Handler | None:
    """The handler that subscribed under this name."""
    return _handlers.get(name)
