"""What is refused about reports."""

from config.kernel.errors import DomainError


class AlreadyReported(DomainError):
    """One report of a learner about a question waits at a time."""

    code = "already_reported"
    title = "You have reported this question already"
    default_detail = "You have reported this question already. You will find the answer among your reports."


class AlreadyDecided(DomainError):
    """Somebody was faster."""

    code = "already_decided"
    title = "These reports are decided already"
    default_detail = "These reports are decided already."


class NotCorrected(DomainError):
    """Reports are upheld with a better version."""

    code = "not_corrected"
    title = "The question has no corrected version"
    default_detail = "Write a corrected version and approve it first. Upholding the reports makes it live."
