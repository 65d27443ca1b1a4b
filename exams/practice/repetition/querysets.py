"""Reads of review cards and of what was graded."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, DateField, ExpressionWrapper, F, FloatField, Value
from django.db.models.functions import Cast, Extract, TruncDate

from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Item

if TYPE_CHECKING:
    from academies.models import Academy, Membership
    from exams.practice.repetition.models import ReviewCard, ReviewLog  # noqa: F401 - named in the brackets
    from exams.practice.repetition.terms import Terms

# Steps of learning are minutes long: a learner who has nothing else to do sees the card a little earlier.
LEARN_AHEAD = timedelta(minutes=20)
LEARNING = ("learning", "relearning")


class ReviewCardQuerySet(TenantQuerySet["ReviewCard"]):
    """Review cards."""

    def of_learner(self, member: "Membership") -> Self:
        """One learner's cards in one academy."""
        return self.filter(academy=member.academy_id, learner=member.user_id)

    def showable(self, academy: "Academy") -> Self:
        """Those that learners want to see, of questions that are live in banks that are open to practice."""
        return self.filter(suspended_at=None, item__in=Item.objects.practised_in(academy).live())

    def in_learning(self, *, until: datetime) -> Self:
        """Those in their first or repeated steps whose next step begins by then."""
        return self.filter(state__in=LEARNING, due_at__lte=until)

    def due(self, *, now: datetime) -> Self:
        """Those whose review is due."""
        return self.filter(state="review", due_at__lte=now)

    def new(self) -> Self:
        """Those that were never reviewed."""
        return self.filter(state="new")

    def waiting(self, *, now: datetime) -> Self:
        """All that may be reviewed now, were there no limit to a day."""
        return self.new() | self.due(now=now) | self.in_learning(until=now + LEARN_AHEAD)

    def due_by_day(self, terms: "Terms", *, first: int, last: int) -> dict[int, int]:
        """How many are due on each of the days from `first` to `last`, counted from the learner's today."""
        within = self.filter(due_at__gte=terms.midnight(first), due_at__lt=terms.midnight(last + 1))
        days = within.annotate(day=TruncDate("due_at", tzinfo=terms.zone)).values_list("day").order_by()
        return {(day - terms.today).days: cards for day, cards in days.annotate(cards=Count("id"))}

    def most_forgotten_first(self, *, today: date) -> Self:
        """By the chance of recalling it, lowest first: it falls with the days that have passed, in stabilities."""
        passed = ExpressionWrapper(
            Extract(Cast(Value(today), DateField()) - F("reviewed_on"), "epoch") / F("stability"),
            output_field=FloatField(),
        )
        return self.annotate(faded=passed).order_by("-faded", "id")


class ReviewLogQuerySet(TenantQuerySet["ReviewLog"]):
    """Grades."""

    def of_learner(self, member: "Membership") -> Self:
        """One learner's grades in one academy."""
        return self.filter(academy=member.academy_id, learner=member.user_id)

    def standing(self) -> Self:
        """Those that were not undone."""
        return self.filter(undone_at=None)

    def not_counted(self) -> Self:
        """Those that belong to a run which is not over yet."""
        return self.standing().filter(counted_at=None)

    def on(self, day: date, *, now: datetime) -> Self:
        """Those of today on the learner's calendar; the moment lets an index find them."""
        return self.on_any([day], now=now)

    def on_any(self, days: Collection[date], *, now: datetime) -> Self:
        """The same of learners for some of whom today is another day."""
        return self.filter(local_date__in=days, reviewed_at__gt=now - timedelta(days=2))
