"""Files that wait between the dry run and the confirmation, on the server and under a name that cannot be guessed.

The session keeps what the file is for; the browser knows a token that means nothing in another session.
"""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, BinaryIO, cast
from uuid import UUID, uuid4

from django.contrib.sessions.backends.base import SessionBase
from django.core.files.base import File
from django.core.files.storage import default_storage

from config.kernel.errors import DomainError
from exams.interchange.imports import ImportSource

FOLDER = "imports"
KEPT_FOR = timedelta(hours=24)
_KEY = "item_imports"


class UploadGone(DomainError):
    """The upload was used, given up or too old."""

    code = "upload_gone"
    title = "The upload is gone"
    default_detail = "The uploaded file is no longer here. Upload it again."


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that waits, and how it is to be imported."""

    token: str
    path: str
    source: ImportSource


def keep_upload(
    *, session: SessionBase, bank: UUID, file: "File[bytes]", source_fields: MutableMapping[str, Any], now: datetime
) -> Upload:
    """Store an uploaded file. `source_fields` are those of `ImportSource` but its opener."""
    forget_stale(now=now)
    token = uuid4().hex
    path = default_storage.save(f"{FOLDER}/{token}", file)
    waiting = _waiting(session)
    waiting[token] = {"bank": str(bank), "path": path, **source_fields}
    session[_KEY] = waiting
    return _upload(token, waiting[token])


def kept_upload(*, session: SessionBase, bank: UUID, token: str) -> Upload:
    """The upload that this session made for this bank. Raises UploadGone."""
    record = _waiting(session).get(token)
    if record is None or record["bank"] != str(bank) or not default_storage.exists(record["path"]):
        raise UploadGone
    return _upload(token, record)


def forget_upload(*, session: SessionBase, token: str) -> None:
    """Delete an upload of this session."""
    waiting = _waiting(session)
    record = waiting.pop(token, None)
    session[_KEY] = waiting
    if record is not None:
        default_storage.delete(record["path"])


def forget_stale(*, now: datetime) -> None:
    """Delete the files of people who went away."""
    if not default_storage.exists(FOLDER):
        return
    _, names = default_storage.listdir(FOLDER)
    for name in names:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < now - KEPT_FOR:
            default_storage.delete(path)


def _waiting(session: SessionBase) -> dict[str, dict[str, Any]]:
    return dict(session.get(_KEY) or {})


def _upload(token: str, record: dict[str, Any]) -> Upload:
    path = record["path"]

    def opener() -> BinaryIO:
        return cast(BinaryIO, default_storage.open(path, "rb"))

    fields = {name: value for name, value in record.items() if name not in ("bank", "path")}
    return Upload(token=token, path=path, source=ImportSource(opener=opener, **fields))
