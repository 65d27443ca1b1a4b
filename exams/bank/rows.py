"""Rows of versions made from authored items."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from exams.bank.content import AuthoredItem, content_digest
from exams.bank.models import ItemVersion
from exams.bank.references import References


@dataclass(frozen=True, kw_only=True)
class Wording:
    """An authored item with its rows' ids found and its content's digest taken."""

    item: AuthoredItem
    digest: str
    domain_id: UUID
    skill_id: UUID | None
    stimulus_id: UUID | None

    @classmethod
    def of(cls, item: AuthoredItem, references: References) -> "Wording":
        """The wording of an item whose references have been checked."""
        stimulus = references.stimulus_of(item)
        return cls(
            item=item,
            digest=content_digest(item, stimulus_number=stimulus.number if stimulus else None),
            domain_id=references.domains[item.domain],
            skill_id=references.skill_of(item),
            stimulus_id=stimulus.id if stimulus else None,
        )

    def version(
        self, *, academy: UUID, item: UUID, number: int, state: str, actor: User | None, now: datetime
    ) -> ItemVersion:
        """An unsaved version with everything rendered."""
        authored = self.item
        return ItemVersion(
            academy_id=academy,
            item_id=item,
            number=number,
            state=state,
            type=authored.kind,
            difficulty=authored.difficulty,
            points=authored.points,
            scoring=authored.scoring,
            stimulus_id=self.stimulus_id,
            stem=authored.stem,
            stem_html=authored.stem_html(),
            source=authored.content(),
            question=authored.question(),
            key=authored.key(),
            rationale=authored.rationale(),
            digest=self.digest,
            created_by=actor,
            created_at=now,
        )
