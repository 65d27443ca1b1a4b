"""How the journal names deliveries and items."""

from collections.abc import Mapping, Set
from uuid import UUID

from accounts.journal.names import name_ids
from exams.models import Delivery, Item


def deliveries(keys: Set[UUID]) -> Mapping[UUID, str]:
    """Their titles."""
    return dict(Delivery.objects.filter(pk__in=keys).values_list("pk", "title"))


def items(keys: Set[UUID]) -> Mapping[UUID, str]:
    """Their codes."""
    return dict(Item.objects.filter(pk__in=keys).values_list("pk", "code"))


name_ids("delivery_id", deliveries)
name_ids("item_id", items)
