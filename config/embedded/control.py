"""Start, describe and stop the local servers on request, beyond the life of one process."""

from pathlib import Path

from .errors import EmbeddedError
from .holding import ensure, release, running
from .layout import Layout
from .locks import holders, is_taken


def start(home: Path) -> str:
    """Start the servers and have them stay until `stop`. Returns a line for the person who asked."""
    layout = Layout(home.resolve())
    layout.make()
    ensure(home)
    layout.kept.touch(mode=0o600)
    release(home)
    return "PostgreSQL and Valkey are running and stay until `manage.py services stop`."


def status(home: Path) -> str:
    """What runs and for whom, in a few lines."""
    layout = Layout(home.resolve())
    services = running(layout)
    if services is None:
        return "PostgreSQL and Valkey are not running."
    users = ", ".join(str(number) for number in holders(layout.users_lock)) or "none"
    until = "until `manage.py services stop`" if layout.kept.exists() else "while a process uses them"
    return (
        f"PostgreSQL and Valkey are running, {until}.\n"
        f"  DATABASE_URL={services.database_url}\n"
        f"  REDIS_URL={services.redis_url}\n"
        f"  used by processes: {users}"
    )


def stop(home: Path) -> str:
    """Stop the servers. Raises `EmbeddedError` where other processes use them: those end first."""
    layout = Layout(home.resolve())
    was_running = is_taken(layout.keeper_lock)
    layout.kept.unlink(missing_ok=True)
    users = release(home)
    if users:
        numbers = ", ".join(str(number) for number in users if number)
        raise EmbeddedError(
            f"PostgreSQL and Valkey are in use (processes {numbers or 'unknown'}) and stop when those end."
        )
    return "PostgreSQL and Valkey are stopped." if was_running else "PostgreSQL and Valkey were not running."
