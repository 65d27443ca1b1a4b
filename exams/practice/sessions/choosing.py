"""Which questions a learner may practise, what they know of each, and which of them a session gets."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import MD5, Cast, Concat, RowNumber

from academies.models import Membership
from exams.bank.models import Item
from exams.bank.querysets import ItemQuerySet
from exams.marking.models import MarkedAnswer
from exams.practice.repetition.models import ReviewCard
from exams.practice.saved.models import Bookmark
from exams.practice.sessions.errors import NothingToPractise

_IS_SEEN = Q(latest__isnull=False)
# What `only` stands for, in terms of `practisable`.
ONLY: Mapping[str, Q] = {
    "not_seen": ~_IS_SEEN,
    "wrong": Q(latest__lt=1),
    "bookmarked": Q(is_bookmarked=True),
    "due": Q(is_due=True),
}


def practisable(*, member: Membership, now: datetime) -> ItemQuerySet:
    """The items that the member may practise, with `latest` (what their last answer that they know of was worth, null
    for none), `is_bookmarked` and `is_due`."""
    known = MarkedAnswer.objects.of_learner(member).known_to_learner().filter(item=OuterRef("pk"))
    own = {"academy": member.academy_id, "learner": member.user_id, "item": OuterRef("pk")}
    return (
        Item.objects.practised_in(member.academy)
        .live()
        .annotate(
            latest=Subquery(known.order_by("-answered_at").values("fraction")[:1]),
            is_bookmarked=Exists(Bookmark.objects.filter(**own)),
            is_due=Exists(ReviewCard.objects.filter(**own, suspended_at=None, due_at__lte=now)),
        )
    )


def counts_of(items: ItemQuerySet) -> list[dict[str, Any]]:
    """How many items there are, were seen, were wrong, are bookmarked and are due, by all that a filter can name."""
    # Any: rows of values, whose type has no name.
    rows: Any = items.order_by().values("bank", "domain", "skill", "live_version__difficulty")
    return list(
        rows.annotate(
            items=Count("id"),
            seen=Count("id", filter=_IS_SEEN),
            wrong=Count("id", filter=ONLY["wrong"]),
            bookmarked=Count("id", filter=ONLY["bookmarked"]),
            due=Count("id", filter=ONLY["due"]),
        )
    )


def draw_versions(
    *, member: Membership, bank: UUID, chosen: Mapping[str, Any], count: int, seed: int, now: datetime
) -> list[UUID]:
    """The live versions of up to `count` items that fit what was chosen: those not seen yet first, then in turns from
    each domain, else by lot. One statement however large the bank; a second to say why there are none.

    Raises NothingToPractise.
    """
    items = practisable(member=member, now=now).filter(bank=bank)
    filters = _filters(chosen)
    drawn = items.filter(*filters.values()).annotate(
        is_seen=ExpressionWrapper(_IS_SEEN, output_field=BooleanField()),
        lot=MD5(Concat(Cast("pk", CharField()), Value(str(seed)))),
        turn=Window(RowNumber(), partition_by=["domain"], order_by=["is_seen", "lot"]),
    )
    versions: list[UUID] = list(drawn.order_by("is_seen", "turn", "lot").values_list("live_version", flat=True)[:count])
    if not versions:
        raise NothingToPractise(members={"loosen": _to_loosen(items, filters)})
    return versions


def _filters(chosen: Mapping[str, Any]) -> dict[str, Q]:
    """The conditions by the name of what chose them; what was left empty chooses nothing."""
    conditions = {
        "domains": Q(domain__in=chosen["domains"]),
        "skills": Q(skill__in=chosen["skills"]),
        "difficulties": Q(live_version__difficulty__in=chosen["difficulties"]),
        "only": ONLY.get(chosen["only"] or "", Q()),
    }
    return {name: condition for name, condition in conditions.items() if chosen[name]}


def _to_loosen(items: ItemQuerySet, filters: Mapping[str, Q]) -> list[str]:
    """The filters of which leaving out any one finds something; all of them where it takes more than one."""
    if not filters:
        return []
    others = {
        name: Q(*(condition for other, condition in filters.items() if other != name), pk__isnull=False)
        for name in filters
    }
    found = items.aggregate(**{name: Count("id", filter=condition) for name, condition in others.items()})
    return [name for name in filters if found[name]] or list(filters)
