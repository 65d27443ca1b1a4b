"""Beginning to see as somebody, and ending it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from accounts.identity.models import User
from accounts.impersonation.errors import ImpersonationRefused, ImpersonationRuns
from accounts.impersonation.events import ImpersonationEnded, ImpersonationStarted, ImpersonationWriteRefused
from accounts.impersonation.models import Impersonation
from accounts.journal.record import record
from accounts.sessions.models import UserSession
from config.kernel.errors import FieldError, Invalid, Refused

LASTS = timedelta(minutes=30)
SHORTEST_REASON = 10
# The matrix of powers gives it to groups of staff (accounts.identity.powers).
POWER = "accounts.add_impersonation"

Ending = Impersonation.Ending


def may_impersonate(staff: User) -> bool:
    """Whether this person may see as others at all."""
    return staff.is_platform_staff and staff.has_perm(POWER)


@transaction.atomic
def start_impersonation(*, user: UUID, session: UUID | None, reason: str, actor: User, now: datetime) -> Impersonation:
    """Let a member of staff see as a person in one session of theirs.

    Raises `Refused`, `Invalid`, `ImpersonationRefused`, `ImpersonationRuns`.
    """
    if not may_impersonate(actor):
        raise Refused
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON:
        detail = f"Say why, in {SHORTEST_REASON} characters or more."
        raise Invalid(errors=(FieldError(field="reason", code="min_length", detail=detail),))
    person = User.objects.get(pk=user)
    # Two that begin at once wait for each other here.
    held = UserSession.objects.select_for_update().filter(pk=session, user=actor).first()
    if held is None or not _may_be_seen(person, by=actor):
        raise ImpersonationRefused
    if Impersonation.objects.running().filter(session=held).exists():
        raise ImpersonationRuns
    started = Impersonation.objects.create(
        user=person, staff=actor, session=held, reason=reason, started_at=now, expires_at=now + LASTS
    )
    event = ImpersonationStarted(user_id=person.pk, impersonation_id=started.pk, reason=reason)
    record(event, actor=actor, now=now)
    return started


def living_impersonation(
    *, impersonation: UUID, session: UUID | None, staff: User, now: datetime
) -> Impersonation | None:
    """The one that this session may go on with; None when it is over, which is then on record."""
    running = Impersonation.objects.running().filter(pk=impersonation, session=session, staff=staff)
    found: Impersonation | None = running.select_related("user").first() if session else None
    if found is None:
        return None
    if found.expires_at <= now:
        end_impersonation(found, why=Ending.TIME, actor=staff, now=now)
        return None
    if not may_impersonate(staff) or not _may_be_seen(found.user, by=staff):
        end_impersonation(found, why=Ending.POWER, actor=staff, now=now)
        return None
    return found


@transaction.atomic
def end_impersonation(impersonation: Impersonation, *, why: Ending, actor: User | None, now: datetime) -> bool:
    """End it, once. False when it had ended."""
    running = Impersonation.objects.running().filter(pk=impersonation.pk)
    if not running.update(ended_at=now, why_ended=why):
        return False
    event = ImpersonationEnded(user_id=impersonation.user_id, impersonation_id=impersonation.pk, why=why)
    record(event, actor=actor, now=now)
    return True


def end_overdue(*, now: datetime) -> int:
    """End those whose time or whose session is over, though nobody came by since. Says how many."""
    overdue = Impersonation.objects.overdue(now=now)
    whys = ((each, Ending.TIME if each.session_id else Ending.SESSION) for each in overdue)
    return sum(end_impersonation(each, why=why, actor=None, now=now) for each, why in whys)


@transaction.atomic
def note_refusal(impersonation: Impersonation, *, method: str, route: str, actor: User, now: datetime) -> None:
    """Put on record that a change was tried."""
    event = ImpersonationWriteRefused(
        user_id=impersonation.user_id, impersonation_id=impersonation.pk, method=method, route=route
    )
    record(event, actor=actor, now=now)


def _may_be_seen(person: User, *, by: User) -> bool:
    """Nobody sees as somebody who has more power than a member of an academy."""
    return person.is_active and not person.is_staff and not person.is_superuser and person.pk != by.pk
