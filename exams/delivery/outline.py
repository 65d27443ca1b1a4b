"""The sections of a form by title and length, as a list of exams shows them: far less to keep than the whole paper."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from exams.formats.models import Section

# Forms never change, so what is kept is never wrong; this only bounds the memory (about a kilobyte each).
MOST_KEPT = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionOutline:
    """A section before the start."""

    title: str
    item_count: int
    time_limit_seconds: int | None


_kept: dict[UUID, tuple[SectionOutline, ...]] = {}


def outlines_of(forms: Iterable[UUID]) -> Mapping[UUID, tuple[SectionOutline, ...]]:
    """The sections of each form in their order. One statement for those that the process has not seen, else none."""
    outlines = {form: _kept.get(form, ()) for form in forms}
    missing = [form for form, sections in outlines.items() if not sections]
    if missing:
        for section in Section.objects.filter(form__in=missing).order_by("form", "position"):
            outline = SectionOutline(
                title=section.title,
                item_count=section.last_slot - section.first_slot + 1,
                time_limit_seconds=section.time_limit_seconds,
            )
            outlines[section.form_id] = (*outlines[section.form_id], outline)
        if len(_kept) + len(missing) > MOST_KEPT:
            _kept.clear()
        _kept.update((form, outlines[form]) for form in missing)
    return outlines
