"""What was measured, as rows of two tables: the goals, and the figures behind them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from tests.benchmarks.load import Load
from tests.benchmarks.servers import Cpu, Web

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Something the platform has set itself. `is_met` is None for a figure without a goal."""

    subject: str
    figure: str
    goal: str
    is_met: bool | None


@dataclass(frozen=True, kw_only=True)
class Cost:
    """One round of one variant. CPU in milliseconds per request."""

    load: Load
    web: float
    postgres: float
    valkey: float

    @property
    def total(self) -> float:
        """CPU per request of everything."""
        return self.web + self.postgres + self.valkey


@dataclass(frozen=True, kw_only=True)
class Costs:
    """All rounds of one variant, in order."""

    name: str
    rounds: Sequence[Cost]

    def median(self, of: Callable[[Cost], float]) -> float:
        """The median over the rounds."""
        return median(of(cost) for cost in self.rounds)

    def ratio_to(self, other: "Costs") -> float:
        """CPU per request as a multiple of the other's, pairwise by round, the median."""
        return median(mine.total / theirs.total for mine, theirs in zip(self.rounds, other.rounds, strict=True))

    @property
    def total(self) -> float:
        """CPU per request in milliseconds, the median."""
        return self.median(lambda cost: cost.total)


@dataclass
class Report:
    """Everything that a run has found."""

    goals: list[Goal] = field(default_factory=list)
    costs: list[tuple[Costs, float | None]] = field(default_factory=list)

    def add_costs(self, costs: Costs, *, bare: Costs | None = None) -> None:
        """Show a variant, with its ratio to `bare`."""
        self.costs.append((costs, costs.ratio_to(bare) if bare else None))

    def add_goal(self, subject: str, figure: str, *, goal: str = "", is_met: bool | None = None) -> None:
        """Show a figure and whether it is what we want."""
        self.goals.append(Goal(subject=subject, figure=figure, goal=goal, is_met=is_met))

    def add_ratio(self, subject: str, value: float, *, most: float, unit: str) -> None:
        """A ratio that should not exceed `most`."""
        self.add_goal(subject, f"{value:.2f} {unit}", goal=f"≤ {most:g} {unit}", is_met=value <= most)

    def tables(self) -> str:
        """Both tables in Markdown."""
        return _tables(self._goal_rows(), self._cost_rows())

    def write(self, document: Path, *, is_whole: bool) -> None:
        """Put the tables between the markers of the document; of a part, the rows that it has."""
        before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
        old, _, after = rest.partition(END)
        goals, costs = self._goal_rows(), self._cost_rows()
        if not is_whole:
            old_goals, _, old_costs = old.strip().partition("\n\n")
            goals, costs = _renewed(_rows_of(old_goals), goals), _renewed(_rows_of(old_costs), costs)
        document.write_text(f"{before}{BEGIN}\n{_tables(goals, costs)}\n{END}{after}", encoding="utf-8")

    def _goal_rows(self) -> list[list[str]]:
        verdicts = {True: "met", False: "not met", None: ""}
        return [[goal.subject, goal.figure, goal.goal, verdicts[goal.is_met]] for goal in self.goals]

    def _cost_rows(self) -> list[list[str]]:
        shares = (0.5, 0.95)
        return [
            [
                costs.name,
                f"{costs.median(lambda cost: cost.load.count / cost.load.seconds):,.0f}",
                *(f"{costs.median(lambda cost, share=share: cost.load.percentile(share)):.1f}" for share in shares),
                f"{costs.median(lambda cost: cost.web):.2f}",
                f"{costs.median(lambda cost: cost.postgres):.2f}",
                f"{costs.median(lambda cost: cost.valkey):.2f}",
                "" if ratio is None else f"{ratio:.2f} ×",
            ]
            for costs, ratio in self.costs
        ]


def cost_of(load: Load, cpu: Cpu) -> Cost:
    """CPU per request."""
    each = 1000 / load.count
    return Cost(load=load, web=cpu.web * each, postgres=cpu.postgres * each, valkey=cpu.valkey * each)


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One way to be measured: `run(round)` sends a round's load to `web`."""

    name: str
    web: Web
    run: Callable[[int], Callable[[], Load]]


def interleave(variants: Sequence[Variant], *, rounds: int) -> list[Costs]:
    """Measure the variants in turns (ABAB…), so that whatever else the machine does hits all of them.

    Round 0 warms up and does not count. `run` prepares a round and returns what sends it.
    """
    measured: list[list[Cost]] = [[] for _ in variants]
    for number in range(rounds + 1):
        for variant, found in zip(variants, measured, strict=True):
            send = variant.run(number)
            before = variant.web.cpu()
            load = send()
            cpu = variant.web.cpu().since(before)
            if number:
                found.append(cost_of(load, cpu))
    return [Costs(name=variant.name, rounds=found) for variant, found in zip(variants, measured, strict=True)]


def _tables(goals: list[list[str]], costs: list[list[str]]) -> str:
    shown = _table(["what", "measured", "goal", ""], goals)
    if not costs:
        return shown
    head = ["path", "req/s", "p50 ms", "p95 ms", "web CPU ms", "PostgreSQL", "Valkey", "CPU to bare"]
    return f"{shown}\n\n{_table(head, costs)}"


def _rows_of(table: str) -> list[list[str]]:
    """The rows of a table that was written here, without its head."""
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines()[2:]]


def _renewed(old: list[list[str]], new: list[list[str]]) -> list[list[str]]:
    """The old rows with the new ones in the places of those of the same name, and what is new at the end."""
    found = {row[0]: row for row in new}
    return [found.pop(row[0], row) for row in old] + list(found.values())


def _table(head: list[str], rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    )
