"""What the Security page draws: counts by day and by place, with the geometry of their bars."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from accounts.events import SignedIn, SignInFailed, SignInLocked
from accounts.journal.models import JournalEntry

DAYS = 30
PLACES = 10
# Of the drawing, in its own units.
HEIGHT, STEP, BAR = 100, 20, 14


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One day: from the bottom `value`, on top of it `upper`."""

    day: date
    value: int
    upper: int
    x: int
    value_height: float
    upper_height: float

    @property
    def value_y(self) -> float:
        """Where the lower part begins, from the top."""
        return HEIGHT - self.value_height

    @property
    def upper_y(self) -> float:
        """Where the upper part begins, from the top."""
        return self.value_y - self.upper_height


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Thirty days. `upper_label` is empty where the bars have one part."""

    title: str
    label: str
    upper_label: str
    bars: list[Bar]
    most: int

    @property
    def width(self) -> int:
        """Of the drawing."""
        return STEP * len(self.bars)


@dataclass(frozen=True, kw_only=True)
class Place:
    """A network with its failures and lockouts, and its share of the worst one's in percent."""

    place: str
    count: int
    share: int


def sign_in_charts(*, now: datetime) -> list[Chart]:
    """Sign-ins, and failures with lockouts, of thirty days. One query."""
    days = [now.date() - timedelta(days=back) for back in reversed(range(DAYS))]
    since = datetime.combine(days[0], time(), tzinfo=UTC)
    counts: defaultdict[str, Counter[date]] = defaultdict(Counter)
    rows = (
        JournalEntry.objects.of_security()
        .filter(kind__in=[SignedIn.kind, SignInFailed.kind, SignInLocked.kind], occurred_at__gte=since)
        .values_list("kind", TruncDate("occurred_at", tzinfo=UTC))
        .annotate(count=Count("pk"))
        .order_by()
    )
    for kind, day, count in rows:
        counts[kind][day] = count
    failed, locked = counts[SignInFailed.kind], counts[SignInLocked.kind]
    return [
        _chart("Failed and locked sign-ins", "Failed", days, failed, upper_label="Locked", upper=locked),
        _chart("Sign-ins", "Sign-ins", days, counts[SignedIn.kind]),
    ]


def worst_places(*, now: datetime) -> list[Place]:
    """The networks with the most failures and lockouts in thirty days. One query."""
    rows = list(
        JournalEntry.objects.of_security()
        .filter(kind__in=[SignInFailed.kind, SignInLocked.kind], occurred_at__gte=now - timedelta(days=DAYS))
        .exclude(place="")
        .values_list("place")
        .annotate(count=Count("pk"))
        .order_by("-count", "place")[:PLACES]
    )
    most = max((count for _, count in rows), default=1)
    return [Place(place=place, count=count, share=round(100 * count / most)) for place, count in rows]


def _chart(
    title: str,
    label: str,
    days: list[date],
    values: Mapping[date, int],
    *,
    upper_label: str = "",
    upper: Mapping[date, int] | None = None,
) -> Chart:
    upper = upper or {}
    most = max((values.get(day, 0) + upper.get(day, 0) for day in days), default=0)
    scale = HEIGHT / max(most, 1)
    bars = [
        Bar(
            day=day,
            value=values.get(day, 0),
            upper=upper.get(day, 0),
            x=STEP * number,
            value_height=round(values.get(day, 0) * scale, 1),
            upper_height=round(upper.get(day, 0) * scale, 1),
        )
        for number, day in enumerate(days)
    ]
    return Chart(title=title, label=label, upper_label=upper_label, bars=bars, most=most)
