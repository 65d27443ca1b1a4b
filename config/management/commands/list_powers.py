"""`manage.py list_powers [--user EMAIL]`: who may do what, as text."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from academies.models import Membership
from academies.tenancy.powers import POWERS, Power
from accounts.identity.powers import MATRIX
from accounts.models import User


class Command(BaseCommand):
    """The two matrices, or what they come to for one person."""

    help = "List the powers of roles and groups of staff or, with --user, of one person."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("--user", metavar="EMAIL", help="only this person's")

    def handle(self, *_: Any, **options: Any) -> None:
        """Print one line for each role, group or membership."""
        for line in self._of_person(options["user"]) if options["user"] else self._of_all():
            self.stdout.write(line)

    def _of_all(self) -> Iterator[str]:
        for role, powers in POWERS.items():
            yield f"role {role}: {_listed(powers)}"
        for group, areas in MATRIX.items():
            yield f"group {group}: {', '.join(f'{level} {area}' for area, level in areas.items())}"

    def _of_person(self, email: str) -> Iterator[str]:
        user = User.objects.filter(email=email.lower()).first()
        if user is None:
            msg = "Nobody has this address."
            raise CommandError(msg)
        yield f"{user.email}: {_standing(user)}, {'with' if user.has_factor else 'without'} a second factor"
        for membership in Membership.objects.active().filter(user=user).select_related("academy"):
            yield f"{membership.academy.slug}, {membership.role}: {_listed(membership.powers)}"
        for group in user.groups.order_by("name"):
            yield f"group {group.name}"
        if user.is_staff and not user.is_superuser:
            yield from (f"may {permission}" for permission in sorted(user.get_all_permissions()))


def _listed(powers: frozenset[Power]) -> str:
    return ", ".join(power for power in Power if power in powers)


def _standing(user: User) -> str:
    if not user.is_active:
        return "inactive"
    if user.is_superuser:
        return "superuser: everything"
    return "staff" if user.is_staff else "no staff"
