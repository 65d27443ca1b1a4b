"""What the items of a bank may refer to by code: its domains, their skills, and the newest row of each stimulus."""

from dataclasses import dataclass, field
from uuid import UUID

from config.kernel.errors import FieldError
from exams.bank.content import AuthoredItem
from exams.bank.models import Domain, ItemBank, Skill, Stimulus


@dataclass(frozen=True, kw_only=True)
class StimulusRef:
    """A row of a stimulus."""

    id: UUID
    number: int


@dataclass(kw_only=True)
class References:
    """Codes → rows, read once for any number of items."""

    domains: dict[str, UUID] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    skills: dict[tuple[str, str], UUID] = field(default_factory=dict)
    stimuli: dict[str, StimulusRef] = field(default_factory=dict)

    @classmethod
    def of(cls, bank: ItemBank) -> "References":
        """The references of a bank, in three statements."""
        domains = list(Domain.objects.filter(bank=bank).values_list("code", "id", "title"))
        skills = Skill.objects.filter(domain__bank=bank).values_list("domain__code", "code", "id")
        newest = (
            Stimulus.objects.filter(bank=bank)
            .order_by("code", "-number")
            .distinct("code")
            .values_list("code", "id", "number")
        )
        return cls(
            domains={code: key for code, key, _ in domains},
            titles={code: title for code, _, title in domains},
            skills={(domain, code): key for domain, code, key in skills},
            stimuli={code: StimulusRef(id=key, number=number) for code, key, number in newest},
        )

    def faults(self, item: AuthoredItem) -> tuple[FieldError, ...]:
        """What the item refers to and the bank does not have."""
        found = []
        if item.domain not in self.domains:
            known = ", ".join(sorted(self.domains)[:20]) or "none yet"
            found.append(_missing("domain", f"The bank has no domain {item.domain!r} (it has: {known})."))
        elif item.skill is not None and (item.domain, item.skill) not in self.skills:
            found.append(_missing("skill", f"Domain {item.domain!r} has no skill {item.skill!r}."))
        if item.stimulus is not None and item.stimulus not in self.stimuli:
            found.append(_missing("stimulus", f"The bank has no stimulus {item.stimulus!r}."))
        return tuple(found)

    def skill_of(self, item: AuthoredItem) -> UUID | None:
        """The row of the item's skill."""
        return None if item.skill is None else self.skills[item.domain, item.skill]

    def stimulus_of(self, item: AuthoredItem) -> StimulusRef | None:
        """The newest row of the item's stimulus."""
        return None if item.stimulus is None else self.stimuli[item.stimulus]


def _missing(name: str, detail: str) -> FieldError:
    return FieldError(field=name, code="unknown_reference", detail=detail)
