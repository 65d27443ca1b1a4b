"""What the bank refuses."""

from config.kernel.errors import DomainError, Invalid


class IllegalMove(DomainError):
    """A version cannot go from its state to the one that was asked for."""

    code = "illegal_move"
    title = "The version cannot take this state"


class UnknownReference(Invalid):
    """An item names a domain, a skill or a stimulus that its bank does not have."""

    code = "unknown_reference"


class WrittenMeanwhile(DomainError):
    """The item has another newest version than the author had before them."""

    code = "written_meanwhile"
    title = "The item has a newer version"
