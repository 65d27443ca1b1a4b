"""Joining a league, seeing how it stands, closing it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import F, Max, Sum

from academies.models import Academy
from accounts.journal.record import record
from gamification.events import LeagueClosed, LeagueMoved
from gamification.leaderboards.people import standing
from gamification.leagues.models import League, LeagueMember, Tier
from gamification.leagues.ranking import FULL, Ranked, next_tier, rank_of_all
from gamification.weeks import week_of
from gamification.xp.models import XPEntry

log = structlog.get_logger(__name__)

# Points that were earned in the last minutes of a week may still be on their way.
GRACE = timedelta(minutes=30)


@transaction.atomic
def join_league(*, academy: UUID, learner: UUID, week_date: date, now: datetime) -> LeagueMember | None:
    """Put a learner who has points in a week into a league of their tier; once, in the order of coming.

    None for who stands on no boards, has no points, or comes when the week has been closed.
    """
    mine = LeagueMember.objects.for_academy(academy).filter(learner=learner)
    joined = mine.filter(week_date=week_date).first()
    if joined is not None:
        return joined
    has_points = XPEntry.objects.for_academy(academy).filter(learner=learner, week_date=week_date).exists()
    if not has_points or not standing().for_academy(academy).filter(user=learner).exists():
        return None
    # One at a time in an academy, so that groups fill up one after the other.
    Academy.objects.select_for_update(no_key=True).get(pk=academy)
    joined = mine.filter(week_date=week_date).first()
    if joined is not None:
        return joined
    league = _league_with_room(academy, week_date=week_date, tier=tier_of(academy=academy, learner=learner))
    if league is None:
        return None
    League.objects.filter(pk=league.pk).update(size=F("size") + 1)
    return LeagueMember.objects.create(
        academy_id=academy, league=league, learner_id=learner, week_date=week_date, joined_at=now
    )


def tier_of(*, academy: UUID, learner: UUID) -> int:
    """The tier that a learner plays in next: where the last closed week left them."""
    closed = LeagueMember.objects.for_academy(academy).filter(learner=learner, next_tier__isnull=False)
    last = closed.order_by("-week_date").values_list("next_tier", flat=True).first()
    return last or Tier.BRONZE


def standings_of(league: League) -> list[Ranked[UUID]]:
    """How an open league stands, by learner: those who stand on boards, who have most first. One statement."""
    people = standing().for_academy(league.academy_id)
    entries = XPEntry.objects.for_academy(league.academy_id).filter(
        week_date=league.week_date,
        learner__in=league.members.filter(learner__in=people.values("user")).values("learner"),
    )
    points = entries.values("learner_id").annotate(points=Sum("amount"), reached_at=Max("earned_at"))
    ordered = points.order_by("-points", "reached_at", "learner_id")
    return rank_of_all({row["learner_id"]: row["points"] for row in ordered}, tier=league.tier)


def close_leagues(*, now: datetime) -> int:
    """Close the leagues of the weeks that are over; return how many were closed here."""
    # Of weeks before that of half an hour ago.
    over = League.objects.filter(closed_at=None, week_date__lt=week_of(now - GRACE))
    closed = 0
    for league in list(over.order_by("week_date", "id").values_list("pk", flat=True)):
        try:
            closed += close_league(league=league, now=now)
        except Exception:
            # One that fails must not keep the others open; it is tried again next time.
            log.exception("leagues.closing_failed", league=str(league))
    return closed


def write_outcomes(league: League, members: Iterable[LeagueMember]) -> None:
    """Say of each member what an open league comes to as it stands. Nothing is saved."""
    ranked = {row.who: row for row in standings_of(league)}
    for member in members:
        _write_outcome(member, ranked.get(member.learner_id), tier=league.tier)


@transaction.atomic
def close_league(*, league: UUID, now: datetime) -> bool:
    """Decide who moves; false when somebody else has done so, or is about to.

    All or nothing: a process that dies meanwhile leaves the league open, for the next to close.
    """
    found = League.objects.select_for_update(skip_locked=True).filter(pk=league, closed_at=None).first()
    if found is None:
        return False
    members = list(found.members.order_by("joined_at"))
    write_outcomes(found, members)
    LeagueMember.objects.bulk_update(members, ["points", "rank", "outcome", "next_tier"])
    found.closed_at = now
    found.save(update_fields=["closed_at"])
    _tell(found, members, now=now)
    return True


def _league_with_room(academy: UUID, *, week_date: date, tier: int) -> League | None:
    """The league of this tier that fills up at present; None when the week has been closed."""
    leagues = League.objects.for_academy(academy).filter(week_date=week_date)
    if leagues.filter(closed_at__isnull=False).exists():
        return None
    of_tier = leagues.filter(tier=tier)
    # Locked, so that it is not closed meanwhile.
    open_one = of_tier.filter(closed_at=None, size__lt=FULL).select_for_update().order_by("number").first()
    if open_one is not None:
        return open_one
    last: int = of_tier.aggregate(last=Max("number", default=0))["last"]
    return League.objects.create(academy_id=academy, week_date=week_date, tier=tier, number=last + 1)


def _write_outcome(member: LeagueMember, row: Ranked[UUID] | None, *, tier: int) -> None:
    if row is None:
        member.outcome, member.next_tier = LeagueMember.Outcome.NOT_RANKED, tier
        return
    member.points, member.rank, member.outcome = row.points, row.rank, row.outcome
    member.next_tier = next_tier(tier, row.outcome)


def _tell(league: League, members: list[LeagueMember], *, now: datetime) -> None:
    outcomes = [member.outcome for member in members]
    week = league.week_date.isoformat()
    event = LeagueClosed(
        academy_id=league.academy_id,
        league_id=league.pk,
        week_date=week,
        tier=league.tier,
        size=len(members),
        promoted=outcomes.count(LeagueMember.Outcome.PROMOTED),
        relegated=outcomes.count(LeagueMember.Outcome.RELEGATED),
    )
    record(event, actor=None, now=now)
    for member in members:
        if member.rank is None or member.next_tier is None or member.next_tier == league.tier:
            continue
        moved = LeagueMoved(
            academy_id=league.academy_id,
            learner_id=member.learner_id,
            league_id=league.pk,
            week_date=week,
            rank=member.rank,
            tier_before=league.tier,
            tier=member.next_tier,
        )
        record(moved, actor=None, now=now)
