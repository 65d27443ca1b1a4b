"""Where cards come from: answers that were missed or guessed, and bookmarks."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from heapq import heapify, heapreplace
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from academies.models import Membership
from exams.marking.models import MarkedAnswer
from exams.practice.repetition.models import CardWatermark, ReviewCard
from exams.practice.repetition.terms import Terms
from exams.practice.saved.models import Bookmark

# Marked answers that one step of the reader looks at.
STEP = 20_000
# How far back the reader looks for bookmarks: more than enough for the slowest transaction. Older ones that it has
# missed become cards when their learner opens the queue.
BOOKMARKS_BACK = timedelta(hours=1)


@transaction.atomic
def read_answers(*, now: datetime) -> bool:
    """Make the cards of the next answers that nobody has read; return whether there are more.

    Only what was written by transactions older than the oldest that still runs is read, so nothing can appear behind
    the watermark later. Where somebody else reads, nothing is done; a crash leaves the watermark where it was.
    """
    CardWatermark.objects.get_or_create(pk=1, defaults={"read_to": "0"})
    watermark = CardWatermark.objects.select_for_update(skip_locked=True).filter(pk=1).first()
    if watermark is None:
        return False
    unread = MarkedAnswer.objects.filter(written_in__gte=watermark.read_to)
    settled = _oldest_running()
    # Behind the first answer's transaction at least, however much that one wrote.
    later = unread.filter(written_in__gt=watermark.read_to, written_in__lt=settled).order_by("written_in")
    bound = later.values_list("written_in", flat=True)[STEP : STEP + 1].first()
    _make_missed(unread.filter(written_in__lt=bound or settled), now=now)
    _make_bookmarked(Bookmark.objects.filter(created_at__gt=now - BOOKMARKS_BACK), now=now)
    watermark.read_to = bound or settled
    watermark.save(update_fields=["read_to"])
    return bound is not None


def make_own_cards(*, actor: Membership, now: datetime) -> None:
    """Make the cards of one learner that the reader has not come to yet, and those of all their bookmarks."""
    watermark = CardWatermark.objects.filter(pk=1).values_list("read_to", flat=True).first() or "0"
    _make_missed(MarkedAnswer.objects.of_learner(actor).filter(written_in__gte=watermark), now=now)
    _make_bookmarked(Bookmark.objects.for_academy(actor.academy_id).filter(learner=actor.user_id), now=now)


@transaction.atomic
def draw_in(*, actor: Membership, terms: Terms) -> int:
    """Bring what is due behind the exam to the days before it, evenly; return how many cards that were."""
    if terms.days_left is None:
        return 0
    own = ReviewCard.objects.of_learner(actor).filter(suspended_at=None, state=ReviewCard.State.REVIEW)
    late = list(own.filter(due_at__gte=terms.midnight(terms.furthest + 1)).order_by("stability", "id").locked())
    if not late:
        return 0
    cards = own.due_by_day(terms, first=1, last=terms.furthest)
    quietest = [(cards.get(day, 0), day) for day in range(1, terms.furthest + 1)]
    heapify(quietest)
    for card in late:
        count, day = quietest[0]
        heapreplace(quietest, (count + 1, day))
        card.due_at = terms.midnight(day)
    ReviewCard.objects.bulk_update(late, ["due_at"], batch_size=1000)
    return len(late)


def _make_missed(answers: QuerySet[MarkedAnswer], *, now: datetime) -> None:
    """Answers of reviews have a card already, and it keeps its own account of them."""
    missed = (
        answers.filter(Q(fraction__lt=1) | Q(is_guess=True), _is_practised("bank"), is_open=True, is_counted=True)
        .exclude(source=MarkedAnswer.Source.REVIEW)
        .filter(~_HELD)
        .order_by("answered_at", "id")
    )
    rows = missed.values_list("academy", "learner", "item", "fraction").iterator(chunk_size=5000)
    reasons = ReviewCard.Reason
    reasoned = (
        (academy, learner, item, reasons.MISSED if worth < 1 else reasons.GUESSED)
        for academy, learner, item, worth in rows
    )
    _make(reasoned, now=now)


def _make_bookmarked(bookmarks: QuerySet[Bookmark], *, now: datetime) -> None:
    kept = bookmarks.filter(_is_practised("item__bank")).filter(~_HELD).order_by("created_at", "id")
    rows = kept.values_list("academy", "learner", "item")
    _make(((*row, ReviewCard.Reason.BOOKMARKED) for row in rows), now=now)


def _make(rows: Iterable[tuple[UUID, UUID, UUID, str]], *, now: datetime) -> None:
    cards = {
        (academy, learner, item): ReviewCard(
            academy_id=academy, learner_id=learner, item_id=item, reason=reason, due_at=now, created_at=now
        )
        for academy, learner, item, reason in rows
    }
    ReviewCard.objects.bulk_create(cards.values(), ignore_conflicts=True, batch_size=1000)


# The learner has a card of the question.
_HELD = Exists(
    ReviewCard.objects.filter(academy=OuterRef("academy"), learner=OuterRef("learner"), item=OuterRef("item"))
)


def _is_practised(bank: str) -> Q:
    """The bank at the end of the path is open to practice in the row's academy (`ItemBank.objects.practised_in`)."""
    is_usable = Q(**{f"{bank}__academy": F("academy")}) | Q(
        **{f"{bank}__academy__is_house": True, f"{bank}__is_shared": True}
    )
    return is_usable & Q(**{f"{bank}__is_open_to_practice": True})


def _oldest_running() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        row: tuple[str] = cursor.fetchone()
    return row[0]
