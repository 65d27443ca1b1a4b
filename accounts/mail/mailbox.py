"""Letters that were written to files instead of being sent, as a developer's or evaluator's machine does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

# What Django's file backend writes behind each message.
_END = b"-" * 79 + b"\n"
_NAME = re.compile(r"[\w-]+\.log")
MOST_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class KeptLetter:
    """One letter. `name` is its file's."""

    name: str
    to: str
    subject: str
    written_at: datetime
    text: str
    html: str


def kept_letters() -> Iterator[KeptLetter]:
    """The letters, the newest first."""
    files = sorted(_folder().glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    return (_read(file) for file in files[:MOST_SHOWN])


def kept_letter(name: str) -> KeptLetter | None:
    """The letter in the file of this name."""
    file = _folder() / name
    return _read(file) if _NAME.fullmatch(name) and file.is_file() else None


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)


def _read(file: Path) -> KeptLetter:
    # Each letter is sent over a connection of its own, so each has a file of its own.
    raw, _, _ = file.read_bytes().partition(_END)
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    return KeptLetter(
        name=file.name,
        to=str(message["To"]),
        subject=str(message["Subject"]),
        written_at=datetime.fromtimestamp(file.stat().st_mtime, tz=UTC),
        text=_part(message, "plain"),
        html=_part(message, "html"),
    )


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
