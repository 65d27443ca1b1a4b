"""The rollups counted once more from the facts, in plain Python: what the tables must hold, exactly."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from academies.models import CohortMember
from analytics.models import AcademyActivity, AcademyDay, CohortActivity, CohortDay, LearnerDay
from exams.models import MarkedAnswer

_SUMS = ("answers", "right", "guesses", "credit", "seconds")
_PLACE = ("bank_id", "domain_id", "source")
TABLES = {
    LearnerDay: ("academy_id", "learner_id", "local_date", *_PLACE, "shows_domain"),
    AcademyDay: ("academy_id", "local_date", *_PLACE),
    AcademyActivity: ("academy_id", "local_date"),
    CohortDay: ("academy_id", "cohort_id", "local_date", *_PLACE),
    CohortActivity: ("academy_id", "cohort_id", "local_date"),
}


def held() -> dict[str, dict[tuple[Any, ...], tuple[Any, ...]]]:
    """What the tables hold: table → keys → sums, with the number of learners where the table has it."""
    return {
        model.__name__: {
            tuple(row[key] for key in keys): tuple(row[name] for name in _columns(model))
            for row in model.objects.values(*keys, *_columns(model))
        }
        for model, keys in TABLES.items()
    }


def recounted() -> dict[str, dict[tuple[Any, ...], tuple[Any, ...]]]:
    """What they must hold."""
    facts = list(MarkedAnswer.objects.filter(is_counted=True).values())
    cohorts = defaultdict(list)
    for listed in CohortMember.objects.select_related("member"):
        cohorts[listed.member.academy_id, listed.member.user_id].append(listed.cohort_id)
    in_cohorts = [
        {**fact, "cohort_id": cohort} for fact in facts for cohort in cohorts[fact["academy_id"], fact["learner_id"]]
    ]
    return {
        model.__name__: _sums(in_cohorts if "cohort_id" in keys else facts, keys, model=model)
        for model, keys in TABLES.items()
    }


def _columns(model: Any) -> tuple[str, ...]:
    return _SUMS if model is LearnerDay else (*_SUMS, "learners")


def _sums(facts: Iterable[dict[str, Any]], keys: tuple[str, ...], *, model: Any) -> dict[Any, Any]:
    groups = defaultdict(list)
    for fact in facts:
        groups[tuple(fact[key] for key in keys)].append(fact)
    return {
        key: (
            len(group),
            sum(fact["fraction"] == 1 for fact in group),
            sum(fact["is_guess"] for fact in group),
            sum(fact["fraction"] for fact in group),
            sum(fact["seconds"] for fact in group),
            *([] if model is LearnerDay else [len({fact["learner_id"] for fact in group})]),
        )
        for key, group in groups.items()
    }
