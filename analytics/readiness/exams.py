"""Which exams a learner may face, and what they consist of."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from academies.models import Membership
from accounts.profile.models import Profile
from exams.bank.models import Domain
from exams.delivery.models import Delivery
from exams.formats.models import Blueprint, BlueprintCell


@dataclass(frozen=True, kw_only=True)
class Outline:
    """An exam as far as readiness goes: how many items of each domain and difficulty, and how many must be right."""

    blueprint: Blueprint
    # (domain, difficulty or nothing for any) → items.
    cells: dict[tuple[UUID, str], int]
    domains: dict[UUID, Domain]
    needed: int | None

    @property
    def items(self) -> dict[UUID, int]:
        """Domain → items."""
        counts: dict[UUID, int] = dict.fromkeys(self.domains, 0)
        for (domain, _), count in self.cells.items():
            counts[domain] += count
        return counts


def exams_for(member: Membership) -> "QuerySet[Any]":
    """The exams with a pass mark that the member may face: to be practised for, or assigned.

    Adds `is_target`: that it is the one which their profile names.
    """
    practised = Blueprint.objects.usable_by(member.academy).filter(bank__is_open_to_practice=True)
    assigned = Delivery.objects.assigned_to(member).filter(form__blueprint=OuterRef("pk"))
    wanted = Profile.objects.filter(user=member.user_id).values_list("target_exam", flat=True).first()
    is_named = Q(title__icontains=wanted) | Q(bank__title__icontains=wanted) if wanted else Q(pk__in=[])
    return (
        Blueprint.objects.filter(Q(pk__in=practised.values("pk")) | Exists(assigned))
        .filter(conversion__cut_score__isnull=False)
        .select_related("bank", "conversion")
        .annotate(is_target=Case(When(is_named, then=Value(True)), default=Value(False), output_field=BooleanField()))
    )


def outlines_of(blueprints: Iterable[Blueprint]) -> list[Outline]:
    """What these exams consist of, in one statement. Wants `conversion`."""
    wanted = list(blueprints)
    cells: dict[UUID, dict[tuple[UUID, str], int]] = {each.pk: {} for each in wanted}
    domains: dict[UUID, dict[UUID, Domain]] = {each.pk: {} for each in wanted}
    rows = BlueprintCell.objects.filter(section__blueprint__in=wanted).select_related("domain", "section")
    for cell in rows.order_by("domain__code"):
        of = cell.section.blueprint_id
        key = (cell.domain_id, cell.difficulty)
        cells[of][key] = cells[of].get(key, 0) + cell.count
        domains[of][cell.domain_id] = cell.domain
    return [
        Outline(blueprint=each, cells=cells[each.pk], domains=domains[each.pk], needed=_needed(each, cells[each.pk]))
        for each in wanted
    ]


def _needed(blueprint: Blueprint, cells: dict[tuple[UUID, str], int]) -> int | None:
    """The smallest number of right items that passes; None where none does."""
    conversion, cut, total = blueprint.conversion.as_conversion(), blueprint.conversion.cut_score, sum(cells.values())
    if cut is None:
        return None
    reached = (
        right for right in range(total + 1) if conversion.scaled(raw=Decimal(right), raw_max=Decimal(total)) >= cut
    )
    return next(reached, None)
