"""Processes to be killed: a web server and a worker on the database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def environment() -> dict[str, str]:
    """The environment of a process that works on the test's own database."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = connection.settings_dict["NAME"]
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "DATABASE_URL": urlunsplit(address._replace(path=f"/{name}")),
        "LOG_LEVEL": "ERROR",
    }


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def kill(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL to the process and everything that it has started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


@contextmanager
def web(port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A gunicorn with two workers that answers on the port."""
    command = [
        sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}",
        "--workers", "2", "--threads", "4", "--log-level", "error",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=environment(), start_new_session=True)
    try:
        deadline = time.monotonic() + 30
        while not _answers(port):
            assert process.poll() is None, "the server did not start"
            assert time.monotonic() < deadline, "the server does not answer"
            time.sleep(0.05)
        yield process
    finally:
        kill(process)


@contextmanager
def worker(body: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that runs `body` with Django set up."""
    program = f"import django\ndjango.setup()\n{body}"
    process = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment(), start_new_session=True, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        kill(process)


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False
