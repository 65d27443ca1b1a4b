"""What a session has proved. It stands in the session itself, so that asking costs no query."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from accounts.factors.methods import FACTORS, Method

if TYPE_CHECKING:
    from accounts.models import User

KEY = "proof"
# How long a proof opens what is dangerous.
FRESH = timedelta(minutes=10)


def remember_proof(session: Any, *, by: Method, now: datetime) -> None:
    """Note what was just proved."""
    session[KEY] = {"by": str(by), "at": now.timestamp()}


def has_proved_factor(session: Any) -> bool:
    """Whether a second factor was proved in this session, however long ago."""
    return session.get(KEY, {}).get("by") in FACTORS


def owes_factor(user: "User", session: Any) -> bool:
    """Whether the person has a second factor that this session has not proved: it is signed in by half."""
    return user.has_factor and not has_proved_factor(session)


def is_fresh(user: "User", session: Any, *, now: datetime) -> bool:
    """Whether the session may do what is dangerous: it proved a factor just now or, without any, signed in."""
    proof = session.get(KEY)
    if proof is None or owes_factor(user, session):
        return False
    return bool(now.timestamp() - proof["at"] < FRESH.total_seconds())
