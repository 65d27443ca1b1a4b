"""A column type of PostgreSQL that Django does not have."""

from typing import Any

from django.db import models
from django.db.models import Func


class CurrentTransaction(Func):
    """The id of the running transaction."""

    function = "pg_current_xact_id"
    template = "%(function)s()"


class TransactionIdField(models.TextField):  # type: ignore[type-arg]
    """The transaction that last wrote the row (`xid8`, PostgreSQL 13).

    Whoever reads on from where they were reads by it: every row whose transaction is older than the oldest that still
    runs (`pg_snapshot_xmin`) is there to be seen, which is not so for numbers from a sequence.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(editable=False, db_default=CurrentTransaction())
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The arguments that are not always the same."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs.pop("db_default", None)
        return name, path, args, kwargs

    def db_type(self, connection: Any) -> str:
        """The column type."""
        return "xid8"

    def get_prep_value(self, value: Any) -> Any:
        """As it is: a text of digits, or an expression."""
        return value
