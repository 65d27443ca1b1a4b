"""What is counted: declared here once. The tables have these columns, and the SQL that fills them is made from this."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Statistic:
    """A sum over marked answers. `of` is SQL over one `fact` (`exams.MarkedAnswer`) that counts."""

    name: str
    of: str
    tells: str


STATISTICS: tuple[Statistic, ...] = (
    Statistic(name="answers", of="1", tells="How many answers."),
    Statistic(name="right", of="(fact.fraction = 1)::int", tells="How many of them were right without reserve."),
    Statistic(name="guesses", of="fact.is_guess::int", tells="How many of them their learner called a guess."),
    Statistic(name="credit", of="fact.fraction", tells="What they were worth: the sum of their fractions, exactly."),
    Statistic(name="seconds", of="fact.seconds", tells="The time spent on them."),
)
NAMES: tuple[str, ...] = tuple(statistic.name for statistic in STATISTICS)
