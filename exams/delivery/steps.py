"""The step log of an attempt: each step carries a keyed digest, so that a changed one shows."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings

from config.kernel.statements import prepared_cursor
from exams.delivery.models import Attempt, AttemptStep

_APPEND = """
INSERT INTO exams_attemptstep (academy_id, attempt_id, kind, slot, body, recorded_at, mac)
VALUES (%s, %s, %s, %s::smallint, %s::jsonb, %s, %s)
"""
_DIGEST = """
SELECT sha256(coalesce(string_agg(mac, ''::bytea ORDER BY id), ''::bytea)) FROM exams_attemptstep WHERE attempt_id = %s
"""


def step_mac(
    *, attempt: UUID, kind: str, slot: int | None, sequence: int | None, body: Any, recorded_at: datetime
) -> bytes:
    """HMAC-SHA-256 (RFC 2104) over the step's canonical JSON, with a key derived from SECRET_KEY."""
    return _digest(settings.SECRET_KEY, attempt, kind, slot, sequence, body, recorded_at)


def new_step(
    *,
    attempt: Attempt,
    kind: AttemptStep.Kind,
    now: datetime,
    slot: int | None = None,
    body: Any = None,
) -> AttemptStep:
    """A step of something other than an answer, not yet saved."""
    return AttemptStep(
        academy_id=attempt.academy_id,
        attempt_id=attempt.pk,
        kind=kind,
        slot=slot,
        sequence=None,
        body=body,
        recorded_at=now,
        mac=step_mac(attempt=attempt.pk, kind=kind, slot=slot, sequence=None, body=body, recorded_at=now),
    )


def log_step(
    *, attempt: Attempt, kind: AttemptStep.Kind, now: datetime, slot: int | None = None, body: Any = None
) -> None:
    """Append one step."""
    mac = step_mac(attempt=attempt.pk, kind=kind, slot=slot, sequence=None, body=body, recorded_at=now)
    with prepared_cursor() as cursor:
        said = None if body is None else json.dumps(body, ensure_ascii=False)
        cursor.execute(_APPEND, [attempt.academy_id, attempt.pk, kind.value, slot, said, now, mac])


def steps_digest(attempt: UUID) -> str:
    """The seal of all steps in order: HMAC over the SHA-256 of their digests, in hexadecimal."""
    with prepared_cursor() as cursor:
        cursor.execute(_DIGEST, [attempt])
        (digest,) = cursor.fetchone()
    return seal_of(bytes(digest))


def seal_of(digest: bytes) -> str:
    """The seal of a log whose steps' digests have this SHA-256."""
    return _seal(settings.SECRET_KEY, digest)


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Whether a step log is as it was written; `broken_step` is the id of the first step that is not."""

    is_intact: bool
    broken_step: int | None = None


def verify_steps(*, attempt: Attempt, steps: Iterable[AttemptStep]) -> Verdict:
    """Check every step's digest and, once closed, the seal of the whole up to the step that closed the attempt.

    A key that has been rotated out still proves the steps it signed while it stands in SECRET_KEY_FALLBACKS.
    """
    whole = hashlib.sha256()
    closed = b""
    for step in steps:
        if not is_genuine(step):
            return Verdict(is_intact=False, broken_step=step.pk)
        whole.update(bytes(step.mac))
        if not closed and step.kind in AttemptStep.CLOSING:
            closed = whole.digest()
    seals = [_seal(secret, closed) for secret in _secrets()]
    return Verdict(is_intact=attempt.steps_digest in seals if attempt.steps_digest else not closed)


def is_genuine(step: AttemptStep) -> bool:
    """Whether the step says what it said when it was written."""
    return any(
        hmac.compare_digest(
            bytes(step.mac),
            _digest(secret, step.attempt_id, step.kind, step.slot, step.sequence, step.body, step.recorded_at),
        )
        for secret in _secrets()
    )


def _secrets() -> tuple[str, ...]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _seal(secret: str, digest: bytes) -> str:
    return hmac.digest(_key(secret), digest, "sha256").hex()


def _digest(secret: str, attempt: UUID, *said: Any) -> bytes:
    return hmac.digest(_key(secret), _canonical([attempt.hex, *said]).encode(), "sha256")


_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=datetime.isoformat
).encode


@lru_cache(maxsize=8)
def _key(secret: str) -> bytes:
    return hashlib.sha256(b"exams.delivery.steps" + secret.encode()).digest()
