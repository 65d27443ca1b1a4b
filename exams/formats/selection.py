"""Choosing items for the cells of a blueprint: pure, and the same for the same seed.

Cells may overlap (one asks for any difficulty, another for hard ones), so taking items cell by cell could fail where a
solution exists. Choosing is therefore a bipartite matching of places to items, found by augmenting paths (Kuhn, 1955):
either every cell is filled or no choice could fill them.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An item that may be drawn. `order` is a stable sort key that no reload of the database changes."""

    id: Hashable
    order: str
    domain: Hashable
    difficulty: str
    type: str
    stimulus: Hashable | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """So many items of a domain; an empty difficulty or type means any."""

    section: int
    domain: Hashable
    difficulty: str
    type: str
    count: int

    def admits(self, candidate: Candidate) -> bool:
        """Whether the candidate may fill a place of this cell."""
        return (
            candidate.domain == self.domain
            and self.difficulty in ("", candidate.difficulty)
            and self.type in ("", candidate.type)
        )


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The chosen candidates by section, in the order they are to be asked, and the places that stayed empty by cell."""

    sections: tuple[tuple[Candidate, ...], ...]
    shortfalls: dict[int, int]


def select(*, cells: Sequence[Cell], pool: Sequence[Candidate], sections: int, seed: int) -> Selection:
    """Fill the cells from the pool, no item twice. `shortfalls` maps the index of a cell to its missing items."""
    random = Random(seed)
    ranked = sorted(pool, key=lambda candidate: candidate.order)
    random.shuffle(ranked)
    admitted = [[index for index, candidate in enumerate(ranked) if cell.admits(candidate)] for cell in cells]
    holder: dict[int, int] = {}  # index in ranked → index of the cell that holds it

    shortfalls: dict[int, int] = {}
    # The narrowest cells first: later ones then seldom need to move them.
    for cell_index in sorted(range(len(cells)), key=lambda index: (len(admitted[index]), index)):
        for _ in range(cells[cell_index].count):
            if not _place(cell_index, admitted, holder, seen=set()):
                shortfalls[cell_index] = shortfalls.get(cell_index, 0) + 1

    chosen: list[list[Candidate]] = [[] for _ in range(sections)]
    for index, cell_index in sorted(holder.items()):
        chosen[cells[cell_index].section].append(ranked[index])
    return Selection(sections=tuple(_grouped(section) for section in chosen), shortfalls=shortfalls)


def _place(cell: int, admitted: list[list[int]], holder: dict[int, int], *, seen: set[int]) -> bool:
    """Give the cell one more item, moving others to other items where that is needed. Iterative: paths can be long."""
    free = next((index for index in admitted[cell] if index not in holder), None)
    if free is not None:
        holder[free] = cell
        return True
    trail: list[tuple[int, int]] = []  # (item taken over, cell that takes it)
    reached = {cell}
    frontier = [(cell, trail)]
    while frontier:
        current, path = frontier.pop()
        for index in admitted[current]:
            if index in seen:
                continue
            seen.add(index)
            step = [*path, (index, current)]
            owner = holder.get(index)
            if owner is None:
                holder.update(step)
                return True
            if owner not in reached:
                reached.add(owner)
                frontier.append((owner, step))
    return False


def _grouped(section: list[Candidate]) -> tuple[Candidate, ...]:
    """Items that share a stimulus stand together, at the place of the first of them."""
    groups: dict[Hashable, list[Candidate]] = {}
    for candidate in section:
        groups.setdefault(candidate.stimulus or ("alone", candidate.id), []).append(candidate)
    return tuple(
        candidate for group in groups.values() for candidate in sorted(group, key=lambda candidate: candidate.order)
    )
