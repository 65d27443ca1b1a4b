"""Runs of reviews: what was reviewed since the last one is told of once, as `ReviewsDone`.

A card counts once on each of the learner's days, by the first time that it was graded: showing it again after a lapse,
or grading it again after an undo, makes nobody more diligent.
"""

from collections import Counter
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef

from academies.models import Membership
from accounts.journal.record import record
from accounts.models import User
from exams.events import ReviewsDone
from exams.practice.repetition.models import ReviewLog

# Who has not graded for so long will not come back to this run.
PAUSE = timedelta(minutes=30)


@transaction.atomic
def finish_run(*, member: Membership, is_queue_empty: bool, actor: User | None, now: datetime) -> bool:
    """Tell of the reviews that nobody has told of; return whether there were any. Once, however many try."""
    waiting = ReviewLog.objects.of_learner(member).not_counted()
    logs = list(waiting.order_by("reviewed_at").locked().only("id"))
    ids = [log.pk for log in logs]
    earlier = ReviewLog.objects.standing().filter(
        card=OuterRef("card"), local_date=OuterRef("local_date"), number__lt=OuterRef("number")
    )
    firsts = list(ReviewLog.objects.filter(id__in=ids).filter(~Exists(earlier)))
    ReviewLog.objects.filter(id__in=ids).update(counted_at=now)
    if not firsts:
        return False
    days = Counter(log.local_date.isoformat() for log in firsts)
    record(
        ReviewsDone(
            academy_id=member.academy_id,
            learner_id=member.user_id,
            answered=len(firsts),
            right=sum(log.fraction == 1 for log in firsts),
            recalled=sum(log.rating != ReviewLog.Rating.AGAIN for log in firsts),
            days=dict(sorted(days.items())),
            is_queue_empty=is_queue_empty,
        ),
        actor=actor,
        now=now,
    )
    return True


def finish_left_runs(*, now: datetime) -> int:
    """Tell of the reviews of those who went away; return how many learners that were."""
    latest = ReviewLog.objects.not_counted().values("academy", "learner").order_by()
    left = latest.annotate(latest=Max("reviewed_at")).filter(latest__lte=now - PAUSE)
    rows = list(left.values_list("academy", "learner"))
    return sum(
        finish_run(member=Membership(academy_id=academy, user_id=learner), is_queue_empty=False, actor=None, now=now)
        for academy, learner in rows
    )
