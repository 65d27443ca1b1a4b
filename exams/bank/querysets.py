"""Reads of the bank."""

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from academies.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from academies.models import Academy
    from exams.bank.models import Item, ItemBank  # noqa: F401 - named in the brackets of the bases


class ItemBankQuerySet(TenantQuerySet["ItemBank"]):
    """Item banks."""

    def usable_by(self, academy: "Academy") -> Self:
        """The academy's own banks, and those that the house academy shares."""
        return self.filter(Q(academy=academy) | Q(academy__is_house=True, is_shared=True))


class ItemQuerySet(TenantQuerySet["Item"]):
    """Items."""

    def live(self) -> Self:
        """Items that new forms may draw."""
        return self.exclude(live_version=None)
