"""Which questions a learner knows of: what they may keep, write about and report."""

from django.db.models import Exists, OuterRef

from academies.models import Membership
from exams.bank.models import Item, ItemVersion
from exams.bank.querysets import ItemQuerySet
from exams.marking.models import MarkedAnswer

_ONCE_LIVE = (ItemVersion.State.LIVE, ItemVersion.State.QUARANTINED, ItemVersion.State.RETIRED)


def items_known_to(member: Membership) -> ItemQuerySet:
    """The questions that the member may practise or has practised, and those of exams whose answers they have seen."""
    asked = ItemVersion.objects.filter(item=OuterRef("pk"), state__in=_ONCE_LIVE)
    met = MarkedAnswer.objects.of_learner(member).known_to_learner().filter(item=OuterRef("pk"))
    practised = Item.objects.practised_in(member.academy).filter(Exists(asked))
    return Item.objects.filter(Exists(practised.filter(pk=OuterRef("pk"))) | Exists(met))
