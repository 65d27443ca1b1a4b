"""`manage.py import_items FILE --bank SLUG`: items of a CSV or GIFT file into a bank."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from config.kernel.errors import DomainError
from exams.interchange.banks import bank_named
from exams.interchange.entries import Entry
from exams.interchange.files import Fault
from exams.interchange.imports import (
    FORMATS,
    STATES,
    ImportRefused,
    ImportReport,
    ImportSource,
    check_file,
    guess_format,
    import_file,
)


class Command(BaseCommand):
    """Import items."""

    help = (
        "Import items from a CSV or GIFT file. Everything is checked first; with any fault nothing is imported. "
        "The formats are described in docs/item-import.md."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, the bank, and how to take it."""
        parser.add_argument("file", metavar="FILE", type=Path)
        parser.add_argument("--bank", metavar="SLUG", required=True)
        parser.add_argument("--academy", metavar="SLUG", help="the bank's academy (default: the house academy)")
        parser.add_argument("--format", choices=sorted(FORMATS), help="default: by the file's suffix")
        parser.add_argument("--state", choices=STATES, default="draft", help="of new versions (default: draft)")
        parser.add_argument("--domain", metavar="CODE", default="", help="for items that name none")
        parser.add_argument("--create-domains", action="store_true", help="make domains and skills that the bank lacks")
        parser.add_argument("--dry-run", action="store_true", help="only check, and say what would change")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, apply, print."""
        path: Path = options["file"]
        kind = options["format"] or guess_format(path.name)
        if not kind:
            raise CommandError(f"The suffix of {path.name} says nothing; name the --format.")
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")

        def opener() -> BinaryIO:
            return path.open("rb")

        source = ImportSource(
            name=path.name,
            opener=opener,
            format=kind,
            state=options["state"],
            domain=options["domain"],
            creates_domains=options["create_domains"],
        )
        try:
            bank = bank_named(options["bank"], academy=options["academy"])
            if options["dry_run"]:
                report = check_file(bank=bank, source=source, progress=_progress)
            else:
                report = import_file(bank=bank, source=source, actor=None, now=timezone.now(), progress=_progress)
        except ImportRefused as error:
            self._print(error.report, is_done=False)
            raise CommandError(error.detail) from None
        except DomainError as error:
            raise CommandError(error.detail) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from None
        self._print(report, is_done=not options["dry_run"])
        if not report.is_clean:
            raise CommandError(f"The file has {report.fault_count} faults; nothing would be imported.")

    def _print(self, report: ImportReport, *, is_done: bool) -> None:
        for fault in report.faults:
            self.stderr.write(str(fault))
        if report.fault_count > len(report.faults):
            self.stderr.write(f"… and {report.fault_count - len(report.faults)} more faults.")
        for notice in report.notices:
            self.stdout.write(f"Note: {notice}")
        for label, names in (("domains", report.new_domains), ("skills", report.new_skills)):
            if names:
                self.stdout.write(f"New {label}: {', '.join(names)}")
        tally = report.tally
        verb = "Imported" if is_done else "Plan"
        self.stdout.write(f"{verb}: {tally.new} new, {tally.changed} changed, {tally.same} the same.")


def _progress(entries: Iterable[Entry | Fault], label: str, total: int | None) -> Iterable[Entry | Fault]:
    """A bar on a terminal, nothing elsewhere."""
    return tqdm(entries, desc=label, total=total, unit=" items", disable=None)
