"""The servers that are measured: a database and a Redis of their own, and gunicorn as production runs it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
import redis
from psycopg import conninfo

from config.embedded import ensure, release
from config.embedded.tether import tethered
from tests.benchmarks.load import HOST

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / ".local" / "bench"
DATABASE = "bench"
WORKERS, THREADS = 2, 4
START_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class Cpu:
    """Seconds of processor time, by whom."""

    web: float
    postgres: float
    valkey: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.web + self.postgres + self.valkey

    def since(self, before: "Cpu") -> "Cpu":
        """What was used in between."""
        return Cpu(
            web=self.web - before.web, postgres=self.postgres - before.postgres, valkey=self.valkey - before.valkey
        )


@dataclass(frozen=True, kw_only=True)
class Servers:
    """PostgreSQL with the settings of a durable local installation (synchronous commit), and Valkey."""

    keeper: int
    database_url: str
    redis_url: str

    def seconds(self) -> tuple[float, float]:
        """Processor time of PostgreSQL and of Valkey so far."""
        postgres = valkey = 0.0
        for process in tree(self.keeper)[1:]:
            if "valkey" in process.name or "redis" in process.name:
                valkey += process.seconds
            else:
                postgres += process.seconds
        return postgres, valkey


@dataclass(frozen=True, kw_only=True)
class Web:
    """A running gunicorn."""

    port: int
    master: int
    servers: Servers

    def cpu(self) -> Cpu:
        """Processor time so far, that of the database and Redis included."""
        postgres, valkey = self.servers.seconds()
        return Cpu(web=sum(process.seconds for process in tree(self.master)), postgres=postgres, valkey=valkey)

    def resident_bytes(self) -> int:
        """Resident memory of the workers."""
        workers = psutil.Process(self.master).children()
        return sum(worker.memory_info().rss for worker in workers)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One process of a tree at some moment."""

    name: str
    seconds: float


def tree(root: int) -> list[Seen]:
    """A process and all below it. Their time includes that of children that have ended."""
    found = []
    top = psutil.Process(root)
    for process in [top, *top.children(recursive=True)]:
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            found.append(Seen(name=process.name(), seconds=sum(times[:4])))
    return found


def proportional_bytes(roots: list[int]) -> int:
    """Memory of these processes and all below them, shared pages counted in shares (PSS)."""
    total = 0
    for root in roots:
        top = psutil.Process(root)
        for process in [top, *top.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += process.memory_full_info().pss
    return total


@contextmanager
def servers() -> Iterator[Servers]:
    """The benchmarks' own servers with an empty database, their addresses in the environment."""
    services = ensure(HOME, durable=True)
    try:
        url = _fresh_database(services.database_url)
        redis.Redis.from_url(services.redis_url).flushall()
        os.environ.update(DATABASE_URL=url, REDIS_URL=services.redis_url)
        yield Servers(keeper=services.keeper, database_url=url, redis_url=services.redis_url)
    finally:
        release(HOME)


@contextmanager
def web(application: str, at: Servers, *, ready_path: str) -> Iterator[Web]:
    """gunicorn with an application, ready to answer, until the end of the block."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", str(WORKERS), "--threads", str(THREADS)),
        *("--timeout", "60", "--graceful-timeout", "5", "--no-control-socket"),
    ]
    process = subprocess.Popen(
        tethered(command, death_signal=signal.SIGTERM, parent=os.getpid()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
    )
    try:
        wait_until_answered(port, ready_path, process)
        yield Web(port=port, master=process.pid, servers=at)
    finally:
        end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask a program to end, and see that it does."""
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def free_port() -> int:
    """A port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_answered(port: int, path: str, process: "subprocess.Popen[bytes]") -> None:
    """Return as soon as the server answers anything but a failure. Raises TimeoutError."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        with suppress(OSError), socket.create_connection((HOST, port), timeout=5) as connection:
            connection.sendall(f"GET {path} HTTP/1.0\r\nHost: {HOST}\r\n\r\n".encode())
            status = connection.recv(64)[9:12]
            if status and not status.startswith(b"5"):
                return
        time.sleep(0.1)
    raise TimeoutError(f"nothing answered on port {port} for {START_SECONDS} s")


def _fresh_database(url: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        connection.execute(f"CREATE DATABASE {DATABASE}")
    name = conninfo.conninfo_to_dict(url)["dbname"]
    return url.replace(f"/{name}?", f"/{DATABASE}?")
