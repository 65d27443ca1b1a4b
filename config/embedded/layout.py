"""Where the local servers keep what is theirs."""

import os
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError

# `sun_path` holds 104 to 108 bytes; the name of the socket and a closing zero share them.
LONGEST_SOCKET_PATH = 100
SOCKET_NAME = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Layout:
    """The files below one home (`.local/`, or `.local/test/` for the servers of the test suite)."""

    home: Path

    @property
    def postgres(self) -> Path:
        """The cluster and the password of its role, in one folder so that neither is ever without the other."""
        return self.home / "postgres"

    @property
    def valkey(self) -> Path:
        """Snapshots of Valkey."""
        return self.home / "valkey"

    @property
    def run(self) -> Path:
        """Locks, sockets and the record of what runs: nothing in here outlives its processes in meaning."""
        return self.home / "run"

    @property
    def log(self) -> Path:
        """The servers' logs and the keeper's."""
        return self.home / "log"

    @property
    def record(self) -> Path:
        """Addresses of the running servers (JSON), there exactly while they can be used."""
        return self.run / "services.json"

    @property
    def users_lock(self) -> Path:
        """Held shared by every process that uses the servers, exclusively while they are being stopped."""
        return self.run / "users.lock"

    @property
    def start_lock(self) -> Path:
        """Held by the one process that is starting the keeper."""
        return self.run / "start.lock"

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper for as long as it lives."""
        return self.run / "keeper.lock"

    @property
    def kept(self) -> Path:
        """A marker: the servers stay although no process uses them (`services start`)."""
        return self.run / "kept"

    def make(self) -> None:
        """Make the folders, private to their owner. Raises `EmbeddedError` where they belong to somebody else."""
        try:
            # `parents` would make the folders above with the usual mode: the one around a test home is private too.
            for folder in (self.home.parent, self.home):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for folder in (self.run, self.log):
                folder.mkdir(mode=0o700, exist_ok=True)
            self.run.chmod(0o700)
        except OSError as error:
            raise EmbeddedError(
                f"{self.home} cannot be used: {error.strerror}. Does it belong to another user?"
            ) from error


def socket_fits(folder: Path) -> bool:
    """Whether PostgreSQL's socket in `folder` has a path that the operating system accepts."""
    return len(os.fsencode(folder / SOCKET_NAME)) <= LONGEST_SOCKET_PATH
