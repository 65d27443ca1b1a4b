"""`manage.py export_items --bank SLUG --format csv|gift`: the items of a bank into a file."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.kernel.errors import DomainError
from exams.interchange.banks import bank_named
from exams.interchange.exports import CONTENT_TYPES, export_bank


class Command(BaseCommand):
    """Export items."""

    help = "Write the items of a bank as CSV or GIFT. What the format cannot carry is listed by code."

    def add_arguments(self, parser: CommandParser) -> None:
        """The bank, the format, the file."""
        parser.add_argument("--bank", metavar="SLUG", required=True)
        parser.add_argument("--academy", metavar="SLUG", help="the bank's academy (default: the house academy)")
        parser.add_argument("--format", choices=sorted(CONTENT_TYPES), default="csv")
        parser.add_argument("--output", metavar="FILE", type=Path, help="default: the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write it, and print what was lost."""
        try:
            bank = bank_named(options["bank"], academy=options["academy"])
        except DomainError as error:
            raise CommandError(error.detail) from None
        export = export_bank(bank=bank, format=options["format"])
        try:
            if options["output"] is None:
                for piece in export.pieces:
                    sys.stdout.buffer.write(piece.encode())
                sys.stdout.buffer.flush()
            else:
                with options["output"].open("wb") as stream:
                    for piece in export.pieces:
                        stream.write(piece.encode())
        except OSError as error:
            raise CommandError(f"The file cannot be written: {error.strerror}.") from None
        for loss in export.losses:
            self.stderr.write(str(loss))
