"""Letters as the tests read them: the rows that wait to be sent."""

from typing import Any
from urllib.parse import urlparse

from accounts.mail.models import OutgoingMail


def letters(address: str) -> list[OutgoingMail]:
    """The letters to this address, the oldest first."""
    return list(OutgoingMail.objects.filter(address=address).order_by("created_at", "id"))


def last_letter(address: str) -> dict[str, Any]:
    """What the newest letter to this address says, and its kind. What tells of a new device comes with any sign-in."""
    letter = [letter for letter in letters(address) if letter.kind != "new_sign_in"][-1]
    return {**letter.context, "kind": letter.kind}


def key_of(link: str) -> str:
    """The key at the end of a letter's link."""
    return urlparse(link).path.rpartition("/")[2]
