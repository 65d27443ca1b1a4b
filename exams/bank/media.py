"""The files of image and audio stimuli: which are taken, and where they are kept.

Stored under a name that holds the digest of the content: the same file is kept once and never overwritten.
"""

import hashlib
from pathlib import PurePosixPath

from django.core.files.base import File
from django.core.files.storage import default_storage

from config.kernel.errors import FieldError
from exams.bank.content import AuthoredStimulus, InvalidItem

MAX_BYTES = 20 * 1024 * 1024
# No SVG: it can carry scripts.
SUFFIXES = {"image": {".png", ".jpg", ".jpeg", ".gif", ".webp"}, "audio": {".mp3", ".ogg", ".m4a", ".wav"}}


def media_name(stimulus: AuthoredStimulus, file: "File[bytes]") -> str:
    """The name under which the file is stored. Raises InvalidItem for a kind or size that is not taken."""
    suffix = PurePosixPath(stimulus.file).suffix.lower()
    taken = SUFFIXES.get(stimulus.kind, set())
    if suffix not in taken:
        raise _refused(stimulus, f"Files of this kind are not taken here; {', '.join(sorted(taken)) or 'none'} are.")
    if file.size > MAX_BYTES:
        raise _refused(stimulus, f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return f"stimuli/{stimulus.code}-{digest.hexdigest()[:24]}{suffix}"


def store(name: str, file: "File[bytes]") -> None:
    """Keep the file under its name, unless it is there already."""
    if not default_storage.exists(name):
        file.seek(0)
        default_storage.save(name, file)


def _refused(stimulus: AuthoredStimulus, detail: str) -> InvalidItem:
    return InvalidItem(
        f"The stimulus {stimulus.code!r} is not right.",
        errors=(FieldError(field="file", code="file", detail=detail),),
    )
