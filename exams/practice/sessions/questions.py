"""The questions of a session as a process keeps them. Neither sessions' questions nor versions of items ever change."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from exams.bank.models import ItemVersion
from exams.delivery.paper import PaperSlot, slot_of
from exams.practice.sessions.models import PracticeSession


@dataclass(frozen=True, kw_only=True, slots=True)
class Outline:
    """What of a session never changes."""

    mode: str
    versions: tuple[UUID, ...]

    def question(self, position: int) -> PaperSlot:
        """The question at a position. Raises Http404."""
        if not 0 < position <= len(self.versions):
            raise Http404
        return replace(_question(self.versions[position - 1]), number=position)


@lru_cache(maxsize=2048)
def outline_of(session: UUID) -> Outline:
    """The outline of a session: one statement at the first call in a process, none after. Raises Http404."""
    found = PracticeSession.objects.filter(id=session).values_list("mode", "versions").first()
    if found is None:
        raise Http404
    return Outline(mode=found[0], versions=tuple(found[1]))


def questions_of(versions: Sequence[UUID]) -> list[PaperSlot]:
    """The questions in their order, each in the domain that its item is in now. One statement."""
    rows = _rows().in_bulk(versions)
    found = [rows[version] for version in versions]
    return [slot_of(row, number=position, domain=row.item.domain_id) for position, row in enumerate(found, start=1)]


@lru_cache(maxsize=1024)
def _question(version: UUID) -> PaperSlot:
    row = _rows().get(id=version)
    return slot_of(row, number=1, domain=row.item.domain_id)


def _rows() -> QuerySet[ItemVersion, ItemVersion]:
    return ItemVersion.objects.select_related("item").defer("source", "stem")
