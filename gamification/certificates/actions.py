"""Issuing, revoking and reinstating certificates."""

from datetime import datetime
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import transaction

from accounts.identity.zones import local_date
from accounts.journal.record import record
from accounts.models import User
from exams.models import Attempt, Score
from gamification.certificates.codes import new_code
from gamification.certificates.document import document_of
from gamification.certificates.errors import CertificateWasRevoked
from gamification.certificates.models import Certificate
from gamification.events import CertificateIssued, CertificateReinstated, CertificateRevoked

Because = Certificate.RevokedBecause


@transaction.atomic
def settle_certificate(*, attempt: UUID, now: datetime) -> Certificate | None:
    """Bring the certificate of an attempt in step with its result, as far as that has been shown.

    Issues one for a pass, once; revokes it when a regrade or a void takes the pass away; lets it count again when a
    regrade gives that back. What staff revoked stays revoked. Repeating it changes nothing.
    """
    found = Attempt.objects.locked().select_related("delivery", "academy", "learner").filter(pk=attempt).first()
    if found is None:
        return None
    held = Certificate.objects.filter(attempt=found).first()
    if found.state == Attempt.State.VOIDED:
        return held and _taken_away(held, because=Because.VOIDED, now=now)
    score = (
        Score.objects.select_related("conversion")
        .filter(attempt=found, is_current=True, shown_at__isnull=False)
        .first()
    )
    if score is None:
        return held
    if held is None:
        return _issue(found, score, now=now) if score.passed and found.delivery.gives_certificate else None
    return _given_back(held, score, now=now) if score.passed else _taken_away(held, because=Because.REGRADE, now=now)


@transaction.atomic
def revoke_certificate(*, certificate: UUID, note: str, actor: User, now: datetime) -> bool:
    """Staff take a certificate back, for good. False when it had been revoked before."""
    found = Certificate.objects.locked().filter(pk=certificate, revoked_at=None).first()
    if found is None:
        return False
    _revoke(found, because=Because.STAFF, note=note, actor=actor, now=now)
    return True


def file_of(certificate: Certificate) -> bytes:
    """The certificate as a PDF, made when it is first asked for. Raises CertificateWasRevoked."""
    if certificate.state != "valid":
        raise CertificateWasRevoked
    storage, name = private_storage(), certificate.file_name
    if storage.exists(name):
        with storage.open(name) as file:
            content: bytes = file.read()
        # One that another process is still writing, or died over, has no end.
        if content.rstrip().endswith(b"%%EOF"):
            return content
        storage.delete(name)
    content = document_of(certificate)
    saved = storage.save(name, ContentFile(content))
    if saved != name:
        # Somebody was quicker; a second one would outlive the erasure of the person.
        storage.delete(saved)
    return content


def forget_file(certificate: Certificate) -> None:
    """Delete the file; it is made again when it is asked for."""
    private_storage().delete(certificate.file_name)


def private_storage() -> Storage:
    """Where the files lie; no route serves it as a folder."""
    return storages["private"]


def _issue(attempt: Attempt, score: Score, *, now: datetime) -> Certificate:
    learner = attempt.learner
    issued: Certificate = Certificate.objects.create(
        academy=attempt.academy,
        learner=learner,
        attempt=attempt,
        code=new_code(),
        name=learner.display_name,
        exam=attempt.delivery.title,
        academy_name=attempt.academy.name,
        score=_written(score),
        locale=learner.locale,
        passed_date=local_date(user=learner, at=attempt.submitted_at or now),
        issued_at=now,
    )
    event = CertificateIssued(
        academy_id=attempt.academy_id,
        learner_id=attempt.learner_id,
        certificate_id=issued.pk,
        attempt_id=attempt.pk,
        delivery_id=attempt.delivery_id,
    )
    record(event, actor=None, now=now)
    return issued


def _given_back(held: Certificate, score: Score, *, now: datetime) -> Certificate:
    if held.revoked_because == Because.REGRADE:
        held.revoked_at, held.revoked_because = None, ""
        event = CertificateReinstated(academy_id=held.academy_id, learner_id=held.learner_id, certificate_id=held.pk)
        record(event, actor=None, now=now)
    elif held.revoked_at is not None or held.score == _written(score):
        return held
    held.score = _written(score)
    held.save(update_fields=["score", "revoked_at", "revoked_because"])
    transaction.on_commit(lambda: forget_file(held))
    return held


def _taken_away(held: Certificate, *, because: str, now: datetime) -> Certificate:
    # A void is for good, a regrade may be followed by another.
    if held.revoked_at is None or (held.revoked_because == Because.REGRADE and because == Because.VOIDED):
        _revoke(held, because=because, note="", actor=None, now=now)
    return held


def _revoke(held: Certificate, *, because: str, note: str, actor: User | None, now: datetime) -> None:
    held.revoked_at, held.revoked_because, held.revoke_note = now, because, note
    held.save(update_fields=["revoked_at", "revoked_because", "revoke_note"])
    event = CertificateRevoked(
        academy_id=held.academy_id, learner_id=held.learner_id, certificate_id=held.pk, because=because, note=note
    )
    record(event, actor=actor, now=now)
    transaction.on_commit(lambda: forget_file(held))


def _written(score: Score) -> str:
    """The score beside the most that there is: `712 / 900`."""
    return f"{score} / {score.conversion.scale_max.normalize():f}"
