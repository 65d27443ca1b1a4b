"""The formats of a pack into the database: conversions, blueprints and fixed forms, changed only where they differ."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from academies.models import Academy
from config.kernel.errors import FieldError
from exams.bank.fields import written
from exams.bank.models import Domain, Item, ItemBank, ItemVersion
from exams.formats.assembly import SectionPlan, make_form
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion
from exams.interchange.pack_files import InvalidPack, PackBlueprint, PackConversion, PackForm

Conversions = Mapping[str, ScoreConversion]


def load_conversions(
    *, academy: Academy, conversions: Sequence[PackConversion], now: datetime
) -> dict[str, ScoreConversion]:
    """The newest version of each conversion by name, a new one where the pack says something else."""
    loaded = {}
    for conversion in conversions:
        newest = ScoreConversion.objects.for_academy(academy).filter(name=conversion.name).order_by("-version").first()
        content: dict[str, Any] = {
            "kind": conversion.kind,
            "label": conversion.label,
            "scale_min": conversion.scale_min,
            "scale_max": conversion.scale_max,
            "step": conversion.step,
            "table": [[written(low), written(scaled)] for low, scaled in conversion.table],
            "cut_score": conversion.cut_score,
        }
        if newest is None or any(getattr(newest, name) != value for name, value in content.items()):
            newest = ScoreConversion.objects.create(
                academy=academy,
                name=conversion.name,
                version=newest.version + 1 if newest else 1,
                created_at=now,
                **content,
            )
        loaded[conversion.name] = newest
    return loaded


def load_blueprints(
    *, bank: ItemBank, blueprints: Sequence[PackBlueprint], conversions: Conversions, now: datetime
) -> None:
    """Every blueprint as the pack has it; sections and cells are replaced where they differ."""
    domains = {domain.code: domain for domain in Domain.objects.filter(bank=bank)}
    for blueprint in blueprints:
        row, _ = Blueprint.objects.update_or_create(
            academy_id=bank.academy_id,
            slug=blueprint.slug,
            defaults={
                "bank": bank,
                "title": blueprint.title,
                "description": blueprint.description,
                "instructions": blueprint.instructions,
                "conversion": conversions[blueprint.conversion],
                "time_limit_seconds": _seconds(blueprint.time_limit_minutes),
                "navigation": blueprint.navigation,
                "display": blueprint.display,
            },
            create_defaults={
                "bank": bank,
                "title": blueprint.title,
                "description": blueprint.description,
                "instructions": blueprint.instructions,
                "conversion": conversions[blueprint.conversion],
                "time_limit_seconds": _seconds(blueprint.time_limit_minutes),
                "navigation": blueprint.navigation,
                "display": blueprint.display,
                "created_at": now,
            },
        )
        if _wanted(blueprint) != _standing(row):
            _replace(row, blueprint, domains)


def load_forms(*, bank: ItemBank, forms: Sequence[PackForm], conversions: Conversions) -> int:
    """Make each form that is not there yet with just these versions, and count them. Raises InvalidPack.

    A form never changes, because attempts pin it: where items have new versions, the pack's form is a new one.
    """
    made = 0
    for form in forms:
        plans = _plans(bank, form)
        if not _stands(bank, form, conversions[form.conversion], plans):
            make_form(
                academy=bank.academy,
                bank=bank,
                title=form.title,
                code=form.code,
                conversion=conversions[form.conversion],
                sections=plans,
                time_limit_seconds=_seconds(form.time_limit_minutes),
            )
            made += 1
    return made


def _wanted(blueprint: PackBlueprint) -> list[Any]:
    return [
        (
            section.title,
            section.instructions,
            _seconds(section.time_limit_minutes),
            sorted((cell.domain, cell.difficulty, cell.type, cell.count) for cell in section.cells),
        )
        for section in blueprint.sections
    ]


def _standing(blueprint: Blueprint) -> list[Any]:
    sections = BlueprintSection.objects.filter(blueprint=blueprint).order_by("position")
    return [
        (
            section.title,
            section.instructions,
            section.time_limit_seconds,
            sorted((cell.domain.code, cell.difficulty, cell.type, cell.count) for cell in section.cells.all()),
        )
        for section in sections.prefetch_related("cells__domain")
    ]


def _replace(row: Blueprint, blueprint: PackBlueprint, domains: Mapping[str, Domain]) -> None:
    row.sections.all().delete()
    sections = [
        BlueprintSection(
            academy_id=row.academy_id,
            blueprint=row,
            position=position,
            title=section.title,
            instructions=section.instructions,
            time_limit_seconds=_seconds(section.time_limit_minutes),
        )
        for position, section in enumerate(blueprint.sections)
    ]
    BlueprintSection.objects.bulk_create(sections)
    BlueprintCell.objects.bulk_create(
        BlueprintCell(
            academy_id=row.academy_id,
            section=section,
            domain=domains[cell.domain],
            difficulty=cell.difficulty,
            type=cell.type,
            count=cell.count,
        )
        for section, wanted in zip(sections, blueprint.sections, strict=True)
        for cell in wanted.cells
    )


def _plans(bank: ItemBank, form: PackForm) -> list[SectionPlan]:
    codes = [code for section in form.sections for code in section.items]
    items = Item.objects.filter(bank=bank, code__in=codes).live()
    live: dict[str, ItemVersion] = {
        version.item.code: version
        for version in ItemVersion.objects.filter(pk__in=items.values("live_version")).select_related("item")
    }
    if missing := [code for code in codes if code not in live]:
        raise InvalidPack(
            f"The form {form.code!r} asks for items that are not live.",
            errors=tuple(
                FieldError(field=f"pack.yaml forms {form.code} {code}", code="not_live", detail="The item is not live.")
                for code in missing
            ),
        )
    return [
        SectionPlan(
            title=section.title,
            instructions=section.instructions,
            time_limit_seconds=_seconds(section.time_limit_minutes),
            item_versions=[live[code] for code in section.items],
        )
        for section in form.sections
    ]


def _stands(bank: ItemBank, form: PackForm, conversion: ScoreConversion, plans: Sequence[SectionPlan]) -> bool:
    newest = Form.objects.filter(bank=bank, code=form.code, blueprint=None).order_by("-created_at", "-pk").first()
    if newest is None:
        return False
    asked = list(newest.slots.order_by("number").values_list("item_version_id", flat=True))
    sections = list(newest.sections.order_by("position").values_list("title", "time_limit_seconds", "last_slot"))
    ends = [sum(len(plan.item_versions) for plan in plans[: index + 1]) for index in range(len(plans))]
    return (
        newest.title == form.title
        and newest.conversion_id == conversion.pk
        and newest.time_limit_seconds == _seconds(form.time_limit_minutes)
        and asked == [version.pk for plan in plans for version in plan.item_versions]
        and sections == [(plan.title, plan.time_limit_seconds, end) for plan, end in zip(plans, ends, strict=True)]
    )


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60
