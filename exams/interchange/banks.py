"""Which bank a command means."""

from http import HTTPStatus

from config.kernel.errors import DomainError
from exams.bank.models import ItemBank


class NoSuchBank(DomainError):
    """The academy has no bank of this name."""

    status = HTTPStatus.NOT_FOUND
    code = "not_found"
    title = "There is no such bank"


def bank_named(slug: str, *, academy: str | None) -> ItemBank:
    """The bank of an academy, both by slug; without one, of the house academy. Raises NoSuchBank."""
    banks = ItemBank.objects.select_related("academy")
    mine = banks.filter(academy__slug=academy) if academy else banks.filter(academy__is_house=True)
    bank = mine.filter(slug=slug).first()
    if bank is None:
        known = ", ".join(mine.values_list("slug", flat=True)) or "none"
        raise NoSuchBank(f"{academy or 'The house academy'} has no bank {slug!r}; it has: {known}.")
    return bank
