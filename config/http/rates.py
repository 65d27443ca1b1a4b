"""How a rate is written down: so many requests in so long, and what happens to them while nobody can count."""

from dataclasses import dataclass, field
from typing import Literal

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True, slots=True)
class Rate:
    """`Rate("600/m")`: 600 requests in a minute; the units are s, m, h and d.

    While Redis is away a rate is open: requests pass uncounted. One that keeps an attacker from guessing is closed.
    """

    text: str
    when_redis_is_away: Literal["open", "closed"] = "open"
    limit: int = field(init=False)
    seconds: int = field(init=False)

    def __post_init__(self) -> None:
        limit, _, unit = self.text.partition("/")
        object.__setattr__(self, "limit", int(limit))
        object.__setattr__(self, "seconds", _SECONDS[unit])

    @property
    def is_open_without_redis(self) -> bool:
        """Whether requests pass while nobody can count them."""
        return self.when_redis_is_away == "open"
