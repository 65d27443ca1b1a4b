"""Index of the app's tasks."""

from exams.delivery.tasks import close_overdue_attempts
from exams.marking.tasks import mark_submitted_attempts, show_results

__all__ = ["close_overdue_attempts", "mark_submitted_attempts", "show_results"]
