"""Joining, changing and leaving an academy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from academies.events import AcademyChanged, MemberJoined, MemberLeft, MembershipChanged
from academies.tenancy.errors import AlreadyMember, LastOwner
from academies.tenancy.models import Academy, Membership
from academies.tenancy.powers import Role
from accounts.journal.record import record
from accounts.models import User

HOUSE = {"name": "ProficientHub", "slug": "proficienthub", "tier": Academy.Tier.ENTERPRISE}


def house_academy() -> Academy:
    """The platform's own academy, made at the first call."""
    academy, _ = Academy.objects.get_or_create(is_house=True, defaults=HOUSE)
    return academy


@transaction.atomic
def create_academy(*, name: str, slug: str, actor: User | None, now: datetime, **fields: Any) -> Academy:
    """A new academy without people. `fields` are further columns (`tier`, `colour`, `time_zone`)."""
    academy = Academy.objects.create(name=name, slug=slug, created_at=now, **fields)
    record(AcademyChanged(academy_id=academy.pk, fields=[], is_new=True), actor=actor, now=now)
    return academy


@transaction.atomic
def ensure_home(*, user: User, actor: User | None, now: datetime) -> Membership:
    """An active membership of the person: the oldest they have, else one of the house academy as a learner."""
    home = Membership.objects.active().filter(user=user).order_by("created_at", "id").first()
    return home or join_academy(academy=house_academy(), user=user, role=Role.LEARNER, actor=actor, now=now)


@transaction.atomic
def join_academy(*, academy: Academy, user: User, role: Role, actor: User | None, now: datetime) -> Membership:
    """Make somebody a member, or a member again. Nothing happens when they are one with that role already.

    Raises `AlreadyMember` for a member with another role.
    """
    membership, is_new = Membership.objects.get_or_create(
        academy=academy, user=user, defaults={"role": role, "created_at": now}
    )
    if not is_new:
        membership = Membership.objects.locked().get(pk=membership.pk)
        if membership.ended_at is None and membership.role == role:
            return membership
        if membership.ended_at is None:
            raise AlreadyMember
        membership.role = role
        membership.ended_at = None
        membership.save(update_fields=["role", "ended_at"])
    record(
        MemberJoined(academy_id=academy.pk, membership_id=membership.pk, user_id=user.pk, role=role),
        actor=actor,
        now=now,
    )
    return membership


@transaction.atomic
def change_role(*, membership: UUID, role: Role, actor: User | None, now: datetime) -> Membership:
    """Give a member another role. Raises `LastOwner` when the academy would lose its last one."""
    member = _locked(membership)
    before = member.role
    if before == role:
        return member
    if before == Role.OWNER:
        require_another_owner(member)
    member.role = role
    member.save(update_fields=["role"])
    record(
        MembershipChanged(
            academy_id=member.academy_id,
            membership_id=member.pk,
            user_id=member.user_id,
            before=before,
            after=role,
        ),
        actor=actor,
        now=now,
    )
    return member


@transaction.atomic
def end_membership(*, membership: UUID, actor: User | None, now: datetime) -> Membership:
    """End a membership; what the person did in the academy stays. Who is left without any gets one of the house.

    Raises `LastOwner`.
    """
    member = _locked(membership)
    if member.ended_at is not None:
        return member
    if member.role == Role.OWNER:
        require_another_owner(member)
    member.ended_at = now
    member.save(update_fields=["ended_at"])
    record(
        MemberLeft(academy_id=member.academy_id, membership_id=member.pk, user_id=member.user_id, role=member.role),
        actor=actor,
        now=now,
    )
    if not member.academy.is_house:
        ensure_home(user=member.user, actor=None, now=now)
    return member


def require_another_owner(leaving: Membership) -> None:
    """Raises `LastOwner` when nobody else owns the academy. Who acts on the answer has locked the academy."""
    others = Membership.objects.for_academy(leaving.academy).active().filter(role=Role.OWNER)
    if not others.exclude(pk=leaving.pk).exists():
        raise LastOwner


def _locked(membership: UUID) -> Membership:
    """The membership, with its academy locked first: two owners who leave at once must see each other."""
    academy = Academy.objects.select_for_update().get(memberships=membership)
    member = Membership.objects.locked().get(pk=membership)
    member.academy = academy
    return member
