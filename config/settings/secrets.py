"""Secrets of a local installation: made once, kept under `.local/`, readable by their owner alone."""

import os
import secrets
from pathlib import Path


def local_secret(home: Path, name: str) -> str:
    """The secret called `name`, made at the first call. Two processes that start at once agree on one value."""
    folder = home / "secrets"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / name
    if not path.exists():
        draft = folder / f".{name}.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its value counts
        finally:
            draft.unlink()
    return path.read_text()
