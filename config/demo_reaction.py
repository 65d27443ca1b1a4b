"""What the platform does by itself at the end of each day of the demonstration, in the place of beat and worker."""

from datetime import datetime, timedelta

from django.db import transaction

from academies.models import Academy, Membership
from accounts.journal.events import event_from
from accounts.journal.models import Delivery
from accounts.journal.relay import NoSubscriber
from accounts.journal.subscriptions import handler_of
from analytics.readiness.actions import keep_predictions, refit
from analytics.recommendations.actions import refresh
from analytics.rollups.folding import fold
from exams.marking.marked_answers import show_results
from exams.practice.repetition.cards import read_answers
from exams.practice.repetition.runs import finish_left_runs
from exams.practice.sessions.actions import finish_left_sessions
from exams.psychometrics.compute import compute_all_statistics
from gamification.leaderboards.actions import change_board_preference
from gamification.leagues.actions import close_leagues
from gamification.streaks.actions import close_days

# Far more than a day brings.
EVERYTHING = 100_000
BATCH = 500
# Every night costs more than it tells here: once a week, on Mondays.
REFITTING = 0


def end_day(*, now: datetime) -> None:
    """Show results, make cards, give points, close days and leagues, count. Doing it twice changes nothing."""
    show_results(now=now, limit=EVERYTHING)
    finish_left_sessions(now=now)
    finish_left_runs(now=now)
    while read_answers(now=now):
        pass
    fold(now=now)
    keep_predictions(since=now - timedelta(days=1), now=now)
    if now.weekday() == REFITTING:
        refit(now=now)
    while _tell(now=now):
        pass
    close_days(now=now)
    close_leagues(now=now)


@transaction.atomic
def _tell(*, now: datetime) -> int:
    """What the relay does, many deliveries at once. What is told may itself be told of. Returns how many there were."""
    pending = Delivery.objects.filter(state=Delivery.State.PENDING).select_related("entry").order_by("entry", "id")
    deliveries = list(pending[:BATCH])
    for delivery in deliveries:
        entry, handler = delivery.entry, handler_of(delivery.subscriber)
        if handler is None:
            raise NoSubscriber(delivery.subscriber)
        event = event_from(kind=entry.kind, version=entry.version, academy_id=entry.academy_id, payload=entry.payload)
        handler(event, entry)
    told = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
    return told.update(state=Delivery.State.DONE, done_at=now)


def end_history(*, academy: Academy, now: datetime) -> None:
    """Count what is counted at night: how questions do, and what each learner might do next."""
    end_day(now=now)
    refit(now=now)
    compute_all_statistics(now=now)
    members = list(Membership.objects.for_academy(academy).active().select_related("user"))
    refresh(academy=academy, members=members, now=now)


def hide_from_boards(member: Membership, *, now: datetime) -> None:
    """Somebody who does not want to stand on leaderboards."""
    change_board_preference(changes={"is_hidden": True}, actor=member, now=now)
