"""What happens to cards and reviews without anybody asking."""

from celery import shared_task
from django.utils import timezone

from exams.practice.repetition import cards, optimising, runs


@shared_task(name="exams.repetition.make_cards", time_limit=300)
def make_cards() -> None:
    """Make the cards of what was missed, guessed and bookmarked. After an outage that may be more than one step."""
    while cards.read_answers(now=timezone.now()):
        pass


@shared_task(name="exams.repetition.finish_left_runs", time_limit=120)
def finish_left_runs() -> None:
    """Tell of the reviews of those who went away."""
    runs.finish_left_runs(now=timezone.now())


@shared_task(name="exams.repetition.optimise_reviews", time_limit=3600)
def optimise_reviews() -> None:
    """Fit the model of memory to everybody who has reviewed enough since the last time."""
    optimising.optimise_all(now=timezone.now())
