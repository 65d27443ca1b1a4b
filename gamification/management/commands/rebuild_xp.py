"""`manage.py rebuild_xp`: gives all points again from the journal, with the same result where nothing was wrong."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academies.models import Academy
from gamification.xp.rebuilding import rebuild_xp


class Command(BaseCommand):
    """May run while people learn, and be stopped and begun again."""

    help = "Make XP entries and totals again from the journal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--academy", default="", help="Slug of one academy (default: all of them).")

    def handle(self, *, academy: str, **_: Any) -> None:
        found = Academy.objects.filter(slug=academy).first() if academy else None
        if academy and found is None:
            raise CommandError(f"There is no academy {academy}.")
        read = rebuild_xp(academy=found.pk if found else None, now=timezone.now())
        self.stdout.write(f"Read {read} events.")
