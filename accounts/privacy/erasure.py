"""Erasing a person: asked for, waiting for its day, carried out.

Marks, memberships and the journal keep their rows and ids and hang on somebody without a name. What becomes of each
field is declared where the field is, in each app's `personal.py`.
"""

from datetime import datetime, timedelta

import structlog
from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import F

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from accounts.privacy.errors import ErasureWaits, NoErasureWaits
from accounts.privacy.events import ErasureAsked, ErasureCancelled, PersonErased
from accounts.privacy.models import GRACE, Erasure
from accounts.privacy.registry import holdings, require_no_objection
from config.kernel.errors import DomainError

log = structlog.get_logger(__name__)

# Who has not finished by then is dead, and another worker starts over.
LEASE = timedelta(minutes=10)
# When somebody objects on the day itself, it is asked again after this.
PAUSE = timedelta(days=1)
# An account whose address nobody has proved is kept this long.
UNVERIFIED_KEPT = timedelta(days=30)


def waiting_erasure(user: User) -> Erasure | None:
    """The erasure that waits for its day, if any."""
    return Erasure.objects.filter(user=user, state__in=Erasure.OPEN).first()


@transaction.atomic
def ask_for_erasure(*, user: User, reason: str, actor: User, now: datetime) -> Erasure:
    """Erase the person when the time of grace is over; until then they can sign in only to cancel.

    Raises `ErasureWaits`, and what others object, e.g. that an academy would be left without an owner.
    """
    person = User.objects.select_for_update().get(pk=user.pk)
    if person.erasure_due_at is not None or not person.is_active:
        raise ErasureWaits
    require_no_objection(person)
    due_at = now + GRACE
    erasure: Erasure = Erasure.objects.create(user=person, asked_by=actor, reason=reason, due_at=due_at, asked_at=now)
    person.erasure_due_at = due_at
    person.save(update_fields=["erasure_due_at"])
    record(ErasureAsked(user_id=person.pk, due_at=due_at), actor=actor, now=now)
    context = {"name": person.display_name, "date": due_at.date().isoformat(), "url": f"{settings.SITE_URL}/"}
    post_letter(kind="erasure_asked", to=person, context=context, now=now)
    return erasure


@transaction.atomic
def cancel_erasure(*, user: User, actor: User, now: datetime) -> None:
    """Everything stays as it is. Raises `NoErasureWaits`, also when it is being carried out already."""
    person = User.objects.select_for_update().get(pk=user.pk)
    waiting = Erasure.objects.filter(user=person, state=Erasure.State.WAITING)
    if not waiting.update(state=Erasure.State.CANCELLED, closed_at=now):
        raise NoErasureWaits
    person.erasure_due_at = None
    person.save(update_fields=["erasure_due_at"])
    record(ErasureCancelled(user_id=person.pk), actor=actor, now=now)
    post_letter(kind="erasure_cancelled", to=person, context={"name": person.display_name}, now=now)


def give_up_unverified(*, now: datetime, limit: int = 200) -> int:
    """Have those erased who opened an account and never proved that the address is theirs; says how many.

    They are sent nothing: the address may well be a stranger's.
    """
    given_up = 0
    never = EmailAddress.objects.filter(verified=False, user__is_active=True, user__erasure_due_at=None)
    waiting = never.filter(email=F("user__email"), user__created_at__lt=now - UNVERIFIED_KEPT)
    for key in waiting.values_list("user", flat=True)[:limit]:
        with transaction.atomic():
            person = User.objects.select_for_update().get(pk=key)
            # Somebody may have come back to it meanwhile.
            if not waiting.filter(user=person).exists():
                continue
            Erasure.objects.create(user=person, asked_by=person, due_at=now, asked_at=now)
            person.erasure_due_at = now
            person.save(update_fields=["erasure_due_at"])
            record(ErasureAsked(user_id=person.pk, due_at=now), actor=None, now=now)
            given_up += 1
    return given_up


def erase_due(*, now: datetime) -> int:
    """Carry out what is due; says how many people were erased."""
    erased = 0
    while (erasure := _claim(now=now)) is not None:
        erased += _carry_out(erasure, now=now)
    return erased


@transaction.atomic
def _claim(*, now: datetime) -> Erasure | None:
    """From here on it cannot be cancelled. The lease makes it due again if this process dies."""
    erasure: Erasure | None = Erasure.objects.due(now=now).select_for_update(skip_locked=True).first()
    if erasure is None:
        return None
    erasure.state, erasure.due_at = Erasure.State.RUNNING, now + LEASE
    erasure.save(update_fields=["state", "due_at"])
    return erasure


def _carry_out(erasure: Erasure, *, now: datetime) -> bool:
    """One transaction for each subject; each may be repeated, so a run that died starts over. The person comes last."""
    person = erasure.user
    try:
        require_no_objection(person)
        for holding in holdings()[:-1]:
            with transaction.atomic():
                holding.erase(person, now=now)
        with transaction.atomic():
            holdings()[-1].erase(person, now=now)
            Erasure.objects.filter(pk=erasure.pk).update(state=Erasure.State.DONE, closed_at=now)
            record(PersonErased(user_id=person.pk), actor=None, now=now)
    except DomainError as refusal:
        log.warning("privacy.erasure_put_off", erasure=str(erasure.pk), code=refusal.code)
        Erasure.objects.filter(pk=erasure.pk).update(state=Erasure.State.WAITING, due_at=now + PAUSE)
        return False
    except Exception as error:
        log.error("privacy.erasure_failed", erasure=str(erasure.pk), exc_info=error)
        return False
    return True
