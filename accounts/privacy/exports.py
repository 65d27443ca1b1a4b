"""Handing a person everything that is held about them: asking, making the file, fetching it, forgetting it."""

import tempfile
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from celery import current_app
from django.conf import settings
from django.core import signing
from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import transaction
from kombu.exceptions import OperationalError

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from accounts.privacy.archive import write_archive
from accounts.privacy.events import DataExportAsked, DataExportFetched
from accounts.privacy.models import EXPORT_KEPT, DataExport

log = structlog.get_logger(__name__)

MAKE_EXPORT = "accounts.privacy.make_export"
MAX_TRIES = 5
# Longer than a task may run: who has not finished by then is dead.
LEASE = timedelta(minutes=10)
_SALT = "accounts.privacy.export"


def private_storage() -> Storage:
    """Where the files lie; no route serves it as a folder."""
    return storages["private"]


@transaction.atomic
def ask_for_export(*, user: User, actor: User, now: datetime) -> tuple[DataExport, bool]:
    """The person wants everything; says also whether this is a new wish. One that is not finished yet is that one."""
    User.objects.select_for_update().get(pk=user.pk)
    running = DataExport.objects.filter(user=user, state__in=DataExport.OPEN).first()
    if running is not None:
        return running, False
    export: DataExport = DataExport.objects.create(user=user, due_at=now, asked_at=now)
    record(DataExportAsked(user_id=user.pk), actor=actor, now=now)
    transaction.on_commit(lambda: _hurry(export.pk))
    return export, True


def make_due_exports(*, now: datetime) -> int:
    """Make every file that is due; says how many were made."""
    made = 0
    while (export := _claim(None, now=now)) is not None:
        made += _make(export, now=now)
    return made


def make_export(*, export: UUID, now: datetime) -> bool:
    """Make one file, unless somebody has or is about to."""
    claimed = _claim(export, now=now)
    return claimed is not None and _make(claimed, now=now)


def forget_old_exports(*, now: datetime) -> int:
    """Delete the files whose time is over."""
    old = DataExport.objects.filter(state=DataExport.State.READY, expires_at__lte=now)
    for export in old:
        forget_export(export)
    return len(old)


def forget_export(export: DataExport) -> None:
    """Delete the file. The row says that it was there."""
    private_storage().delete(export.file_name)
    DataExport.objects.filter(pk=export.pk).update(state=DataExport.State.EXPIRED, size=0)


def download_token(export: DataExport) -> str:
    """What a link needs to fetch the file, besides its owner's session."""
    return signing.dumps(str(export.pk), salt=_SALT)


@transaction.atomic
def fetch_export(*, user: User, export: UUID, token: str, now: datetime) -> "tuple[DataExport, File[bytes]] | None":
    """The file, for its owner with a valid link; None for anybody and anything else."""
    found: DataExport | None = DataExport.objects.filter(
        pk=export, user=user, state=DataExport.State.READY, expires_at__gt=now
    ).first()
    try:
        signed = signing.loads(token, salt=_SALT, max_age=EXPORT_KEPT)
    except signing.BadSignature:
        return None
    if found is None or signed != str(found.pk) or not private_storage().exists(found.file_name):
        return None
    record(DataExportFetched(user_id=user.pk), actor=user, now=now)
    return found, private_storage().open(found.file_name)


@transaction.atomic
def _claim(export: UUID | None, *, now: datetime) -> DataExport | None:
    """Count the try and commit it; the lease makes it due again if this process dies."""
    due = DataExport.objects.due(now=now)
    if export is not None:
        due = due.filter(pk=export)
    claimed: DataExport | None = due.select_for_update(skip_locked=True).first()
    if claimed is None:
        return None
    claimed.tries += 1
    claimed.due_at = now + LEASE
    claimed.state = DataExport.State.RUNNING
    claimed.save(update_fields=["tries", "due_at", "state"])
    return claimed


def _make(export: DataExport, *, now: datetime) -> bool:
    try:
        with tempfile.TemporaryFile() as file:
            # In a transaction, because the rows come through cursors of the server, which a pooler keeps no longer.
            with transaction.atomic():
                write_archive(file, user=export.user, now=now)
            size = file.tell()
            file.seek(0)
            # A try that died may have left one.
            private_storage().delete(export.file_name)
            private_storage().save(export.file_name, File(file))
    except Exception as error:
        log.error("privacy.export_failed", export=str(export.pk), tries=export.tries, exc_info=error)
        if export.tries >= MAX_TRIES:
            DataExport.objects.filter(pk=export.pk).update(state=DataExport.State.FAILED)
        return False
    with transaction.atomic():
        export.state, export.size = DataExport.State.READY, size
        export.ready_at, export.expires_at = now, now + EXPORT_KEPT
        export.save(update_fields=["state", "size", "ready_at", "expires_at"])
        context = {"name": export.user.display_name, "url": f"{settings.SITE_URL}/settings/privacy"}
        post_letter(kind="export_ready", to=export.user, context=context, now=now)
    return True


def _hurry(export: UUID) -> None:
    """Ask a worker to make it now. Without a broker nothing is lost: the sweeper finds the row."""
    try:
        current_app.send_task(MAKE_EXPORT, args=[str(export)], retry=False)
    except (OperationalError, OSError) as error:
        log.warning("privacy.hurry_failed", export=str(export), reason=str(error))
