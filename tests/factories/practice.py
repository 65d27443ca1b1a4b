"""Marked answers for tests of what is counted from them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from academies.models import Membership
from config.kernel.ids import new_id
from exams.bank.models import ItemBank, ItemVersion
from exams.marking.models import MarkedAnswer
from tests.factories.exams import NOW, make_bank, make_plain_items


def make_practice_bank(member: Membership, *, items: int = 12, domains: int = 2, **fields: Any) -> ItemBank:
    """A bank of plain items, `right_answer()` to each, that the member's academy may practise from."""
    bank = make_bank(member.academy, **{"slug": "practice", "domains": domains, "is_open_to_practice": True, **fields})
    make_plain_items(bank, items)
    return bank


def right_answer() -> dict[str, Any]:
    """Right for every item of `make_plain_items`."""
    return {"choice": "a"}


def wrong_answer() -> dict[str, Any]:
    """Wrong for every item of `make_plain_items`."""
    return {"choice": "b"}


def versions_of(bank: ItemBank) -> list[ItemVersion]:
    """The live versions of a bank, in the order of their codes."""
    return list(ItemVersion.objects.filter(item__bank=bank, state="live").select_related("item").order_by("item__code"))


def marked(
    member: Membership,
    versions: Iterable[ItemVersion],
    *,
    fractions: Iterable[float] = (),
    source: str = MarkedAnswer.Source.PRACTICE,
    source_id: UUID | None = None,
    now: datetime = NOW,
    seconds: int = 30,
    **fields: Any,
) -> list[MarkedAnswer]:
    """Answers of one session, a minute apart from `now` on and dated in UTC; right where `fractions` runs out."""
    session, worth = source_id or new_id(), iter(fractions)
    rows = []
    for slot, version in enumerate(versions, start=1):
        at = now + timedelta(minutes=slot - 1)
        rows.append(
            MarkedAnswer(
                **{
                    "academy": member.academy,
                    "learner": member.user,
                    "source": source,
                    "source_id": session,
                    "slot": slot,
                    "bank_id": version.item.bank_id,
                    "domain_id": version.item.domain_id,
                    "item": version.item,
                    "item_version": version,
                    "answer": right_answer(),
                    "fraction": Decimal(str(next(worth, 1))),
                    "seconds": seconds,
                    "answered_at": at,
                    "local_date": at.date(),
                    **fields,
                }
            )
        )
    return MarkedAnswer.objects.bulk_create(rows)
