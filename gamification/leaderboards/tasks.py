"""What workers do for boards."""

from datetime import date
from uuid import UUID

from celery import shared_task

from gamification.leaderboards import reading
from gamification.leaderboards.boards import Board


@shared_task(name=reading.BUILD_BOARD, expires=60, soft_time_limit=240, time_limit=270)
def build_board(academy: str, week_date: str | None) -> None:
    """Build the board that a reader missed."""
    week = date.fromisoformat(week_date) if week_date else None
    reading.build_board(Board(academy_id=UUID(academy), week_date=week))
