"""What can be refused while exams are delivered."""

from http import HTTPStatus

from config.kernel.errors import DomainError


class DeliveryNotOpen(DomainError):
    """The window has not opened yet, or has closed."""

    code = "delivery_not_open"
    title = "This exam is not open"
    default_detail = "This exam is not open now."


class NoAttemptsLeft(DomainError):
    """Every allowed attempt has been used."""

    code = "no_attempts_left"
    title = "No attempts left"
    default_detail = "You have used all your attempts at this exam."


class DeliveryInUse(DomainError):
    """Conditions cannot change once somebody has started under them."""

    code = "delivery_in_use"
    title = "Somebody has already started"
    default_detail = "Time, navigation and order cannot change after somebody has started."


class AttemptClosed(DomainError):
    """The attempt takes no more answers."""

    code = "attempt_closed"
    title = "This attempt is closed"
    default_detail = "This attempt is closed and takes no more answers."


class AttemptPaused(DomainError):
    """The attempt takes no answers until it is resumed."""

    code = "attempt_paused"
    title = "This attempt is paused"
    default_detail = "This attempt is paused. Your answers are kept."


class AttemptNotPaused(DomainError):
    """Only a paused attempt can be resumed."""

    code = "attempt_not_paused"
    title = "This attempt is not paused"
    default_detail = "This attempt is not paused."


class SectionClosed(DomainError):
    """The item stands in a part of the form that cannot be answered now."""

    code = "section_closed"
    title = "This part of the exam is not open"
    default_detail = "This part of the exam is not open now."


class StaleSequence(DomainError):
    """A newer answer has been saved already; nothing was changed."""

    code = "stale_sequence"
    title = "A newer answer is saved already"
    default_detail = "A newer answer to this item is saved already. Nothing was changed."


class NotAvailable(DomainError):
    """The review policy does not show this now."""

    status = HTTPStatus.FORBIDDEN
    code = "result_not_available"
    title = "The result is not available"


class ReviewNotAvailable(NotAvailable):
    """The review policy does not show the answers now."""

    code = "review_not_available"
    title = "The review is not available"
