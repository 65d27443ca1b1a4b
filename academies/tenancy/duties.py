"""What in an academy makes a second factor a duty."""

from academies.tenancy.models import Membership
from academies.tenancy.powers import RUNS_ACADEMY
from accounts.models import User


def runs_an_academy(user: User) -> bool:
    """Whether the person owns or manages an academy."""
    return Membership.objects.active().filter(user=user, role__in=RUNS_ACADEMY).exists()
