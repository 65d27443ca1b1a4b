"""The platform over HTTP: gunicorn with the settings and the database of the running tests."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.embedded.tether import tethered
from tests.benchmarks.servers import ROOT, end, free_port, wait_until_answered
from tests.browser.gate import GATE, Gate

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Site:
    """Where the platform is served, what its server wrote, and the gate that its requests pass."""

    url: str
    log: Path
    gate: Gate


def in_database(url: str, name: str) -> str:
    """The address of another database on the same server."""
    address, mark, parameters = url.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{mark}{parameters}"


@contextmanager
def running_site(
    *, database: str, log: Path, settings: str = "config.settings.test", **environment: str
) -> Iterator[Site]:
    """The platform on a port of its own with this database, until the end of the block.

    `environment` is added to that of the process, for the settings to read.
    """
    port = free_port()
    # Passkeys want a name.
    url = f"http://localhost:{port}"
    command = [
        *(sys.executable, "-m", "gunicorn", "tests.browser.served:application", "--bind", f"{HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "6"),
        *("--timeout", "60", "--graceful-timeout", "2", "--no-control-socket"),
    ]
    gate = Gate(log.with_suffix(".gate"))
    environment = {
        **os.environ,
        **environment,
        GATE: str(gate.path),
        "DJANGO_SETTINGS_MODULE": settings,
        "SITE_URL": url,
        "DATABASE_URL": in_database(os.environ["DATABASE_URL"], database),
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            # Not left behind when the test run is killed: it would hold on to the database.
            tethered(command, death_signal=signal.SIGTERM, parent=os.getpid()),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=ROOT,
            env=environment,
        )
    try:
        wait_until_answered(port, "/ready", process)
        yield Site(url=url, log=log, gate=gate)
    finally:
        end(process)
