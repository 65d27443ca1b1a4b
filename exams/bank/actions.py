"""Writes to the bank: items and stimuli are saved, versions move along the workflow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from accounts.journal.record import record
from accounts.models import User
from exams.bank.content import parse_item, parse_stimulus
from exams.bank.errors import UnknownReference, WrittenMeanwhile
from exams.bank.media import media_name, store
from exams.bank.models import Item, ItemBank, ItemVersion, Stimulus
from exams.bank.references import References
from exams.bank.rows import Wording
from exams.events import ItemVersionMoved

State = ItemVersion.State


@transaction.atomic
def save_item(*, bank: ItemBank, source: Mapping[str, Any], actor: User | None, now: datetime) -> ItemVersion:
    """The newest version of the item with this content: a draft, written if the newest says something else.

    Where the item belongs (domain, skill, tags) changes in place. Raises InvalidItem, UnknownReference.
    """
    authored = parse_item(source)
    ItemBank.objects.locked().get(pk=bank.pk)
    references = References.of(bank)
    if faults := references.faults(authored):
        raise UnknownReference(errors=faults)
    wording = Wording.of(authored, references)
    item, _ = Item.objects.update_or_create(
        bank=bank,
        code=authored.code,
        defaults={"domain_id": wording.domain_id, "skill_id": wording.skill_id, "tags": authored.tags},
        create_defaults={
            "academy_id": bank.academy_id,
            "domain_id": wording.domain_id,
            "skill_id": wording.skill_id,
            "tags": authored.tags,
            "created_at": now,
        },
    )
    newest = item.versions.order_by("-number").first()
    if newest is not None and newest.digest == wording.digest:
        return newest
    version = wording.version(
        academy=bank.academy_id,
        item=item.pk,
        number=newest.number + 1 if newest else 1,
        state=State.DRAFT,
        actor=actor,
        now=now,
    )
    version.save(force_insert=True)
    record(_moved(version, item=item, before=""), actor=actor, now=now)
    return version


@transaction.atomic
def write_item(
    *, bank: ItemBank, source: Mapping[str, Any], based_on: int, actor: User | None, now: datetime
) -> ItemVersion:
    """Save an item that a person wrote with version `based_on` before them, 0 for an item that is new.

    Raises WrittenMeanwhile when another is the newest by now; what `save_item` raises.
    """
    authored = parse_item(source)
    ItemBank.objects.locked().get(pk=bank.pk)
    newest = (
        ItemVersion.objects.filter(item__bank=bank, item__code=authored.code)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    if newest != based_on:
        raise WrittenMeanwhile(
            f"Somebody wrote version {newest} of {authored.code} meanwhile."
            if based_on
            else f"The bank has an item {authored.code} already. Open it to write a version, or choose another code."
        )
    return save_item(bank=bank, source=source, actor=actor, now=now)


@transaction.atomic
def move_version(*, version: ItemVersion, to: str, actor: User | None, now: datetime) -> ItemVersion:
    """Take a version to another state. Making it live retires the one that was. Raises IllegalMove."""
    item = Item.objects.locked().get(pk=version.item_id)
    moving = ItemVersion.objects.locked().get(pk=version.pk)
    before = moving.state
    moving.check_move(to)
    if to == State.LIVE and item.live_version_id is not None:
        previous = ItemVersion.objects.locked().get(pk=item.live_version_id)
        previous.move(State.RETIRED)
        record(_moved(previous, item=item, before=State.LIVE), actor=actor, now=now)
    moving.move(to)
    if State.LIVE in (before, to):
        item.live_version = moving if to == State.LIVE else None
        item.save(update_fields=["live_version"])
    record(_moved(moving, item=item, before=before), actor=actor, now=now)
    return moving


@transaction.atomic
def save_stimulus(
    *, bank: ItemBank, source: Mapping[str, Any], now: datetime, file: "File[bytes] | None" = None
) -> Stimulus:
    """The newest row of the stimulus: written, with the next number, if the newest so far says something else.

    `file` is the image or recording that `source` names. Raises InvalidItem.
    """
    authored = parse_stimulus(source)
    name = "" if file is None else media_name(authored, file)
    ItemBank.objects.locked().get(pk=bank.pk)
    newest = Stimulus.objects.filter(bank=bank, code=authored.code).order_by("-number").first()
    content = {
        "kind": authored.kind,
        "title": authored.title,
        "body": authored.body,
        "file": name,
        "attribution": authored.attribution,
    }
    if newest is not None and all(getattr(newest, field) == value for field, value in content.items()):
        return newest
    if file is not None:
        store(name, file)
    return Stimulus.objects.create(
        academy_id=bank.academy_id,
        bank=bank,
        code=authored.code,
        number=newest.number + 1 if newest else 1,
        body_html=authored.body_html(),
        created_at=now,
        **content,
    )


def _moved(version: ItemVersion, *, item: Item, before: str) -> ItemVersionMoved:
    return ItemVersionMoved(
        academy_id=item.academy_id,
        item_version_id=version.pk,
        item_id=item.pk,
        bank_id=item.bank_id,
        code=item.code,
        number=version.number,
        before=before,
        after=version.state,
    )
