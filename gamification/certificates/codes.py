"""The code by which anybody verifies a certificate: unguessable, and short enough to be typed from paper.

Twelve characters of Crockford's Base32, 60 random bits: without I, L, O and U, which are read as 1, 1, 0 and nothing.
"""

import secrets

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110", "- \u2013")
LENGTH = 12


def new_code() -> str:
    """A code that nobody has."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """The code that somebody typed, however they did; None for what cannot be one."""
    code = text.upper().translate(_MISREAD)
    return code if len(code) == LENGTH and set(code) <= set(_ALPHABET) else None


def written(code: str) -> str:
    """As people read it: in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))
