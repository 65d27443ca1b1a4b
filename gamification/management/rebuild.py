"""What commands that count something again from the journal have in common."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academies.models import Academy


class RebuildCommand(BaseCommand):
    """May run while people learn, and be stopped and begun again. `rebuild` takes `academy` and `now`."""

    rebuild: ClassVar[Callable[..., int]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--academy", default="", help="Slug of one academy (default: all of them).")

    def handle(self, *, academy: str, **_: Any) -> None:
        found = Academy.objects.filter(slug=academy).first() if academy else None
        if academy and found is None:
            raise CommandError(f"There is no academy {academy}.")
        read = self.rebuild(academy=found.pk if found else None, now=timezone.now())
        self.stdout.write(f"Read {read} events.")
