"""Lets go of a server that does not answer, for a moment, so that not every request waits for the same timeout."""

from dataclasses import dataclass
from time import monotonic

import structlog

log = structlog.get_logger()

REST_SECONDS = 2.0


@dataclass
class Breaker:
    """For one use of one server by one process. `consequence` says in the log what its absence means."""

    consequence: str
    _until: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the server is being left alone."""
        return monotonic() < self._until

    def trip(self, error: Exception) -> None:
        """Leave the server alone for a moment, and log that."""
        self._until = monotonic() + REST_SECONDS
        log.error("redis does not answer", consequence=self.consequence, error=type(error).__name__)

    def reset(self) -> None:
        """Ask the server again at once."""
        self._until = 0.0
