"""`manage.py item_statistics [--bank SLUG] [--item CODE]`: count the figures of questions now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from exams.bank.models import Item
from exams.psychometrics.compute import compute_all_statistics, compute_statistics
from exams.psychometrics.models import ItemStatistics


class Command(BaseCommand):
    """Count the figures of questions."""

    help = "Count how questions behave: of all banks, of the banks of one name, or of one item in them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which questions."""
        parser.add_argument("--bank", metavar="SLUG", help="the banks of this name (default: all)")
        parser.add_argument("--item", metavar="CODE", help="the items with this code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Count them, and print those that look wrongly keyed."""
        now = timezone.now()
        named = {"bank__slug": options["bank"], "code": options["item"]}
        chosen = {name: value for name, value in named.items() if value}
        if chosen:
            items = list(Item.objects.filter(**chosen).values_list("pk", flat=True))
            if not items:
                raise CommandError("There is no such item.")
            counted = compute_statistics(items=items, now=now)
        else:
            counted = compute_all_statistics(now=now)
        self.stdout.write(f"{counted} versions counted.")
        odd = ItemStatistics.objects.filter(looks_wrongly_keyed=True, computed_at=now)
        for row in odd.select_related("item_version__item"):
            self.stdout.write(f"{row} looks wrongly keyed.")
