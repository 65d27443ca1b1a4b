"""`manage.py rebuild_rollups [--academy harbour] [--from 2026-01-01] [--to 2026-01-31]`: count again from the facts."""

from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from tqdm import tqdm

from academies.models import Academy
from analytics.rollups.rebuilding import expected_days, rebuild


class Command(BaseCommand):
    """Runs while the platform is in use, and beside itself. After an interruption the same command goes on."""

    help = "Count the rollups again from the marked answers, without a wrong number being seen meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which academies and days; all of them unless it is said."""
        parser.add_argument("--academy", help="slug; every academy without it")
        parser.add_argument("--from", dest="first", type=_day, help="the first day, as 2026-01-31")
        parser.add_argument("--to", dest="last", type=_day, help="the last day, included")

    def handle(
        self, *args: Any, academy: str | None, first: date | None, last: date | None, verbosity: int, **options: Any
    ) -> None:
        """One academy after the other."""
        academies = Academy.objects.order_by("id")
        if academy is not None:
            academies = academies.filter(slug=academy)
            if not academies:
                raise CommandError(f"There is no academy {academy}.")
        for each in academies:
            counted = 0
            total = expected_days(academy=each, first=first, last=last)
            with tqdm(total=total, desc=each.slug, unit=" days", disable=None if verbosity else True) as bar:
                for days in rebuild(academy=each, first=first, last=last, clock=timezone.now):
                    counted += days
                    bar.update(days)
            if verbosity:
                self.stdout.write(f"{each.slug}: {counted} days of learners counted again.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is no date such as 2026-01-31") from None
