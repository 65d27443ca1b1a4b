"""What readiness is judged by: a learner's newest answer to each item, and what everybody reaches."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from analytics.readiness.estimate import Evidence, Norm
from analytics.readiness.models import DomainNorm

# An answer counts half of one that was given so much later; after a year nothing is left of it.
HALF_LIFE = timedelta(days=30)
OLDEST = timedelta(days=365)

# Only the newest answer to an item: who repeats one item until it is right has learned one item. What an exam has not
# shown stays out: a domain with one answer would tell it.
_EVIDENCE = """
SELECT learner_id, domain_id, difficulty, count(*), sum(weight), sum(weight * fraction)
FROM (
    SELECT DISTINCT ON (fact.learner_id, fact.item_id)
        fact.learner_id, fact.domain_id, version.difficulty, fact.fraction::float8 AS fraction,
        power(0.5, (extract(epoch FROM %(now)s - fact.answered_at) / %(half_life)s)::float8) AS weight
    FROM exams_markedanswer fact
    JOIN exams_itemversion version ON version.id = fact.item_version_id
    WHERE fact.learner_id = ANY(%(learners)s) AND fact.academy_id = %(academy)s
        AND fact.answered_at > %(oldest)s AND fact.answered_at <= %(now)s
        AND fact.bank_id = ANY(%(banks)s) AND fact.is_counted AND fact.is_open
    ORDER BY fact.learner_id, fact.item_id, fact.answered_at DESC, fact.id DESC
) newest
GROUP BY learner_id, domain_id, difficulty
"""

_COUNT_NORMS = """
INSERT INTO analytics_domainnorm AS held (domain_id, difficulty, answers, credit)
SELECT fact.domain_id, version.difficulty, count(*), sum(fact.fraction)::float8
FROM exams_markedanswer fact
JOIN exams_itemversion version ON version.id = fact.item_version_id
JOIN exams_domain domain ON domain.id = fact.domain_id
WHERE fact.is_counted AND fact.answered_at > %(oldest)s
GROUP BY fact.domain_id, version.difficulty
ON CONFLICT (domain_id, difficulty) DO UPDATE SET answers = excluded.answers, credit = excluded.credit
"""

# Domain → difficulty → what was reached.
ByDifficulty = dict[UUID, dict[str, Evidence]]


def evidence_of(
    learners: Collection[UUID], *, academy: UUID, banks: Collection[UUID], now: datetime
) -> dict[UUID, ByDifficulty]:
    """Learner → what they reached in these banks, as of `now`. One statement."""
    found: dict[UUID, ByDifficulty] = {learner: defaultdict(dict) for learner in learners}
    parameters: dict[str, Any] = {
        "learners": list(learners),
        "academy": academy,
        "banks": list(banks),
        "now": now,
        "oldest": now - OLDEST,
        "half_life": HALF_LIFE.total_seconds(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_EVIDENCE, parameters)
        for learner, domain, difficulty, answers, weight, credit in cursor.fetchall():
            found[learner][domain][difficulty] = Evidence(answers=answers, weight=weight, credit=credit)
    return found


def norms_of(domains: Collection[UUID]) -> dict[UUID, dict[str, Norm]]:
    """Domain → difficulty → what everybody reaches. One statement."""
    found: dict[UUID, dict[str, Norm]] = {domain: {} for domain in domains}
    rows = DomainNorm.objects.filter(domain__in=domains)
    for domain, difficulty, answers, credit in rows.values_list("domain", "difficulty", "answers", "credit"):
        found[domain][difficulty] = Norm(answers=answers, credit=credit)
    return found


def count_norms(*, now: datetime) -> None:
    """Count anew what everybody reaches, over all academies."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_NORMS, {"oldest": now - OLDEST})
