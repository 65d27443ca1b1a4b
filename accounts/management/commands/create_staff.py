"""`manage.py create_staff EMAIL --name NAME --group GROUP …`: a new member of staff, who chooses their own password."""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import timezone

from accounts.identity.invitations import invite_staff
from accounts.models import User


class Command(BaseCommand):
    """No password passes through a shell: the person gets a link, or whoever runs this passes it on."""

    help = "Create a member of staff without a password and send them a link to choose one."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and what they may do."""
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--name", required=True, help="the name that others see")
        parser.add_argument("--group", action="append", required=True, metavar="GROUP", help="a group of staff; again")
        parser.add_argument("--print", action="store_true", dest="is_printed", help="print the link; send no letter")

    def handle(self, *_: Any, **options: Any) -> None:
        """Create them."""
        email = options["email"].lower()
        try:
            validate_email(email)
        except ValidationError:
            msg = "This is no e-mail address."
            raise CommandError(msg) from None
        if User.objects.filter(email=email).exists():
            msg = "Somebody has this address. A superuser makes them staff in the admin."
            raise CommandError(msg)
        groups = list(Group.objects.filter(name__in=options["group"]))
        if missing := set(options["group"]) - {group.name for group in groups}:
            known = ", ".join(Group.objects.order_by("name").values_list("name", flat=True)) or "none"
            msg = f"There is no group {', '.join(sorted(missing))}. There are: {known}."
            raise CommandError(msg)
        is_printed = options["is_printed"]
        link = invite_staff(
            email=email,
            name=options["name"],
            groups=groups,
            by_letter=not is_printed,
            actor=None,
            now=timezone.now(),
        )
        self.stdout.write(link if is_printed else "They get a letter with a link to choose a password.")
