"""What can be refused about recommendations."""

from config.kernel.errors import DomainError


class AlreadyDecided(DomainError):
    """It was decided the other way, or is no longer up to date."""

    code = "recommendation_decided"
    title = "This recommendation is no longer open"
    default_detail = "You have decided about this recommendation already."
