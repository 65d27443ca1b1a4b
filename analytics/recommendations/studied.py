"""What the recommendations of many learners rest on: what they answered lately, by skill, in one statement."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef

from academies.models import Academy
from exams.bank.models import Domain, Item, ItemBank, Skill

# What somebody got wrong longer ago says little about today.
RECENT = timedelta(days=60)
EVER = timedelta(days=365)

# Only what the learner has seen: a weak domain of one answer would tell what an exam has not shown.
_STUDIED = """
SELECT fact.learner_id, fact.domain_id, item.skill_id,
    count(*) FILTER (WHERE fact.answered_at > %(recent)s),
    coalesce(sum(fact.fraction) FILTER (WHERE fact.answered_at > %(recent)s), 0)::float8,
    max(fact.local_date)
FROM exams_markedanswer fact
JOIN exams_item item ON item.id = fact.item_id
WHERE fact.learner_id = ANY(%(learners)s) AND fact.academy_id = %(academy)s AND fact.bank_id = ANY(%(banks)s)
    AND fact.answered_at > %(ever)s AND fact.answered_at <= %(now)s AND fact.is_counted AND fact.is_open
GROUP BY fact.learner_id, fact.domain_id, item.skill_id
"""


@dataclass(frozen=True, kw_only=True)
class Studied:
    """What one learner answered of a domain, or of one of its skills. `last_on` is on their own calendar."""

    answers: int
    credit: float
    last_on: date

    @property
    def percent(self) -> float:
        """How much of the recent answers was right."""
        return 100 * self.credit / self.answers if self.answers else 0.0

    def and_(self, other: "Studied") -> "Studied":
        """Both together."""
        return Studied(
            answers=self.answers + other.answers,
            credit=self.credit + other.credit,
            last_on=max(self.last_on, other.last_on),
        )


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """What the learners of an academy may practise: domains that have live items, and skills by id."""

    domains: dict[UUID, Domain]
    skills: dict[UUID, Skill]

    @property
    def banks(self) -> set[UUID]:
        """The banks that they are of."""
        return {domain.bank_id for domain in self.domains.values()}


@dataclass(frozen=True, kw_only=True)
class History:
    """One learner's answers by domain and by skill."""

    domains: dict[UUID, Studied]
    skills: dict[UUID, Studied]


def catalogue_of(academy: Academy) -> Catalogue:
    """Two statements."""
    banks = ItemBank.objects.practised_in(academy)
    live = Item.objects.live().filter(domain=OuterRef("pk"))
    domains = Domain.objects.filter(Exists(live), bank__in=banks).select_related("bank")
    return Catalogue(
        domains={domain.pk: domain for domain in domains},
        skills={skill.pk: skill for skill in Skill.objects.filter(domain__bank__in=banks)},
    )


def histories_of(
    learners: Collection[UUID], *, academy: UUID, catalogue: Catalogue, now: datetime
) -> dict[UUID, History]:
    """Learner → what they answered of the catalogue within a year. One statement."""
    parameters: dict[str, Any] = {
        "learners": list(learners),
        "academy": academy,
        "banks": list(catalogue.banks),
        "recent": now - RECENT,
        "ever": now - EVER,
        "now": now,
    }
    domains: dict[UUID, dict[UUID, Studied]] = defaultdict(dict)
    skills: dict[UUID, dict[UUID, Studied]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_STUDIED, parameters)
        for learner, domain, skill, answers, credit, last_on in cursor.fetchall():
            part = Studied(answers=answers, credit=credit, last_on=last_on)
            held = domains[learner].get(domain)
            domains[learner][domain] = held.and_(part) if held else part
            if skill in catalogue.skills:
                held = skills[learner].get(skill)
                skills[learner][skill] = held.and_(part) if held else part
    return {learner: History(domains=domains[learner], skills=skills[learner]) for learner in learners}
