"""Events of practice and exams, recorded as the apps below record them, and a relay that can be unreliable."""

from datetime import datetime
from random import Random
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from academies.models import Membership
from accounts.journal.events import Event, event_from
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.record import record
from accounts.journal.relay import deliver_due
from accounts.journal.subscriptions import handler_of
from exams.events import ItemReportUpheld, QuizFinished, ResultShown, ReviewsDone, StudyFinished


def quiz(member: Membership, *, day: str, items: int = 10, right: int = 8, new: int = 8, **fields: Any) -> QuizFinished:
    """A quiz that was finished on a local date."""
    return QuizFinished(
        **{
            "academy_id": member.academy_id,
            "learner_id": member.user_id,
            "session_id": uuid4(),
            "bank_id": uuid4(),
            "items": items,
            "answered": items,
            "right": right,
            "first_right": new,
            "hard_right": 0,
            "seconds": 300,
            "time_limit_seconds": 900,
            "days": {day: items},
            **fields,
        }
    )


def study(member: Membership, *, day: str, answered: int = 10, **fields: Any) -> StudyFinished:
    """A study session that was finished on a local date."""
    return StudyFinished(
        **{
            "academy_id": member.academy_id,
            "learner_id": member.user_id,
            "session_id": uuid4(),
            "bank_id": uuid4(),
            "answered": answered,
            "right": answered,
            "viewed": answered,
            "seconds": 300,
            "days": {day: answered} if answered else {},
            **fields,
        }
    )


def reviews(member: Membership, *, day: str, recalled: int = 10, empties: bool = False, **fields: Any) -> ReviewsDone:
    """A run of reviews on a local date."""
    return ReviewsDone(
        **{
            "academy_id": member.academy_id,
            "learner_id": member.user_id,
            "answered": recalled,
            "right": recalled,
            "recalled": recalled,
            "is_queue_empty": empties,
            "days": {day: recalled} if recalled else {},
            **fields,
        }
    )


def result(member: Membership, *, day: str, exam: UUID | None = None, **fields: Any) -> ResultShown:
    """A result of an exam that was sat on a local date."""
    return ResultShown(
        **{
            "academy_id": member.academy_id,
            "attempt_id": uuid4(),
            "delivery_id": uuid4(),
            "learner_id": member.user_id,
            "exam_id": exam or uuid4(),
            "share": "0.8000",
            "best_before": None,
            "passed": True,
            "is_first_pass": True,
            "items": 20,
            "answered": 20,
            "right": 16,
            "first_right": 10,
            "seconds": 1200,
            "days": {day: 20},
            "gives_certificate": False,
            **fields,
        }
    )


def upheld(member: Membership, *, item: UUID) -> ItemReportUpheld:
    """A report that was right."""
    return ItemReportUpheld(academy_id=member.academy_id, learner_id=member.user_id, item_id=item, report_id=uuid4())


def happen(*events: Event, now: datetime) -> list[JournalEntry]:
    """Record events without telling anybody yet."""
    with transaction.atomic():
        return [record(event, actor=None, now=now) for event in events]


def tell(*events: Event, now: datetime) -> list[JournalEntry]:
    """Record events and bring them, and whatever follows from them, to everybody."""
    entries = happen(*events, now=now)
    while deliver_due(now=now).done:
        pass
    assert not Delivery.objects.exclude(state="done").exists()
    return entries


class Crash(Exception):
    """The process ends here."""


def tell_badly(*, chance: Random, now: datetime) -> None:
    """Deliver what waits in any order, some of it twice, with crashes before the transaction ends."""
    while waiting := list(Delivery.objects.filter(state="pending").select_related("entry")):
        chance.shuffle(waiting)
        for delivery in waiting:
            hand_over(delivery, is_crash=chance.random() < 0.2, is_twice=chance.random() < 0.2, now=now)


def hand_over(delivery: Delivery, *, is_crash: bool, is_twice: bool, now: datetime) -> None:
    """Call a handler as the relay does."""
    entry, handler = delivery.entry, handler_of(delivery.subscriber)
    assert handler is not None
    event = event_from(kind=entry.kind, version=entry.version, academy_id=entry.academy_id, payload=entry.payload)
    try:
        with transaction.atomic():
            handler(event, entry)
            if is_crash:
                raise Crash
            if not is_twice:
                Delivery.objects.filter(pk=delivery.pk).update(state="done", done_at=now)
    except Crash:
        pass
