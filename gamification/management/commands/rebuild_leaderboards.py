"""`manage.py rebuild_leaderboards`: read the boards in Redis anew from PostgreSQL, while they are being served."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academies.models import Academy
from gamification.leaderboards.boards import Board
from gamification.leaderboards.reading import build_board
from gamification.weeks import week_of


class Command(BaseCommand):
    """Rebuild the boards of all academies, or of one."""

    help = "Read the boards in Redis anew from PostgreSQL. Safe at any time: who reads meanwhile sees the old ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """--academy for one."""
        parser.add_argument("--academy", metavar="SLUG", help="only this one")

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild each and say how many stand on it."""
        academies = Academy.objects.open().order_by("slug")
        if options["academy"]:
            academies = academies.filter(slug=options["academy"])
            if not academies.exists():
                raise CommandError("There is no such academy.")
        week_date = week_of(timezone.now())
        for academy in academies.iterator():
            for board in (Board(academy_id=academy.pk), Board(academy_id=academy.pk, week_date=week_date)):
                started = time.monotonic()
                size = build_board(board)
                of = f"{academy.slug}, {board.week_date or 'all time'}"
                took = time.monotonic() - started
                self.stdout.write(f"{of}: being built" if size is None else f"{of}: {size} learners in {took:.1f} s")
