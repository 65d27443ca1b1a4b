"""Who must have a second factor, and where a session stands with it. The apps above say what in them makes it a duty.

require_factor(runs_an_academy)      # in the app's AppConfig.ready
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models

from accounts.factors.proofs import has_proved_factor
from accounts.identity.models import User

Duty = Callable[[User], bool]

_duties: list[Duty] = []


class Standing(models.TextChoices):
    """What the second factor still asks of a session."""

    NONE = "none", "Nothing: there is no second factor"
    NEEDED = "needed", "To be proved"
    PROVED = "proved", "Nothing: it was proved"
    MUST_ENROL = "must_enrol", "To be added first"


def require_factor(duty: Duty) -> None:
    """Whoever this is true of must have a second factor."""
    if duty not in _duties:
        _duties.append(duty)


def must_have_factor(user: User) -> bool:
    """Whether the person's position demands a second factor, where the platform enforces it."""
    return settings.REQUIRE_SECOND_FACTOR and (user.is_staff or any(duty(user) for duty in _duties))


def standing_of(user: Any, session: Any) -> Standing:
    """Where a session stands; a visitor's asks for nothing."""
    if not isinstance(user, User):
        return Standing.NONE
    if user.has_factor:
        return Standing.PROVED if has_proved_factor(session) else Standing.NEEDED
    return Standing.MUST_ENROL if must_have_factor(user) else Standing.NONE
