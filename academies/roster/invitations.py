"""Inviting people by their address, and what becomes of it."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from academies.events import InvitationAccepted, InvitationRevoked, PersonInvited
from academies.roster.actions import add_to_cohort
from academies.roster.errors import InvitationNotValid, InvitedSomebodyElse
from academies.roster.models import Cohort, Invitation
from academies.roster.querysets import digest_of
from academies.tenancy.actions import join_academy
from academies.tenancy.errors import AlreadyMember, WrongAcademy
from academies.tenancy.models import Academy, Membership
from academies.tenancy.powers import Role
from accounts.journal.record import record
from accounts.mail.actions import post_letter
from accounts.models import User

LIVES = timedelta(days=14)


@transaction.atomic
def invite(
    *, academy: Academy, address: str, role: Role, cohort: Cohort | None, actor: User, now: datetime
) -> Invitation:
    """Ask an address to join. One that waits already is renewed: the letter before leads nowhere any more.

    Raises `AlreadyMember`, `WrongAcademy`.
    """
    address = address.lower()
    if cohort is not None and cohort.academy_id != academy.pk:
        raise WrongAcademy
    if Membership.objects.for_academy(academy).active().filter(user__email=address).exists():
        raise AlreadyMember
    invitation = Invitation.objects.for_academy(academy).pending().locked().filter(address=address).first()
    if invitation is None:
        invitation = Invitation(academy=academy, address=address, created_at=now)
    invitation.role, invitation.cohort = role, cohort
    return _send(invitation, actor=actor, now=now)


@transaction.atomic
def invite_again(*, invitation: UUID, actor: User, now: datetime) -> Invitation:
    """Send another letter, with another two weeks. Raises `InvitationNotValid` for one that has ended."""
    return _send(_pending(invitation), actor=actor, now=now)


@transaction.atomic
def revoke_invitation(*, invitation: UUID, actor: User, now: datetime) -> None:
    """Take an invitation back. Raises `InvitationNotValid` for one that has ended."""
    revoked = _pending(invitation)
    revoked.revoked_at = now
    revoked.save(update_fields=["revoked_at"])
    record(InvitationRevoked(academy_id=revoked.academy_id, invitation_id=revoked.pk), actor=actor, now=now)


@transaction.atomic
def accept_invitation(*, token: str, user: User, now: datetime) -> Membership:
    """Join as the invitation says. Raises `InvitationNotValid`, `InvitedSomebodyElse`, `AlreadyMember`."""
    accepted = Invitation.objects.with_token(token, now=now).locked().select_related("academy", "cohort").first()
    if accepted is None:
        raise InvitationNotValid
    if accepted.address != user.email:
        raise InvitedSomebodyElse
    member = join_academy(academy=accepted.academy, user=user, role=Role(accepted.role), actor=user, now=now)
    if accepted.cohort is not None:
        add_to_cohort(cohort=accepted.cohort, members=[member], actor=user, now=now)
    accepted.accepted_at = now
    accepted.save(update_fields=["accepted_at"])
    record(
        InvitationAccepted(academy_id=accepted.academy_id, invitation_id=accepted.pk, user_id=user.pk),
        actor=user,
        now=now,
    )
    return member


def _pending(invitation: UUID) -> Invitation:
    found: Invitation | None = Invitation.objects.pending().locked().filter(pk=invitation).first()
    if found is None:
        raise InvitationNotValid
    return found


def _send(invitation: Invitation, *, actor: User, now: datetime) -> Invitation:
    token = secrets.token_urlsafe(32)
    invitation.token_digest, invitation.expires_at, invitation.invited_by = digest_of(token), now + LIVES, actor
    invitation.save()
    record(
        PersonInvited(academy_id=invitation.academy_id, invitation_id=invitation.pk, role=invitation.role),
        actor=actor,
        now=now,
    )
    post_letter(
        kind="invitation",
        to=invitation.address,
        context={
            "academy": invitation.academy.name,
            "role": invitation.role,
            "link": f"{settings.SITE_URL}/invitation/{token}",
        },
        now=now,
        locale=actor.locale,
    )
    return invitation
