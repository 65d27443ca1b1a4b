"""`manage.py load_pack NAME`: load a content pack into a shared bank of the house academy."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academies.models import Academy
from config.kernel.errors import DomainError
from exams.interchange.packs import load_pack, pack_names


class Command(BaseCommand):
    """Load a content pack."""

    help = "Load a content pack into a shared bank of the house academy. Loading it again changes only what changed."

    def add_arguments(self, parser: CommandParser) -> None:
        """NAME, and the academy if it is not the house academy."""
        parser.add_argument("name", metavar="NAME", help=f"a folder of exams/packs: {', '.join(pack_names())}")
        parser.add_argument("--academy", metavar="SLUG", help="who gets the bank (default: the house academy)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it and print what changed."""
        try:
            wanted = {"slug": options["academy"]} if options["academy"] else {"is_house": True}
            academy = Academy.objects.get(**wanted)
        except Academy.DoesNotExist:
            raise CommandError("There is no such academy.") from None
        try:
            loaded = load_pack(name=options["name"], academy=academy, actor=None, now=timezone.now())
        except DomainError as error:
            for fault in error.errors:
                self.stderr.write(f"{fault.field}: {fault.detail}")
            raise CommandError(error.detail) from None
        tally = loaded.items
        self.stdout.write(
            f"{loaded.bank.title}: {tally.new} new, {tally.changed} changed, {tally.same} the same; "
            f"{loaded.forms} new forms."
        )
