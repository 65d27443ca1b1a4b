"""Making cohorts and filling them."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from academies.events import CohortChanged, CohortMembersChanged
from academies.roster.models import Cohort, CohortMember
from academies.tenancy.errors import WrongAcademy
from academies.tenancy.models import Academy, Membership
from accounts.journal.record import record
from accounts.models import User


@transaction.atomic
def create_cohort(*, academy: Academy, name: str, actor: User | None, now: datetime) -> Cohort:
    """A new, empty cohort. A name that the academy has already is refused by the database."""
    cohort = Cohort.objects.create(academy=academy, name=name, created_at=now)
    _record_change(cohort, change="added", actor=actor, now=now)
    return cohort


@transaction.atomic
def rename_cohort(*, cohort: UUID, name: str, actor: User | None, now: datetime) -> Cohort:
    """Give a cohort another name."""
    renamed: Cohort = Cohort.objects.locked().get(pk=cohort)
    if renamed.name != name:
        renamed.name = name
        renamed.save(update_fields=["name"])
        _record_change(renamed, change="renamed", actor=actor, now=now)
    return renamed


@transaction.atomic
def delete_cohort(*, cohort: UUID, actor: User | None, now: datetime) -> None:
    """Remove a cohort with its list of members. One that a delivery is for is refused by the database."""
    removed = Cohort.objects.locked().get(pk=cohort)
    _record_change(removed, change="deleted", actor=actor, now=now)
    removed.delete()


@transaction.atomic
def add_to_cohort(*, cohort: Cohort, members: Iterable[Membership], actor: User | None, now: datetime) -> int:
    """Put members into a cohort; who is in it already stays. Returns how many are new. Raises `WrongAcademy`."""
    wanted = {member.pk: member for member in members}
    if any(member.academy_id != cohort.academy_id for member in wanted.values()):
        raise WrongAcademy
    Cohort.objects.locked().get(pk=cohort.pk)
    present = set(CohortMember.objects.filter(cohort=cohort, member__in=wanted).values_list("member_id", flat=True))
    added = [key for key in wanted if key not in present]
    if added:
        CohortMember.objects.bulk_create(
            CohortMember(academy_id=cohort.academy_id, cohort=cohort, member=wanted[key]) for key in added
        )
        _record_members(cohort, added=added, removed=[], actor=actor, now=now)
    return len(added)


@transaction.atomic
def remove_from_cohort(*, cohort: Cohort, members: Iterable[Membership], actor: User | None, now: datetime) -> int:
    """Take members out of a cohort. Returns how many were in it."""
    Cohort.objects.locked().get(pk=cohort.pk)
    rows = CohortMember.objects.filter(cohort=cohort, member__in=[member.pk for member in members])
    removed = list(rows.values_list("member_id", flat=True))
    if removed:
        rows.delete()
        _record_members(cohort, added=[], removed=removed, actor=actor, now=now)
    return len(removed)


def _record_change(cohort: Cohort, *, change: str, actor: User | None, now: datetime) -> None:
    record(
        CohortChanged(academy_id=cohort.academy_id, cohort_id=cohort.pk, name=cohort.name, change=change),
        actor=actor,
        now=now,
    )


def _record_members(
    cohort: Cohort, *, added: list[UUID], removed: list[UUID], actor: User | None, now: datetime
) -> None:
    record(
        CohortMembersChanged(academy_id=cohort.academy_id, cohort_id=cohort.pk, added=added, removed=removed),
        actor=actor,
        now=now,
    )
