"""Claim a key, keep what was answered, forget what is old."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from uuid import UUID

from django.db import connection

from accounts.idempotency.errors import IdempotencyKeyReused
from accounts.idempotency.models import IdempotencyKey

KEPT = timedelta(hours=24)

# One statement. The lock tells "being carried out" from "carried out": without it the insert would wait for the other
# transaction as long as that takes. It is released with the transaction.
_CLAIM = """
WITH guard AS MATERIALIZED (SELECT pg_try_advisory_xact_lock(%(lock)s) AS is_ours)
INSERT INTO accounts_idempotencykey AS claimed (user_id, key, route, digest, status, body, created_at)
SELECT %(user)s, %(key)s, %(route)s, %(digest)s, 0, '', %(now)s FROM guard WHERE is_ours
ON CONFLICT (user_id, route, key) DO UPDATE
   SET digest = EXCLUDED.digest, status = 0, body = '', created_at = EXCLUDED.created_at
 WHERE claimed.created_at < %(forgotten)s
RETURNING id
"""


@dataclass(frozen=True, kw_only=True)
class Intention:
    """Who wants what, under which key. `digest` is the SHA-256 of the body."""

    user: UUID
    key: str
    route: str
    digest: bytes

    @property
    def lock(self) -> int:
        """The number of its advisory lock, 64 bits signed."""
        text = f"{self.user}\0{self.route}\0{self.key}".encode()
        return int.from_bytes(blake2b(text, digest_size=8, person=b"idempotency").digest(), "big", signed=True)


@dataclass(frozen=True, kw_only=True)
class KeptAnswer:
    """What the first request was answered."""

    status: int
    body: str


def claim_key(*, intention: Intention, now: datetime) -> int | None:
    """Take the key for the rest of the transaction; its id, or None when it is taken or has been used.

    Must run in the transaction that carries out the work: rolled back together, committed together.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM,
            {
                "lock": intention.lock,
                "user": intention.user,
                "key": intention.key,
                "route": intention.route,
                "digest": intention.digest,
                "now": now,
                "forgotten": now - KEPT,
            },
        )
        row = cursor.fetchone()
    return row[0] if row else None


def find_answer(*, intention: Intention) -> KeptAnswer | None:
    """What the same request was answered before; None while it is being carried out. Raises IdempotencyKeyReused."""
    kept = IdempotencyKey.objects.filter(user=intention.user, route=intention.route, key=intention.key).first()
    if kept is None:
        return None
    if bytes(kept.digest) != intention.digest:
        raise IdempotencyKeyReused
    return KeptAnswer(status=kept.status, body=kept.body)


def keep_answer(*, claimed: int, answer: KeptAnswer) -> None:
    """Remember what the request was answered."""
    IdempotencyKey.objects.filter(pk=claimed).update(status=answer.status, body=answer.body)


def drop_claim(*, claimed: int) -> None:
    """Forget a key whose request was not carried out."""
    IdempotencyKey.objects.filter(pk=claimed).delete()


def forget_old_keys(*, now: datetime, batch: int = 10_000) -> int:
    """Delete keys older than a day, `batch` at most; how many they were."""
    old = IdempotencyKey.objects.filter(created_at__lt=now - KEPT).order_by("created_at").values("pk")[:batch]
    deleted, _ = IdempotencyKey.objects.filter(pk__in=old).delete()
    return deleted
