"""Use the local servers: start them where they do not run, and hold them for as long as this process lives."""

import atexit
import json
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError
from .keeper_start import start_keeper
from .layout import Layout
from .locks import FileLock, holders, is_taken

WAIT_SECONDS = 90
STOP_SECONDS = 40
PAUSE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Services:
    """Addresses of running servers."""

    home: Path
    database_url: str
    redis_url: str
    keeper: int


@dataclass(slots=True)
class _Hold:
    lock: FileLock
    services: Services


_holds: dict[Path, _Hold] = {}
_keepers: set[int] = set()


def ensure(home: Path, *, durable: bool = True) -> Services:
    """The servers of `home`, started if need be and held until this process ends or calls `release`.

    A second call in the same process is cheap, and after a crash of the servers brings them back. `durable=False` is
    for data that may be lost with the machine (tests). Raises `EmbeddedError` where the servers cannot be had.
    """
    layout = Layout(home.resolve())
    layout.make()
    hold = _holds.get(layout.home)
    lock = hold.lock if hold else FileLock(layout.users_lock)
    if not lock.is_held:
        lock.wait_shared(seconds=WAIT_SECONDS, why="The local servers have been stopping for too long.")
    try:
        services = running(layout) or _start(layout, durable=durable)
    except BaseException:
        if hold is None:
            lock.release()
        raise
    _holds[layout.home] = _Hold(lock, services)
    return services


def is_used_here(home: Path) -> bool:
    """Whether this process holds the servers of `home`."""
    return home.resolve() in _holds


def running(layout: Layout) -> Services | None:
    """The servers of `layout` if they can be used right now."""
    if not is_taken(layout.keeper_lock):
        return None
    try:
        record = json.loads(layout.record.read_text())
    except (OSError, ValueError):
        return None
    return Services(layout.home, record["database_url"], record["redis_url"], record["keeper"])


def release(home: Path) -> list[int]:
    """Stop using the servers of `home`; wait until they are stopped unless others use them.

    Returns the processes that still use them (as far as known), or an empty list when the servers are gone or are kept.
    """
    layout = Layout(home.resolve())
    hold = _holds.pop(layout.home, None)
    if hold is not None:
        hold.lock.release()
    return wait_until_stopped(layout)


def release_all() -> None:
    """`release` everything that this process holds."""
    for home in list(_holds):
        with suppress(EmbeddedError):
            release(home)


def release_all_at_exit() -> None:
    """See to it that the servers are gone when this process is, rather than a moment later."""
    atexit.unregister(release_all)
    atexit.register(release_all)


def wait_until_stopped(layout: Layout) -> list[int]:
    """Ask the keeper to stop without lingering and wait for it. Returns who still uses the servers, if anybody does."""
    services = running(layout)
    if services is not None and not layout.kept.exists():
        with suppress(ProcessLookupError):
            os.kill(services.keeper, signal.SIGUSR1)
    deadline = time.monotonic() + STOP_SECONDS
    while is_taken(layout.keeper_lock) and not layout.kept.exists():
        if _is_used(layout):
            return holders(layout.users_lock) or [0]
        if time.monotonic() > deadline:
            raise EmbeddedError(f"The local servers do not stop; see {layout.log}.")
        time.sleep(PAUSE_SECONDS)
    _bury_keepers()
    return []


def _start(layout: Layout, *, durable: bool) -> Services:
    starting = FileLock(layout.start_lock)
    starting.wait_exclusive(
        seconds=WAIT_SECONDS, why="Another process has been starting the local servers for too long."
    )
    try:
        deadline = time.monotonic() + WAIT_SECONDS
        while True:
            # Somebody else may have started them while this process waited, and a keeper without a record is
            # bringing its servers back at this moment.
            services = running(layout)
            if services is not None:
                return services
            if not is_taken(layout.keeper_lock):
                _bury_keepers()
                _keepers.add(start_keeper(layout, durable=durable))
            elif time.monotonic() > deadline:
                raise EmbeddedError(f"The local servers do not become ready; see {layout.log}.")
            else:
                time.sleep(PAUSE_SECONDS)
    finally:
        starting.release()


def _is_used(layout: Layout) -> bool:
    """Whether anybody holds the servers. The keeper's own lock while it stops them does not count."""
    probe = FileLock(layout.users_lock)
    if probe.try_exclusive():
        probe.release()
        return False
    if probe.try_shared():
        probe.release()
        # Shared but not alone: users, unless the keeper tried the lock at the same moment; the table tells.
        return bool(holders(layout.users_lock)) or not Path("/proc/locks").exists()
    return False


def _bury_keepers() -> None:
    """Keepers that this process started and that have ended would stay in the process table as zombies."""
    for number in list(_keepers):
        try:
            ended, _ = os.waitpid(number, os.WNOHANG)
        except ChildProcessError:
            ended = number
        if ended:
            _keepers.discard(number)
