"""The order in which one attempt shows items and options: drawn from its seed once, then recorded."""

from collections.abc import Sequence
from random import Random

from exams.delivery.paper import Paper, PaperSlot

_OPTION_TYPES = ("single_choice", "multiple_choice", "matching")


def order_slots(*, paper: Paper, seed: int, shuffle: bool) -> list[int]:
    """Slot numbers in the order shown. Sections keep their place; items of one stimulus stay together, in order."""
    if not shuffle:
        return [slot.number for slot in paper.slots]
    random = Random(seed)
    order: list[int] = []
    for section in paper.sections:
        groups = _groups(paper.slots[section.first - 1 : section.last])
        random.shuffle(groups)
        order += [number for group in groups for number in group]
    return order


def order_options(*, paper: Paper, seed: int, shuffle: bool) -> dict[str, list[str]]:
    """`order_options_of` the slots of a whole paper."""
    return order_options_of(paper.slots, seed=seed, shuffle=shuffle)


def order_options_of(slots: Sequence[PaperSlot], *, seed: int, shuffle: bool) -> dict[str, list[str]]:
    """Slot number → ids of its options in the order shown, for the slots whose options move.

    What is to be put in order always moves, and never stands in its right order to begin with.
    """
    random = Random(seed ^ 0x5EED)
    orders: dict[str, list[str]] = {}
    for slot in slots:
        if slot.type == "ordering":
            orders[str(slot.number)] = _disordered(slot, random)
        elif shuffle and slot.type in _OPTION_TYPES:
            ids = [option["id"] for option in slot.question["options"]]
            random.shuffle(ids)
            orders[str(slot.number)] = ids
    return orders


def _groups(slots: Sequence[PaperSlot]) -> list[list[int]]:
    groups: list[list[int]] = []
    previous = None
    for slot in slots:
        if slot.stimulus is not None and slot.stimulus == previous:
            groups[-1].append(slot.number)
        else:
            groups.append([slot.number])
        previous = slot.stimulus
    return groups


def _disordered(slot: PaperSlot, random: Random) -> list[str]:
    right = list(slot.key["order"])
    ids = sorted(right)
    random.shuffle(ids)
    if ids == right and len(ids) > 1:
        ids.append(ids.pop(0))
    return ids
