"""Whether the keys in the settings are those that this database was written with. Asked once, when a process starts."""

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts.encryption.models import KeyProof
from config.kernel.encryption import MIN_KEY_LENGTH, UnreadableValue

WRONG_KEYS = "None of FIELD_ENCRYPTION_KEYS is the key that this database was encrypted with."
WRONG_INDEX_KEY = "BLIND_INDEX_KEY is not the key that this database was indexed with."


def key_problem() -> str:
    """What is wrong with the keys, in one line; empty when they fit, and while there is no database to ask.

    The first to ask writes the proof.
    """
    try:
        proof = KeyProof.objects.order_by("pk").first() or KeyProof.objects.create()
        is_indexed = KeyProof.objects.filter(pk=proof.pk, word_index=KeyProof.WORD).exists()
    except UnreadableValue:
        return WRONG_KEYS
    except DatabaseError:
        return ""
    return "" if is_indexed else WRONG_INDEX_KEY


def require_fitting_keys() -> None:
    """Stop the process with one line when the keys are wrong: it would write what nobody can read."""
    problem = key_problem()
    if problem:
        raise SystemExit(problem)


@register(Tags.security)
def check_lengths(**_: object) -> list[CheckMessage]:
    """Keys are there and long enough to be random."""
    named = {"FIELD_ENCRYPTION_KEYS": settings.FIELD_ENCRYPTION_KEYS, "BLIND_INDEX_KEY": [settings.BLIND_INDEX_KEY]}
    return [
        Error(f"{name} needs at least {MIN_KEY_LENGTH} random characters for each key.", id="accounts.E001")
        for name, keys in named.items()
        if not keys or any(len(key) < MIN_KEY_LENGTH for key in keys)
    ]


@register(Tags.database)
def check_proof(databases: object = None, **_: object) -> list[CheckMessage]:
    """The keys fit: asked by `migrate` and by `check --database default`."""
    problem = key_problem() if databases else ""
    return [Error(problem, id="accounts.E002")] if problem else []
