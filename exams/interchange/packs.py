"""Content packs into a shared bank of the house academy."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.db import transaction

from academies.models import Academy
from accounts.journal.record import record
from accounts.models import User
from config.kernel.errors import DomainError, FieldError
from exams.bank.actions import save_stimulus
from exams.bank.bulk import Tally, apply_items
from exams.bank.models import Domain, ItemBank, ItemVersion, Skill
from exams.bank.references import References
from exams.events import PackLoaded
from exams.interchange.pack_files import InvalidPack, Pack, PackSheet, read_pack
from exams.interchange.pack_formats import load_blueprints, load_conversions, load_forms


class BankNotShared(DomainError):
    """The academy has a bank of the pack's name that is its own."""

    code = "bank_not_shared"
    title = "The bank belongs to the academy"


@dataclass(frozen=True, kw_only=True)
class LoadedPack:
    """What loading a pack did."""

    bank: ItemBank
    items: Tally
    forms: int


def pack_folder(name: str) -> Path:
    """The folder of a shipped pack. Raises InvalidPack for a name that is none."""
    folder = Path(settings.PACKS_DIR) / name
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,80}", name) or not (folder / "pack.yaml").is_file():
        known = ", ".join(pack_names()) or "none"
        raise InvalidPack(f"There is no pack {name!r}; there are: {known}.")
    return folder


def pack_names() -> list[str]:
    """The packs that are shipped."""
    return sorted(path.parent.name for path in Path(settings.PACKS_DIR).glob("*/pack.yaml"))


def load_pack(*, name: str, academy: Academy, actor: User | None, now: datetime) -> LoadedPack:
    """Load a shipped pack into the academy's shared bank, its items live; again, and only what changed is touched.

    Items that the pack no longer has stay as they are. Raises InvalidPack, BankNotShared.
    """
    return load_read_pack(pack=read_pack(pack_folder(name)), academy=academy, actor=actor, now=now)


@transaction.atomic
def load_read_pack(*, pack: Pack, academy: Academy, actor: User | None, now: datetime) -> LoadedPack:
    """Load a pack that has been read, all of it or nothing."""
    bank = _bank(pack.sheet, academy=academy, now=now)
    _classify(bank, pack.sheet)
    for stimulus in pack.stimuli:
        source = stimulus.model_dump()
        if stimulus.file:
            with (pack.folder / stimulus.file).open("rb") as stream:
                save_stimulus(bank=bank, source=source, file=File(stream), now=now)
        else:
            save_stimulus(bank=bank, source=source, now=now)
    tally = apply_items(
        bank=bank,
        items=pack.items,
        references=References.of(bank),
        state=ItemVersion.State.LIVE,
        actor=actor,
        now=now,
    )
    conversions = load_conversions(academy=academy, conversions=pack.sheet.conversions, now=now)
    load_blueprints(bank=bank, blueprints=pack.sheet.blueprints, conversions=conversions, now=now)
    forms = load_forms(bank=bank, forms=pack.sheet.forms, conversions=conversions)
    record(
        PackLoaded(
            academy_id=academy.pk,
            bank_id=bank.pk,
            pack=pack.name,
            new=tally.new,
            changed=tally.changed,
            same=tally.same,
        ),
        actor=actor,
        now=now,
    )
    return LoadedPack(bank=bank, items=tally, forms=forms)


def _bank(sheet: PackSheet, *, academy: Academy, now: datetime) -> ItemBank:
    content = {
        "title": sheet.title,
        "description": sheet.description,
        "language": sheet.language,
        "is_open_to_practice": sheet.open_to_practice,
    }
    bank = ItemBank.objects.for_academy(academy).locked().filter(slug=sheet.slug).first()
    if bank is None:
        return ItemBank.objects.create(academy=academy, slug=sheet.slug, is_shared=True, created_at=now, **content)
    if not bank.is_shared:
        raise BankNotShared(
            f"{academy} has a bank {sheet.slug!r} of its own, which the pack would overwrite.",
            errors=(FieldError(field="slug", code="bank_not_shared", detail="The bank is not shared."),),
        )
    if any(getattr(bank, name) != value for name, value in content.items()):
        for name, value in content.items():
            setattr(bank, name, value)
        bank.save(update_fields=list(content))
    return bank


def _classify(bank: ItemBank, sheet: PackSheet) -> None:
    """Domains and skills, in two statements; those that the pack no longer has stay, because items refer to them."""
    Domain.objects.bulk_create(
        [
            Domain(academy_id=bank.academy_id, bank=bank, code=domain.code, title=domain.title, weight=domain.weight)
            for domain in sheet.domains
        ],
        update_conflicts=True,
        unique_fields=["bank", "code"],
        update_fields=["title", "weight"],
    )
    rows = {domain.code: domain for domain in Domain.objects.filter(bank=bank)}
    Skill.objects.bulk_create(
        [
            Skill(academy_id=bank.academy_id, domain=rows[domain.code], code=skill.code, title=skill.title)
            for domain in sheet.domains
            for skill in domain.skills
        ],
        update_conflicts=True,
        unique_fields=["domain", "code"],
        update_fields=["title"],
    )
