"""Files of items into a bank: everything is checked first, then all of it is applied or nothing.

The file is read twice, item by item, so that its length costs no memory.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath
from typing import TypeVar

from django.db import transaction

from accounts.journal.record import record
from accounts.models import User
from config.kernel.errors import FieldError, Invalid
from exams.bank.bulk import Tally, apply_items, tally_items
from exams.bank.content import AuthoredItem, InvalidItem, parse_item
from exams.bank.models import ItemBank, ItemVersion
from exams.bank.references import References
from exams.events import ItemsImported
from exams.interchange.csv_reading import read_csv
from exams.interchange.domains import DomainNames
from exams.interchange.entries import Entries, Entry
from exams.interchange.files import Fault, Opener, TextFile, UnreadableFile
from exams.interchange.gift_reading import read_gift

MAX_LISTED = 1_000
FORMATS: dict[str, Callable[..., Entries]] = {"csv": read_csv, "gift": read_gift}
SUFFIXES = {".csv": "csv", ".tsv": "csv", ".gift": "gift", ".txt": "gift"}
STATES = (ItemVersion.State.DRAFT, ItemVersion.State.LIVE)

T = TypeVar("T")
# Shows how far we are: takes the items, what is done with them, and how many there are if that is known.
Progress = Callable[[Iterable[T], str, int | None], Iterable[T]]


class ImportRefused(Invalid):
    """The file has faults; nothing was imported. `report` lists them."""

    code = "import_refused"
    title = "The file has faults"

    def __init__(self, report: "ImportReport") -> None:
        super().__init__(
            f"The file has {report.fault_count} faults; nothing was imported.",
            errors=tuple(
                FieldError(field=f"line {fault.line}", code="invalid_item", detail=fault.reason)
                for fault in report.faults[:100]
            ),
        )
        self.report = report


@dataclass(frozen=True, kw_only=True)
class ImportSource:
    """A file and how it is to be taken. `domain` is used where the file names none."""

    name: str
    opener: Opener
    format: str
    state: str = ItemVersion.State.DRAFT
    domain: str = ""
    creates_domains: bool = False


@dataclass(kw_only=True)
class ImportReport:
    """What a file would change or has changed, and what is wrong with it: the first faults, and the number of all."""

    tally: Tally = field(default_factory=Tally)
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    notices: list[str] = field(default_factory=list)
    new_domains: list[str] = field(default_factory=list)
    new_skills: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether the file can be imported."""
        return not self.fault_count

    def add(self, fault: Fault) -> None:
        """Note a fault."""
        self.fault_count += 1
        if len(self.faults) < MAX_LISTED:
            self.faults.append(fault)

    def notice(self, text: str) -> None:
        """Note something that is no fault."""
        if len(self.notices) < MAX_LISTED:
            self.notices.append(text)


def guess_format(name: str) -> str:
    """The format that the name of a file suggests; "" for none."""
    return SUFFIXES.get(PurePath(name).suffix.lower(), "")


def check_file(
    *, bank: ItemBank, source: ImportSource, progress: Progress[Entry | Fault] | None = None
) -> ImportReport:
    """What importing the file would do. Nothing is changed."""
    report, _ = _check(bank, source, progress)
    return report


@transaction.atomic
def import_file(
    *,
    bank: ItemBank,
    source: ImportSource,
    actor: User | None,
    now: datetime,
    progress: Progress[Entry | Fault] | None = None,
) -> ImportReport:
    """Check the file, then apply all of it. Raises ImportRefused, and nothing has changed."""
    ItemBank.objects.locked().get(pk=bank.pk)
    report, names = _check(bank, source, progress)
    if not report.is_clean:
        raise ImportRefused(report)
    names.create(bank)
    entries = _read(source, ImportReport())
    if progress is not None:
        entries = iter(progress(entries, "Importing", report.tally.total))
    report.tally = apply_items(
        bank=bank,
        items=_unchanged(entries, names),
        references=names.references,
        state=source.state,
        actor=actor,
        now=now,
    )
    record(
        ItemsImported(
            academy_id=bank.academy_id,
            bank_id=bank.pk,
            source=source.name[:200],
            state=source.state,
            new=report.tally.new,
            changed=report.tally.changed,
            same=report.tally.same,
        ),
        actor=actor,
        now=now,
    )
    return report


def _check(
    bank: ItemBank, source: ImportSource, progress: Progress[Entry | Fault] | None
) -> tuple[ImportReport, DomainNames]:
    report = ImportReport()
    names = DomainNames(References.of(bank), creates=source.creates_domains)
    entries = _read(source, report)
    if progress is not None:
        entries = iter(progress(entries, "Checking", None))
    items = _good_items(entries, names, report)
    report.tally = tally_items(bank=bank, items=items, references=names.references, state=source.state)
    if not report.tally.total and report.is_clean:
        report.add(Fault(line=0, reason="There are no items in the file."))
    report.faults.sort(key=lambda fault: fault.line)
    report.new_domains = [f"{code} {title}" if title != code else code for code, title in names.new_domains.items()]
    report.new_skills = [f"{domain}: {skill}" for domain, skill in names.new_skills]
    return report, names


def _read(source: ImportSource, report: ImportReport) -> Entries:
    try:
        file = TextFile.of(name=source.name, opener=source.opener)
    except UnreadableFile as error:
        yield error.fault
        return
    if file.notice:
        report.notice(file.notice)
    yield from FORMATS[source.format](file, domain=source.domain)


def _good_items(entries: Entries, names: DomainNames, report: ImportReport) -> Iterator[AuthoredItem]:
    """The items that are right; of the others the faults go into the report."""
    lines: dict[str, int] = {}
    for entry in entries:
        if isinstance(entry, Fault):
            report.add(entry)
            continue
        try:
            item = parse_item({**entry.source, "domain": names.code_of(str(entry.source.get("domain", "")))})
        except InvalidItem as error:
            for each in error.errors:
                reason = f"{each.field}: {each.detail}".strip(": ")
                report.add(Fault(line=entry.line, code=entry.code[:64], reason=reason))
            continue
        first = lines.setdefault(item.code, entry.line)
        faults = names.faults(item)
        if first != entry.line:
            report.add(Fault(line=entry.line, code=item.code, reason=f"The code is used before, in line {first}."))
        for each in faults:
            report.add(Fault(line=entry.line, code=item.code, reason=each.detail))
        if first == entry.line and not faults:
            for notice in entry.notices:
                report.notice(f"line {entry.line} ({item.code}): {notice}")
            yield item


def _unchanged(entries: Entries, names: DomainNames) -> Iterator[AuthoredItem]:
    """The same items again. A fault now means that the file is another one than a moment ago."""
    for entry in entries:
        if isinstance(entry, Fault):
            raise _another_file(entry)
        try:
            item = parse_item({**entry.source, "domain": names.code_of(str(entry.source.get("domain", "")))})
        except InvalidItem:
            raise _another_file(Fault(line=entry.line, reason="The item is not right.")) from None
        if names.faults(item):
            raise _another_file(Fault(line=entry.line, reason="The item refers to something new."))
        yield item


def _another_file(fault: Fault) -> ImportRefused:
    report = ImportReport()
    report.add(replace(fault, reason=f"The file changed while it was read. {fault.reason}"))
    return ImportRefused(report)
