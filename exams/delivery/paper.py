"""A form as a process keeps it in memory. Forms never change, so neither do these; keys stay on the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from exams.bank.models import ItemVersion, Stimulus
from exams.formats.conversion import Conversion
from exams.formats.models import Form, Section, Slot


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSlot:
    """One slot with everything that showing and marking it takes. `section` is an index."""

    number: int
    section: int
    item: UUID
    version: UUID
    domain: str
    type: str
    points: int
    scoring: str
    stimulus: str | None
    stem_html: str
    question: Mapping[str, Any]
    key: Mapping[str, Any]
    rationale: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSection:
    """A section; `first` and `last` are slot numbers and, because sections keep their place, positions as shown."""

    index: int
    title: str
    instructions_html: str
    time_limit_seconds: int | None
    first: int
    last: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperDomain:
    """A domain that the form asks about."""

    id: str
    code: str
    title: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A form: `slots[n - 1]` is slot `n`."""

    form: UUID
    slots: tuple[PaperSlot, ...]
    sections: tuple[PaperSection, ...]
    stimuli: Mapping[str, Mapping[str, Any]]
    domains: Mapping[str, PaperDomain]
    conversion_id: UUID
    conversion: Conversion
    cut_score: Decimal | None
    label: str

    def slot(self, number: int) -> PaperSlot | None:
        """The slot with this number; None when the form has none."""
        return self.slots[number - 1] if 0 < number <= len(self.slots) else None


@lru_cache(maxsize=128)
def paper_of(form_id: UUID) -> Paper:
    """The paper of a form: four statements at the first call in a process, none after. Raises Form.DoesNotExist."""
    form = Form.objects.select_related("conversion").get(id=form_id)
    sections = tuple(
        PaperSection(
            index=section.position,
            title=section.title,
            instructions_html=section.instructions_html,
            time_limit_seconds=section.time_limit_seconds,
            first=section.first_slot,
            last=section.last_slot,
        )
        for section in Section.objects.filter(form=form).order_by("position")
    )
    rows = list(
        Slot.objects.filter(form=form)
        .select_related("item_version", "section", "domain")
        .defer("item_version__source", "item_version__stem")
        .order_by("number")
    )
    stimuli = Stimulus.objects.in_bulk({row.item_version.stimulus_id for row in rows if row.item_version.stimulus_id})
    return Paper(
        form=form_id,
        slots=tuple(
            slot_of(row.item_version, number=row.number, section=row.section.position, domain=row.domain_id)
            for row in rows
        ),
        sections=sections,
        stimuli={str(key): shown_stimulus(stimulus) for key, stimulus in stimuli.items()},
        domains={
            str(row.domain_id): PaperDomain(id=str(row.domain_id), code=row.domain.code, title=row.domain.title)
            for row in rows
        },
        conversion_id=form.conversion_id,
        conversion=form.conversion.as_conversion(),
        cut_score=form.conversion.cut_score,
        label=form.conversion.label,
    )


def slot_of(version: ItemVersion, *, number: int, domain: UUID, section: int = 0) -> PaperSlot:
    """A version of an item in its place."""
    return PaperSlot(
        number=number,
        section=section,
        item=version.item_id,
        version=version.pk,
        domain=str(domain),
        type=version.type,
        points=version.points,
        scoring=version.scoring,
        stimulus=str(version.stimulus_id) if version.stimulus_id else None,
        stem_html=version.stem_html,
        question=version.question,
        key=version.key,
        rationale=version.rationale,
    )


def shown_stimulus(stimulus: Stimulus) -> dict[str, Any]:
    """What several items refer to, in the shape of `StimulusOut`."""
    return {
        "id": str(stimulus.pk),
        "kind": stimulus.kind,
        "title": stimulus.title,
        "html": stimulus.body_html,
        "file_url": stimulus.file.url if stimulus.file else None,
        "attribution": stimulus.attribution,
    }
