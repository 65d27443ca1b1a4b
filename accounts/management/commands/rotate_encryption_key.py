"""`manage.py rotate_encryption_key`: re-encrypt every encrypted value under the newest of FIELD_ENCRYPTION_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.encryption.rotation import count_left, encrypted_columns, rotate
from config.kernel.encryption import UnreadableValue


class Command(BaseCommand):
    """Runs while the platform is in use, and again after it was interrupted; what is done is skipped."""

    help = "Re-encrypt what is encrypted under an older key. Afterwards the older key can be removed."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` changes nothing."""
        parser.add_argument("--check", action="store_true", help="say how many values are under an older key")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Column by column. Ends with status 1 when a value cannot be read, or when --check finds some left."""
        try:
            total = sum(self._check(column) if check else self._rotate(column) for column in encrypted_columns())
        except UnreadableValue as error:
            raise CommandError(str(error)) from None
        if not check:
            self.stdout.write(f"{total} values re-encrypted. Older keys can be removed.")
        elif total:
            raise CommandError(f"{total} values are under an older key.")
        else:
            self.stdout.write("Everything is under the newest key.")

    def _check(self, column: Any) -> int:
        left = count_left(column)
        self.stdout.write(f"{column}: {left} left")
        return left

    def _rotate(self, column: Any) -> int:
        return rotate(column, progress=lambda changed: self.stdout.write(f"{column}: {changed} re-encrypted"))
