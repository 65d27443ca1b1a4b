"""The domains that a file names, by code or by title, and those that it brings along."""

import re

from config.kernel.errors import FieldError
from config.kernel.ids import new_id
from exams.bank.content import AuthoredItem
from exams.bank.models import Domain, ItemBank, Skill
from exams.bank.references import References

_NUMBERED = re.compile(r"([0-9][A-Za-z0-9._-]{0,15})\s+(\S.*)")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,15}")


class DomainNames:
    """The bank's domains by whatever a file calls them. With `creates`, unknown ones and their skills are made."""

    def __init__(self, references: References, *, creates: bool) -> None:
        self.references = references
        self.new_domains: dict[str, str] = {}
        self.new_skills: dict[tuple[str, str], None] = {}
        self._creates = creates
        self._codes: dict[str, str] = {}
        for code, title in references.titles.items():
            self._codes.setdefault(title.casefold(), code)
            self._codes.setdefault(f"{code} {title}".casefold(), code)

    def code_of(self, name: str) -> str:
        """The code of the domain that is meant; the name itself where there is none."""
        name = " ".join(name.split())
        if not name and len(self.references.domains) == 1:
            return next(iter(self.references.domains))
        if name in self.references.domains:
            return name
        known = self._codes.get(name.casefold())
        if known is not None:
            return known
        if self._creates and name:
            return self._new(name)
        # An item's domain is a code; what cannot be one is reported in `faults` under a shorter name.
        return name if _CODE.fullmatch(name) else _slug(name)

    def faults(self, item: AuthoredItem) -> tuple[FieldError, ...]:
        """What the item refers to and neither the bank nor the file has."""
        place = (item.domain, item.skill or "")
        is_new = item.domain in self.references.domains and place not in self.references.skills
        if self._creates and item.skill and is_new:
            self.references.skills[place] = new_id()
            self.new_skills[place] = None
        return self.references.faults(item)

    def create(self, bank: ItemBank) -> None:
        """Write the new domains and skills, in two statements."""
        Domain.objects.bulk_create(
            Domain(pk=self.references.domains[code], academy_id=bank.academy_id, bank=bank, code=code, title=title)
            for code, title in self.new_domains.items()
        )
        Skill.objects.bulk_create(
            Skill(
                pk=self.references.skills[domain, skill],
                academy_id=bank.academy_id,
                domain_id=self.references.domains[domain],
                code=skill,
                title=skill,
            )
            for domain, skill in self.new_skills
        )

    def _new(self, name: str) -> str:
        numbered = _NUMBERED.fullmatch(name)
        code, title = (numbered[1], numbered[2]) if numbered else (name if _CODE.fullmatch(name) else _slug(name), name)
        if code not in self.references.domains:
            self.references.domains[code] = new_id()
            self.new_domains[code] = title[:200]
        for known in (name, title):
            self._codes.setdefault(known.casefold(), code)
        return code


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:16].strip("-") or "other"
