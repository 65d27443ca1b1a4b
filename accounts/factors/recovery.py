"""What recovery codes look like: 24 letters and digits without those that are mistaken for each other."""

import hashlib
import secrets

# Crockford's base 32: five bits each, so that 24 of them are 120 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 24
_GROUP = 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A code as it is shown: `7QK2-…`, six groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(letters[at : at + _GROUP] for at in range(0, LENGTH, _GROUP))


def plain(typed: str) -> str:
    """What was typed, without spaces and dashes, in capitals, and with what is often misread put right."""
    return "".join(typed.replace("-", " ").split()).upper().translate(_MISREAD)


def digest_of(code: str) -> str:
    """SHA-256 of a code, however it was typed, in hexadecimal digits."""
    return hashlib.sha256(plain(code).encode("utf-8", "replace")).hexdigest()
