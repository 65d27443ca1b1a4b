"""Index of the app's tasks."""

from exams.delivery.tasks import close_overdue_attempts
from exams.marking.tasks import mark_submitted_attempts, show_results
from exams.practice.repetition.tasks import finish_left_runs, make_cards, optimise_reviews
from exams.practice.sessions.tasks import finish_left_sessions
from exams.psychometrics.tasks import compute_statistics

__all__ = [
    "close_overdue_attempts",
    "compute_statistics",
    "finish_left_runs",
    "finish_left_sessions",
    "make_cards",
    "mark_submitted_attempts",
    "optimise_reviews",
    "show_results",
]
