"""Reads of blueprints and forms."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from academies.models import Academy
    from exams.formats.models import Blueprint, Form  # noqa: F401  # named in strings below


class BlueprintQuerySet(TenantQuerySet["Blueprint"]):
    """Blueprints."""

    def usable_by(self, academy: "Academy") -> Self:
        """The academy's own blueprints, and those over banks that the house academy shares."""
        return self.filter(Q(academy=academy) | Q(academy__is_house=True, bank__is_shared=True))


class FormQuerySet(TenantQuerySet["Form"]):
    """Forms."""

    def usable_by(self, academy: "Academy") -> Self:
        """The academy's own forms, and those over banks that the house academy shares."""
        return self.filter(Q(academy=academy) | Q(academy__is_house=True, bank__is_shared=True))
