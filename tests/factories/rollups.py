"""Days of learners, counted from their marked answers, for tests of what reads them."""

from django.db.models import Count, F, Q, Sum

from analytics.rollups.models import LearnerDay
from exams.marking.models import MarkedAnswer


def count_days() -> None:
    """Every learner's days from all marked answers that count."""
    LearnerDay.objects.all().delete()
    rows = (
        MarkedAnswer.objects.counted()
        .values("learner", "academy", "local_date", "bank", "domain", "source")
        .annotate(
            answers=Count("id"),
            right=Count("id", filter=Q(fraction=1)),
            guesses=Count("id", filter=Q(is_guess=True)),
            credit=Sum("fraction"),
            spent=Sum(F("seconds")),
        )
    )
    LearnerDay.objects.bulk_create(
        LearnerDay(
            learner_id=row["learner"],
            academy_id=row["academy"],
            local_date=row["local_date"],
            bank_id=row["bank"],
            domain_id=row["domain"],
            source=row["source"],
            answers=row["answers"],
            right=row["right"],
            guesses=row["guesses"],
            credit=row["credit"],
            seconds=row["spent"],
        )
        for row in rows
    )
