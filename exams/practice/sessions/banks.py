"""What can be practised: the banks with their parts, and how far the learner is with each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from academies.models import Membership
from exams.bank.models import Difficulty, Domain, ItemBank, Skill
from exams.practice.sessions.choosing import counts_of, practisable

_COUNTED = ("items", "seen", "wrong", "bookmarked", "due")


def banks_of(banks: Sequence[ItemBank], *, member: Membership, now: datetime) -> list[dict[str, Any]]:
    """The banks in the shape of `PracticeBankOut`. Three statements however many banks, parts and items there are."""
    rows = counts_of(practisable(member=member, now=now).filter(bank__in=banks))
    by_bank, by_domain, by_skill = _summed(rows, "bank"), _summed(rows, "domain"), _summed(rows, "skill")
    difficulties: dict[UUID, Counter[str]] = defaultdict(Counter)
    for row in rows:
        difficulties[row["bank"]][row["live_version__difficulty"]] += row["items"]
    domains = _grouped(Domain.objects.filter(bank__in=banks), "bank_id")
    skills = _grouped(Skill.objects.filter(domain__bank__in=banks), "domain_id")
    return [
        {
            "id": bank.pk,
            "title": bank.title,
            "description": bank.description,
            "language": bank.language,
            **by_bank[bank.pk],
            "difficulties": [
                {"difficulty": difficulty, "items": difficulties[bank.pk][difficulty]}
                for difficulty in Difficulty.values
            ],
            "domains": [
                {
                    "id": domain.pk,
                    "code": domain.code,
                    "title": domain.title,
                    **by_domain[domain.pk],
                    "skills": [
                        {"id": skill.pk, "code": skill.code, "title": skill.title, **by_skill[skill.pk]}
                        for skill in skills[domain.pk]
                    ],
                }
                for domain in domains[bank.pk]
            ],
        }
        for bank in banks
    ]


def _summed(rows: Iterable[dict[str, Any]], name: str) -> dict[UUID, dict[str, int]]:
    sums: dict[UUID, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_COUNTED, 0))
    for row in rows:
        held = sums[row[name]]
        for counted in _COUNTED:
            held[counted] += row[counted]
    return sums


def _grouped(rows: Iterable[Any], name: str) -> dict[UUID, list[Any]]:
    groups: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return groups
