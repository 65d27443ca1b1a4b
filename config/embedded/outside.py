"""A place that another account can reach, for when root's own folders are closed to the one PostgreSQL has."""
# ruff: noqa: S603 - runs only programs that were found on this machine

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from .account import Account
from .binaries import PostgresBinaries
from .errors import EmbeddedError
from .layout import Layout

# Kept across restarts of the machine, and open to every account, unlike `/root`.
PARENT = Path("/var/tmp")  # noqa: S108 - a folder of its own is made there, and its owner checked  # nosec B108


def place_outside(layout: Layout, account: Account) -> Path:
    """Where the cluster of `layout` goes, with a symlink to it where it is looked for. Raises `EmbeddedError`."""
    base = _base(layout)
    run = base / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    account.give(run)
    if not layout.postgres.is_symlink():
        layout.postgres.symlink_to(base / "postgres")
    return base / "postgres"


def reachable(binaries: PostgresBinaries, *, layout: Layout, account: Account) -> PostgresBinaries:
    """The same programs where `account` can run them: as they are, or copied outside. Raises `EmbeddedError`."""
    if account.uid is None or _runs(binaries, account):
        return binaries
    # The wheel keeps its libraries next to the package: both folders go along, at the same distance.
    package = binaries.folder.parents[1]
    target = _base(layout) / "programs"
    copied = PostgresBinaries(target / package.name / binaries.folder.parent.name / "bin", binaries.major)
    if not copied.folder.exists():
        for folder in (target, target / package.name):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, target / libraries.name, dirs_exist_ok=True)
        shutil.copytree(binaries.folder.parent, copied.folder.parent, dirs_exist_ok=True, symlinks=True)
    if not _runs(copied, account):
        raise EmbeddedError(f"{binaries.folder} cannot be run by an account other than root: set DATABASE_URL.")
    return copied


def _base(layout: Layout) -> Path:
    base = PARENT / f"proficienthub-{hashlib.sha256(os.fsencode(layout.home)).hexdigest()[:12]}"
    base.mkdir(mode=0o711, exist_ok=True)
    if base.is_symlink() or base.stat().st_uid != os.geteuid():
        raise EmbeddedError(f"{base} belongs to somebody else: remove it and try again.")
    # The usual mask would have closed it to the other account.
    base.chmod(0o711)
    return base


def _runs(binaries: PostgresBinaries, account: Account) -> bool:
    asked = account.command(binaries.program("initdb"), "--version")
    return subprocess.run(asked, capture_output=True, check=False, cwd="/").returncode == 0
