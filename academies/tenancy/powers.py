"""Who may do what in an academy: the one matrix of roles and powers."""

from django.db import models


class Role(models.TextChoices):
    """What a person is in an academy."""

    OWNER = "owner", "Owner"
    MANAGER = "manager", "Manager"
    INSTRUCTOR = "instructor", "Instructor"
    LEARNER = "learner", "Learner"
    MENTOR = "mentor", "Mentor"
    MODERATOR = "moderator", "Moderator"


class Power(models.TextChoices):
    """One kind of thing that a role may do."""

    SIT_EXAMS = "sit_exams", "Sit exams"
    MANAGE_DELIVERIES = "manage_deliveries", "Create and change deliveries"
    SUPERVISE_ATTEMPTS = "supervise_attempts", "Watch, extend, pause and end attempts"
    SEE_RESULTS = "see_results", "See and export results"
    GRANT_ACCOMMODATIONS = "grant_accommodations", "Grant accommodations"
    REGRADE = "regrade", "Regrade"
    MANAGE_BANK = "manage_bank", "Change the item bank"
    MANAGE_PEOPLE = "manage_people", "Change people and cohorts"
    MENTOR_LEARNERS = "mentor_learners", "Help learners beside the tutor"
    MODERATE_TUTOR = "moderate_tutor", "Look after the tutor's conversations"


_TEACHING = frozenset(
    {
        Power.MANAGE_DELIVERIES,
        Power.SUPERVISE_ATTEMPTS,
        Power.SEE_RESULTS,
        Power.GRANT_ACCOMMODATIONS,
        Power.REGRADE,
    }
)

_RUNNING = _TEACHING | {Power.MANAGE_BANK, Power.MANAGE_PEOPLE, Power.MENTOR_LEARNERS, Power.MODERATE_TUTOR}

LEARNING = frozenset({Power.SIT_EXAMS})
# Who runs an academy must have a second factor.
RUNS_ACADEMY = frozenset({Role.OWNER, Role.MANAGER})

POWERS: dict[Role, frozenset[Power]] = {
    Role.OWNER: _RUNNING,
    Role.MANAGER: _RUNNING,
    Role.INSTRUCTOR: _TEACHING,
    Role.LEARNER: LEARNING,
    Role.MENTOR: frozenset({Power.MENTOR_LEARNERS}),
    Role.MODERATOR: frozenset({Power.MODERATE_TUTOR}),
}


_BY_NAME: dict[str, frozenset[Power]] = {role.value: powers for role, powers in POWERS.items()}


def powers_of(role: str) -> frozenset[Power]:
    """The powers that come with a role; none for a role that nobody knows."""
    return _BY_NAME.get(role, frozenset())
