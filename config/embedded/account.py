"""Under whose account PostgreSQL runs: it refuses to run as root."""
# ruff: noqa: S603 - runs only programs that were found on this machine

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError
from .layout import Layout
from .tether import tethered


@dataclass(frozen=True, slots=True)
class Account:
    """How to run a program that refuses to be root.

    `uid` and `gid` are those that must own its files, or None where the caller's own files will do.
    """

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    def command(self, *command: str, death_signal: signal.Signals = signal.SIGKILL) -> list[str]:
        """The command line that runs `command` under this account, and not longer than the process that starts it."""
        if self.uid is not None:
            # Not through Python, which the other account may not be able to read.
            return [*self.prefix, "--pdeathsig", death_signal.name.removeprefix("SIG"), "--", *command]
        # Entering the namespace clears the request for the signal: it is made inside.
        return [*self.prefix, *tethered(list(command), death_signal=death_signal, parent=os.getpid())]

    def give(self, path: Path) -> None:
        """Make `path` belong to this account."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def choose_account(layout: Layout) -> Account:
    """The account for the PostgreSQL of `layout`.

    An ordinary user runs it as himself. Root runs it in a user namespace where root has another number (no new user,
    no change of owner), or, where the machine forbids that, as an unprivileged user with the data outside `.local/`.
    Raises `EmbeddedError` where neither works.
    """
    if os.geteuid() != 0:
        return Account()
    owner = _owner_of_the_data(layout)
    if owner == 0 or owner is None:
        inside = _in_a_namespace()
        if inside is not None:
            return inside
    return _as_somebody_else(owner or None)


def _owner_of_the_data(layout: Layout) -> int | None:
    data = layout.postgres / "data"
    return data.stat().st_uid if data.exists() else None


def _in_a_namespace() -> Account | None:
    unshare = shutil.which("unshare")
    somebody = _unprivileged()
    if unshare is None or somebody is None:
        return None
    prefix = (unshare, "--user", f"--map-user={somebody.pw_uid}", f"--map-group={somebody.pw_gid}", "--")
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return Account(prefix) if tried.returncode == 0 else None


def _as_somebody_else(owner: int | None) -> Account:
    setpriv = shutil.which("setpriv")
    somebody = _unprivileged() if owner is None else _known(owner)
    if setpriv is None or somebody is None:
        raise EmbeddedError(
            "PostgreSQL refuses to run as root and neither unshare nor setpriv works here: "
            "use an ordinary user, or set DATABASE_URL."
        )
    uid, gid = somebody.pw_uid, somebody.pw_gid
    prefix = (setpriv, f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--no-new-privs")
    return Account(prefix, uid, gid)


def _unprivileged() -> pwd.struct_passwd | None:
    # initdb looks the number up, so it has to be one that the machine has a name for.
    known = sorted((entry for entry in pwd.getpwall() if entry.pw_uid != 0), key=lambda entry: entry.pw_uid)
    by_name = {entry.pw_name: entry for entry in known}
    return by_name.get("postgres") or by_name.get("nobody") or next(iter(known), None)


def _known(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None
