"""What the tests of the local servers share: a home, programs that use it, and a look at what is left of it."""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from config.embedded import Layout, control

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = ROOT / "config" / "embedded" / "launch.py"

# Loads the package the way the keeper does, which is quicker than importing all of `config`.
PREAMBLE = """
import runpy, sys
sys.argv = ["program"]
launch = runpy.run_path({launch!r})
found = launch["importlib"].util.spec_from_file_location(
    "embedded", launch["PACKAGE"] / "__init__.py", submodule_search_locations=[str(launch["PACKAGE"])]
)
package = launch["importlib"].util.module_from_spec(found)
sys.modules["embedded"] = package
found.loader.exec_module(package)
import signal, time
from pathlib import Path
from embedded import ensure, release
home = Path({home!r})
"""


@contextmanager
def temporary_home(*, below: Path | None = None) -> Iterator[Path]:
    """A home with a short path, whose servers are stopped and whose files are gone afterwards."""
    parent = below or Path(tempfile.mkdtemp(prefix="ph-", dir="/tmp"))
    home = parent / "home"
    try:
        yield home
    finally:
        kill_all(home)
        wait_for(lambda: not processes_of(home))
        shutil.rmtree(parent, ignore_errors=True)


def program(home: Path, body: str) -> list[str]:
    """The command line of a small program that has `ensure`, `release` and `home`."""
    return [sys.executable, "-c", PREAMBLE.format(launch=str(LAUNCH), home=str(home)) + textwrap.dedent(body)]


def run(home: Path, body: str) -> str:
    """Run such a program and return what it prints."""
    done = subprocess.run(program(home, body), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def start(home: Path, body: str) -> subprocess.Popen[str]:
    """Start such a program in a session of its own, as from another terminal."""
    return subprocess.Popen(program(home, body), stdout=subprocess.PIPE, text=True, start_new_session=True)


def kill_all(home: Path) -> None:
    """`kill -9` of everything that belongs to a home. The death of one may end the next before its turn comes."""
    for process in processes_of(home):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def processes_of(home: Path) -> list[psutil.Process]:
    """Every living process of the local servers of `home`, keeper included."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.status() != psutil.STATUS_ZOMBIE and _belongs(process, home):
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_for(right: Callable[[], bool], *, seconds: float = 15) -> bool:
    """Whether it becomes so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if right():
            return True
        time.sleep(0.05)
    return False


def stop(home: Path) -> None:
    """Stop the servers of `home` and see that nothing is left."""
    control.stop(home)
    assert processes_of(home) == []
    assert not Layout(home).record.exists()


def _belongs(process: psutil.Process, home: Path) -> bool:
    if process.pid == os.getpid():
        return False
    line = " ".join(process.cmdline())
    if str(home) in line and ("postgres" in line or "valkey" in line or "launch.py keeper" in line):
        return True
    # PostgreSQL's own children rename themselves; they stay in the folder of the cluster.
    return line.startswith("postgres:") and Path(process.cwd()) == (home / "postgres" / "data").resolve()
