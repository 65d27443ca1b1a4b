"""`manage.py optimise_reviews [--learner EMAIL]`: fit the model of memory to those who have reviewed enough."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from academies.models import Membership
from exams.practice.repetition.optimising import optimise, optimise_all


class Command(BaseCommand):
    """Fit."""

    help = "Fit the model of memory to the reviews of learners, and move their cards accordingly."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whom to fit."""
        parser.add_argument("--learner", metavar="EMAIL", help="this learner alone, however little has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        """Fit, and print what came of it."""
        now = timezone.now()
        if options["learner"] is None:
            self.stdout.write(f"{optimise_all(now=now)} fits are used.")
            return
        members = Membership.objects.active().filter(user__email=options["learner"]).select_related("user", "academy")
        if not members:
            raise CommandError(f"Nobody is called {options['learner']}.")
        for member in members:
            fitted = optimise(member=member, now=now)
            if fitted is None:
                self.stdout.write(f"{member.academy}: too few reviews.")
                continue
            verdict = "used" if fitted.is_used else "not used"
            self.stdout.write(
                f"{member.academy}: log loss {fitted.log_loss_before:.4f} → {fitted.log_loss_after:.4f}, {verdict}."
            )
