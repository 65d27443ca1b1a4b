"""`manage.py end_sessions EMAIL`: signs a person out everywhere."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.models import User
from accounts.sessions.actions import end_sessions


class Command(BaseCommand):
    """Ends every session; the password stays as it is."""

    help = "Sign a person out on every device. Their next request has to sign in again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email", help="the address of the person")

    def handle(self, *_: Any, **options: Any) -> None:
        """End them."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            msg = "Nobody has this address."
            raise CommandError(msg)
        count = end_sessions(user=user, why="staff", actor=None, now=timezone.now())
        self.stdout.write(f"{count} session{'' if count == 1 else 's'} ended.")
