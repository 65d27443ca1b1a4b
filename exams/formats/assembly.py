"""Forms: put together by hand, or assembled from a blueprint and a seed."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from django.db import transaction

from academies.models import Academy
from config.kernel.errors import DomainError, FieldError
from config.kernel.markdown import render_markdown
from exams.bank.models import Item, ItemBank, ItemVersion
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion, Section, Slot
from exams.formats.selection import Candidate, Cell, Selection, select


class BlueprintNotFillable(DomainError):
    """The bank has too few live items for the blueprint."""

    status = HTTPStatus.CONFLICT
    code = "blueprint_not_fillable"
    title = "The bank cannot fill the blueprint"


@dataclass(frozen=True, kw_only=True)
class SectionPlan:
    """One section of a form to be made. Limits are in seconds."""

    title: str
    item_versions: Sequence[ItemVersion]
    instructions: str = ""
    time_limit_seconds: int | None = None


@transaction.atomic
def make_form(
    *,
    academy: Academy,
    bank: ItemBank,
    title: str,
    conversion: ScoreConversion,
    sections: Sequence[SectionPlan],
    time_limit_seconds: int | None = None,
    blueprint: Blueprint | None = None,
    seed: int | None = None,
    code: str = "",
) -> Form:
    """A form of these sections, in five statements however long it is. Item versions come with their `item`."""
    versions = [version for section in sections for version in section.item_versions]
    form = Form.objects.create(
        academy=academy,
        bank=bank,
        title=title,
        blueprint=blueprint,
        seed=seed,
        code=code,
        conversion=conversion,
        time_limit_seconds=time_limit_seconds,
        item_count=len(versions),
        raw_max=sum(version.points for version in versions),
    )
    rows: list[Section] = []
    slots: list[Slot] = []
    for position, plan in enumerate(sections):
        first = len(slots) + 1
        row = Section(
            academy=academy,
            form=form,
            position=position,
            title=plan.title,
            instructions_html=render_markdown(plan.instructions),
            time_limit_seconds=plan.time_limit_seconds,
            first_slot=first,
            last_slot=first + len(plan.item_versions) - 1,
        )
        rows.append(row)
        slots += [
            Slot(
                academy=academy,
                form=form,
                section=row,
                number=number,
                item_version=version,
                domain_id=version.item.domain_id,
            )
            for number, version in enumerate(plan.item_versions, start=first)
        ]
    Section.objects.bulk_create(rows)
    Slot.objects.bulk_create(slots)
    return form


@transaction.atomic
def assemble_form(*, blueprint: Blueprint, academy: Academy, seed: int, title: str = "") -> Form:
    """A form that meets the blueprint, the same for the same seed and bank.

    Raises BlueprintNotFillable, which names each cell that lacks items, and each section that asks for none.
    """
    sections = list(blueprint.sections.order_by("position"))
    order = {section.pk: index for index, section in enumerate(sections)}
    cells = list(
        BlueprintCell.objects.filter(section__blueprint=blueprint)
        .select_related("domain")
        .order_by("section__position", "domain__code", "difficulty", "type")
    )
    chosen = select(
        cells=[
            Cell(
                section=order[cell.section_id],
                domain=cell.domain_id,
                difficulty=cell.difficulty,
                type=cell.type,
                count=cell.count,
            )
            for cell in cells
        ],
        pool=_pool(blueprint.bank_id),
        sections=len(sections),
        seed=seed,
    )
    if chosen.shortfalls:
        raise _not_fillable(cells, chosen.shortfalls)
    if not all(chosen.sections) or not sections:
        raise _nothing_asked(sections, chosen)
    wanted = [candidate.id for section in chosen.sections for candidate in section]
    versions = ItemVersion.objects.select_related("item").in_bulk(wanted)
    return make_form(
        academy=academy,
        bank=blueprint.bank,
        title=title or blueprint.title,
        conversion=blueprint.conversion,
        time_limit_seconds=blueprint.time_limit_seconds,
        blueprint=blueprint,
        seed=seed,
        sections=[
            SectionPlan(
                title=section.title,
                instructions=section.instructions,
                time_limit_seconds=section.time_limit_seconds,
                item_versions=[versions[candidate.id] for candidate in chosen.sections[index]],
            )
            for index, section in enumerate(sections)
        ],
    )


def _nothing_asked(sections: Sequence[BlueprintSection], chosen: Selection) -> BlueprintNotFillable:
    return BlueprintNotFillable(
        "The blueprint has a section without items." if sections else "The blueprint has no sections.",
        errors=tuple(
            FieldError(field=f"sections.{index}", code="empty", detail=f"“{section.title}” asks for no items.")
            for index, section in enumerate(sections)
            if not chosen.sections[index]
        ),
    )


def _pool(bank: UUID) -> list[Candidate]:
    rows = (
        Item.objects.filter(bank=bank)
        .live()
        .values_list(
            "live_version",
            "code",
            "domain",
            "live_version__difficulty",
            "live_version__type",
            "live_version__stimulus__code",
        )
    )
    return [
        Candidate(id=version, order=code, domain=domain, difficulty=difficulty, type=kind, stimulus=stimulus)
        for version, code, domain, difficulty, kind, stimulus in rows
    ]


def _not_fillable(cells: Sequence[BlueprintCell], shortfalls: dict[int, int]) -> BlueprintNotFillable:
    return BlueprintNotFillable(
        "The bank has too few live items for this blueprint.",
        errors=tuple(
            FieldError(
                field=f"cells.{index}",
                code="too_few_items",
                detail=" ".join(
                    part
                    for part in (
                        f"{cells[index].domain}",
                        cells[index].difficulty,
                        cells[index].get_type_display().lower() if cells[index].type else "",
                        f"needs {cells[index].count}, {missing} missing.",
                    )
                    if part
                ),
            )
            for index, missing in sorted(shortfalls.items())
        ),
    )
