"""The items of a bank into files."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Case, F, Func, IntegerField, Max, QuerySet, Value, When

from exams.bank.models import ItemBank, ItemVersion, Stimulus
from exams.interchange.csv_writing import write_csv
from exams.interchange.gift_writing import Exported, Loss, write_gift

CONTENT_TYPES = {"csv": "text/csv; charset=utf-8", "gift": "text/plain; charset=utf-8"}
_BATCH = 500
# Spreadsheet programs take a file for UTF-8 only if it says so.
_BOM = "\ufeff"


@dataclass(kw_only=True)
class Export:
    """A file in the making: its pieces, and what the format could not carry, complete once the pieces are used up."""

    pieces: Iterator[str]
    losses: list[Loss] = field(default_factory=list)


def export_bank(*, bank: ItemBank, format: str) -> Export:
    """Every item of the bank: its live version, else its newest that is neither retired nor rejected."""
    versions = exported_versions(bank)
    if format == "csv":
        return Export(pieces=_csv(versions))
    losses: list[Loss] = []
    return Export(pieces=write_gift((_exported(version) for version in _each(versions)), losses), losses=losses)


def exported_versions(bank: ItemBank) -> QuerySet[ItemVersion]:
    """One version of each item, in the order of their codes."""
    gone = (ItemVersion.State.RETIRED, ItemVersion.State.REJECTED)
    is_live = Case(When(state=ItemVersion.State.LIVE, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        ItemVersion.objects.filter(item__bank=bank)
        .exclude(state__in=gone)
        .order_by("item__code", is_live, "-number")
        .distinct("item__code")
        .select_related("item__domain", "item__skill", "stimulus")
        .defer("question", "key", "rationale", "stem_html", "stem")
    )


def _csv(versions: QuerySet[ItemVersion]) -> Iterator[str]:
    length = Func(F("question__options"), function="jsonb_array_length", output_field=IntegerField())
    bank = versions.order_by().distinct().filter(question__has_key="options")
    widest = ItemVersion.objects.filter(pk__in=bank.values("pk")).aggregate(widest=Max(length))["widest"] or 0
    yield _BOM
    yield from write_csv((version.authored() for version in _each(versions)), options=widest)


def _each(versions: QuerySet[ItemVersion]) -> Iterator[ItemVersion]:
    return versions.iterator(chunk_size=_BATCH)


def _exported(version: ItemVersion) -> Exported:
    stimulus = version.stimulus
    has_file = stimulus is not None and stimulus.kind in (Stimulus.Kind.IMAGE, Stimulus.Kind.AUDIO)
    return Exported(
        item=version.authored(),
        domain_title=version.item.domain.title,
        stimulus_text=stimulus.body if stimulus is not None and not has_file else "",
        has_file=has_file,
    )
