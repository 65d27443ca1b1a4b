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

    def practised_in(self, academy: "Academy") -> Self:
        """The banks that the academy's learners may practise from."""
        return self.usable_by(academy).filter(is_open_to_practice=True)


class ItemQuerySet(TenantQuerySet["Item"]):
    """Items."""

    def live(self) -> Self:
        """Items that new forms may draw."""
        return self.exclude(live_version=None)

    def practised_in(self, academy: "Academy") -> Self:
        """Items of banks that the academy's learners may practise from, live or not."""
        is_usable = Q(bank__academy=academy) | Q(bank__academy__is_house=True, bank__is_shared=True)
        return self.filter(is_usable, bank__is_open_to_practice=True)
