"""`manage.py reset_factor EMAIL --reason …`: removes the second factors of somebody who has lost them."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts.factors.actions import reset_factors
from accounts.models import User
from config.kernel.errors import DomainError


class Command(BaseCommand):
    """The same as the admin does, for the hour in which nobody gets into the admin."""

    help = "Remove every second factor and recovery code of a person, end their sessions, and tell them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and why."""
        parser.add_argument("email", help="the address of the person")
        parser.add_argument("--reason", required=True, help="goes into the journal, for ever")

    def handle(self, *_: Any, **options: Any) -> None:
        """Reset."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            msg = "Nobody has this address."
            raise CommandError(msg)
        try:
            reset_factors(user=user.pk, reason=options["reason"], actor=None, now=timezone.now())
        except DomainError as refusal:
            raise CommandError(refusal.detail) from refusal
        self.stdout.write("The second factor is removed, and every session has ended.")
