"""Writing everything that is encrypted anew under the newest key, while the platform runs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection

from accounts.encryption.models import KeyProof
from config.kernel.encryption import EncryptedDateField, EncryptedTextField, decrypt, encrypt, is_under_newest_key

BATCH = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One encrypted column, by its names in the database."""

    table: str
    key: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"


def encrypted_columns() -> list[Column]:
    """Every encrypted column. The proof of the keys comes last: once it is under the newest key, so is all the rest."""
    return [
        Column(model._meta.db_table, str(model._meta.pk.column), str(field.column))
        for model in sorted(apps.get_models(), key=lambda model: (model is KeyProof, model._meta.label))
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField | EncryptedDateField)
    ]


def count_left(column: Column) -> int:
    """How many values are under an older key."""
    return sum(1 for _, token in _stored(column) if not is_under_newest_key(token))


def rotate(column: Column, *, progress: Callable[[int], None]) -> int:
    """Re-encrypt what is under an older key; says how many values were. `progress` hears after each batch.

    A row is changed only while it still holds what was read: who writes meanwhile, under the newest key, wins. What was
    done stays done, so a run that died is simply started again. Raises `UnreadableValue`.
    """
    changed = 0
    for number, (key, token) in enumerate(_stored(column), start=1):
        if not is_under_newest_key(token):
            changed += _replace(column, key, token, encrypt(decrypt(token)))
        if number % BATCH == 0:
            progress(changed)
    progress(changed)
    return changed


def _stored(column: Column) -> Iterator[tuple[Any, str]]:
    """Key and token of each row, in batches in the order of the key; each batch is a query of its own."""
    name = connection.ops.quote_name
    key, value = name(column.key), name(column.name)
    rows = f"SELECT {key}, {value} FROM {name(column.table)} WHERE {value} <> ''"  # noqa: S608 - names of models  # nosec B608
    condition = ""
    last: list[Any] = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(f"{rows}{condition} ORDER BY {key} LIMIT {BATCH}", last)
            batch = cursor.fetchall()
        yield from batch
        if len(batch) < BATCH:
            return
        condition, last = f" AND {key} > %s", [batch[-1][0]]


def _replace(column: Column, key: Any, before: str, after: str) -> int:
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name(column.table)} SET {name(column.name)} = %s "  # noqa: S608 - names of models  # nosec B608
            f"WHERE {name(column.key)} = %s AND {name(column.name)} = %s",
            [after, key, before],
        )
        return int(cursor.rowcount)
