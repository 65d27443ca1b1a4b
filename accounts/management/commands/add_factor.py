"""`manage.py add_factor EMAIL`: gives a member of staff a second factor, so that the admin lets them in."""

from io import StringIO
from typing import Any

import qrcode
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from accounts.factors.actions import give_authenticator, reset_factors
from accounts.models import User


class Command(BaseCommand):
    """Shows the secret once, as an address and as a picture for an authenticator app."""

    help = "Add a time-based second factor (RFC 6238) to a member of staff and show it for an authenticator app."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose, and what becomes of the one before."""
        parser.add_argument("email", help="the address of the member of staff")
        parser.add_argument("--replace", action="store_true", help="remove the factors that the person has had")

    @transaction.atomic
    def handle(self, *_: Any, **options: Any) -> None:
        """Add the factor."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            msg = "Nobody has this address."
            raise CommandError(msg)
        if not user.is_staff:
            msg = "Only staff have a second factor."
            raise CommandError(msg)
        now = timezone.now()
        if user.has_factor:
            if not options["replace"]:
                msg = "This person has a second factor. Use --replace when it is lost."
                raise CommandError(msg)
            reset_factors(user=user.pk, reason="Replaced on the server", actor=None, now=now)
        self._show(give_authenticator(user=user, actor=None, now=now).config_url)

    def _show(self, url: str) -> None:
        picture = qrcode.QRCode(border=1)
        picture.add_data(url)
        drawn = StringIO()
        picture.print_ascii(out=drawn, invert=True)
        self.stdout.write(f"{drawn.getvalue()}\n{url}\n\nScan it with an authenticator app now: it is not shown again.")
