"""PostgreSQL under `.local/`: make a cluster once, start it, stop it."""
# ruff: noqa: S603 - runs only programs that were found on this machine

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from .account import Account, choose_account
from .binaries import PostgresBinaries, find_postgres
from .errors import EmbeddedError
from .layout import Layout, socket_fits
from .logs import last_lines, open_log
from .outside import place_outside, reachable
from .processes import gone, is_of, stop_stranger

ROLE = "proficienthub"
DATABASE = "proficienthub"

# One person's machine: little memory, few connections, nothing over the network.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "32MB",
    "max_wal_size": "256MB",
    "min_wal_size": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}
# A crash of the machine may cost the data, which the test suite makes anew in every run.
THROW_AWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres:
    """The PostgreSQL server of one home."""

    name = "PostgreSQL"

    def __init__(self, layout: Layout, *, durable: bool) -> None:
        self.layout = layout
        self.durable = durable
        self.account: Account = choose_account(layout)
        self.process: subprocess.Popen[bytes] | None = None
        self._binaries: PostgresBinaries | None = None
        self._previous: int | None = None

    @property
    def data(self) -> Path:
        """The cluster's folder, by the path that the account running it can follow."""
        return self.layout.postgres.resolve() / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.layout.log / "postgres.log"

    def prepare(self) -> None:
        """End a server that an earlier keeper left, and see that there is a cluster. Raises `EmbeddedError`."""
        self._previous = self._end_previous()
        version = self.data / "PG_VERSION"
        if version.exists():
            found = find_postgres(major=int(version.read_text().strip()))
            self._binaries = reachable(found, layout=self.layout, account=self.account)
        else:
            self._binaries = reachable(find_postgres(), layout=self.layout, account=self.account)
            _make_cluster(self.layout, self._binaries, self.account, durable=self.durable)

    def start(self) -> None:
        """Start the server; whether it can be used is asked with `is_ready`."""
        if self._binaries is None:
            raise RuntimeError("prepare() comes first")
        settings = {**SETTINGS, **({} if self.durable else THROW_AWAY_SETTINGS)}
        settings["unix_socket_directories"] = _quoted(self._socket_folder())
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command = self.account.command(
            self._binaries.program("postgres"), "-D", str(self.data), *options, death_signal=signal.SIGINT
        )
        environment = {**os.environ, "LC_ALL": "C", "TZ": "UTC"}
        if self._previous is not None:
            # The number in postmaster.pid is known to be nobody's who has this data open (a zombie, or another program
            # that got the number since). PostgreSQL overlooks the number given here and still checks the shared memory
            # of the previous server itself, which it could not if the file were deleted.
            environment["PG_GRANDPARENT_PID"] = str(self._previous)
        with open_log(self.log) as log:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=self.data.anchor
            )

    def is_ready(self) -> bool:
        """Whether it takes connections. Raises `EmbeddedError` when it has ended instead."""
        if self._binaries is None or self.process is None:
            return False
        if self.process.poll() is not None:
            raise EmbeddedError(f"PostgreSQL did not start; {self.log} ends with: {last_lines(self.log)}")
        # pg_isready and not a look at the process: a zombie is a process too.
        asked = subprocess.run(
            [
                self._binaries.program("pg_isready"),
                "-q",
                "-h",
                str(self._socket_folder()),
                "-t",
                "2",
                "-d",
                "postgres",
                "-U",
                ROLE,
            ],
            check=False,
        )
        return asked.returncode == 0

    def stop(self) -> None:
        """Stop it in order: connections are ended, the data is written."""
        process, self.process = self.process, None
        if process is not None:
            for asked, seconds in ((signal.SIGINT, 20), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
                with suppress(ProcessLookupError):
                    process.send_signal(asked)
                if gone(process, seconds=seconds):
                    break
        self._leave_short_folder()

    def url(self) -> str:
        """The address for the application's role."""
        password = (self.layout.postgres / "password").read_text()
        return f"postgresql://{ROLE}:{password}@/{DATABASE}?host={quote(str(self._socket_folder()), safe='')}"

    def discard(self) -> None:
        """Throw the cluster away. Only for data that is not durable."""
        if self.durable:
            raise RuntimeError("durable data is never discarded")
        shutil.rmtree(self.layout.postgres.resolve(), ignore_errors=True)

    def _end_previous(self) -> int | None:
        """End a server whose keeper died. Returns the number in postmaster.pid, which means nothing any more."""
        try:
            number = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        if is_of(number, argument=str(self.data)):
            stop_stranger(number, (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL))
        return number

    def _socket_folder(self) -> Path:
        if self.account.uid is not None:
            if self.layout.postgres.is_symlink():
                return self.layout.postgres.resolve().parent / "run"
            self.account.give(self.layout.run)
        if socket_fits(self.layout.run):
            return self.layout.run
        return _short_folder(self.layout.run / "sockets")

    def _leave_short_folder(self) -> None:
        link = self.layout.run / "sockets"
        if link.is_symlink():
            with suppress(OSError):
                link.readlink().rmdir()
            link.unlink(missing_ok=True)


def _make_cluster(layout: Layout, binaries: PostgresBinaries, account: Account, *, durable: bool) -> None:
    """Make the cluster next to its place and move it there when it is whole: one cut short is never taken for one."""
    place = layout.postgres
    if account.uid is not None:
        place = place_outside(layout, account)
        if (place / "data" / "PG_VERSION").exists():
            return
    for left in place.parent.glob(f"{place.name}.new-*"):
        shutil.rmtree(left, ignore_errors=True)
    if place.exists() and any(place.iterdir()):
        raise EmbeddedError(f"{place} is there but holds no PostgreSQL data: move it away and try again.")
    draft = Path(tempfile.mkdtemp(prefix=f"{place.name}.new-", dir=place.parent))
    account.give(draft)
    _initdb(draft / "data", binaries, account, durable=durable)
    password = secrets.token_hex(24)
    # The bootstrap superuser cannot sign in at all: nothing local needs it, and it would pass by row-level security.
    (draft / "data" / "pg_hba.conf").write_text(f"local all {ROLE} scram-sha-256\n")
    _single_user(
        draft / "data",
        binaries,
        account,
        f"CREATE ROLE {ROLE} LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS PASSWORD '{password}';\n"
        f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n",
    )
    secret = draft / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if place.exists():
        place.rmdir()
    draft.rename(place)


def _initdb(data: Path, binaries: PostgresBinaries, account: Account, *, durable: bool) -> None:
    # C.UTF-8 knows the letters of every language and sorts the same on every machine. PostgreSQL brings its own from
    # version 17 on; older ones use the operating system's, where it has one.
    built_in = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    attempts = [built_in] if binaries.major >= 17 else [["--locale=C.UTF-8"], ["--locale=C"]]
    said = ""
    for locale in attempts:
        command = [
            binaries.program("initdb"),
            "-D",
            str(data),
            "-U",
            "postgres",
            "--encoding=UTF8",
            "--auth=reject",
            *locale,
        ]
        options = ["--no-instructions", *([] if durable else ["--no-sync"])]
        made = subprocess.run(
            account.command(*command, *options),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
            cwd=data.anchor,
        )
        if made.returncode == 0:
            return
        said = " ".join((made.stderr or made.stdout).split())[-400:]
        shutil.rmtree(data, ignore_errors=True)
    raise EmbeddedError(f"The local PostgreSQL cluster could not be made: {said}")


def _single_user(data: Path, binaries: PostgresBinaries, account: Account, sql: str) -> None:
    # Before there is a server, so that no account that could do this has to be able to sign in later.
    done = subprocess.run(
        account.command(binaries.program("postgres"), "--single", "-j", "-D", str(data), "postgres"),
        input=sql.replace(";\n", ";\n\n"),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TZ": "UTC", "LC_ALL": "C"},
        cwd=data.anchor,
    )
    if done.returncode != 0 or "ERROR:" in done.stderr:
        # The password stands in the statement that the server quotes: only the reason is passed on.
        reason = [line for line in done.stderr.splitlines() if "ERROR:" in line or "FATAL:" in line]
        raise EmbeddedError(f"The local database could not be made: {' '.join(reason)}")


def _short_folder(link: Path) -> Path:
    """A private folder with a short path, remembered by a symlink."""
    if link.is_symlink():
        folder = link.readlink()
        with suppress(OSError):
            there = folder.lstat()
            if (
                folder.is_dir()
                and not folder.is_symlink()
                and there.st_uid == os.geteuid()
                and there.st_mode & 0o077 == 0
            ):
                return folder
        link.unlink()
    # The system's own temporary folder may be deep as well (TMPDIR).
    for parent in (tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp makes it private  # nosec B108
        if Path(parent).is_dir() and socket_fits(Path(parent) / "proficienthub-12345678"):
            folder = Path(tempfile.mkdtemp(prefix="proficienthub-", dir=parent))
            link.symlink_to(folder)
            return folder
    raise EmbeddedError(
        f"No folder has a path short enough for a socket, not even {tempfile.gettempdir()}: set TMPDIR."
    )


def _quoted(folder: Path) -> str:
    # A list in PostgreSQL's own notation: a name with a comma or a space is quoted.
    return '"' + str(folder).replace('"', '""') + '"'
