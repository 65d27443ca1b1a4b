"""What can be refused in reviews."""

from config.kernel.errors import DomainError


class CardNotDue(DomainError):
    """The card waits for its day, is suspended, or its question is not shown now."""

    code = "card_not_due"
    title = "This card is not due"
    default_detail = "This card is not due. Go on with the next one."


class ReviewNotAnswered(DomainError):
    """A grade says how well an answer was remembered, so there must be one."""

    code = "review_not_answered"
    title = "This question is not answered yet"
    default_detail = "Answer the question first, then say how well you knew it."


class StaleReview(DomainError):
    """The card has been reviewed since, on another device perhaps."""

    code = "stale_review"
    title = "This card has moved on"
    default_detail = "This card has been reviewed since. Nothing was changed."


class NotTheLastGrade(DomainError):
    """Only the last grade can be undone: the others have had consequences."""

    code = "not_the_last_grade"
    title = "Only your last grade can be undone"
    default_detail = "Only your last grade can be undone."
