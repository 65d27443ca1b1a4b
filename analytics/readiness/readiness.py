"""A learner's readiness for exams, put together from what they answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from uuid import UUID

from analytics.readiness.estimate import (
    Belief,
    Chance,
    Evidence,
    Norm,
    Part,
    Z,
    answers_needed,
    belief_of,
    chance_of,
    difficulty_shifts,
)
from analytics.readiness.evidence import evidence_of, norms_of
from analytics.readiness.exams import Outline, outlines_of
from analytics.readiness.models import ReadinessCalibration
from exams.bank.models import Domain
from exams.formats.models import Blueprint

Norms = dict[UUID, dict[str, Norm]]


@dataclass(frozen=True, kw_only=True)
class DomainReadiness:
    """One domain of an exam: its share of the items, and the share that the learner would have right."""

    domain: Domain
    share: float
    answers: int
    expected: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What is believed of one learner and one exam. Without a chance it is too early to say: `needed` more answers."""

    outline: Outline
    answers: int
    needed: int
    # Of the model alone; `chance` is what is told.
    modelled: float | None
    chance: Chance | None
    # The attempts that the recalibration rests on; None where there is none.
    recalibrated_on: int | None
    domains: list[DomainReadiness]

    @property
    def cut_share(self) -> float | None:
        """The share of the items that must be right."""
        total = sum(self.outline.items.values())
        return self.outline.needed / total if self.outline.needed is not None and total else None


def readiness_of(learner: UUID, *, academy: UUID, blueprints: Sequence[Blueprint], now: datetime) -> list[Readiness]:
    """One learner's readiness for these exams, in their order. Four statements, however many exams."""
    return readiness_of_all([learner], academy=academy, blueprints=blueprints, now=now)[learner]


def readiness_of_all(
    learners: Collection[UUID], *, academy: UUID, blueprints: Sequence[Blueprint], now: datetime
) -> dict[UUID, list[Readiness]]:
    """Many learners' readiness, for the same four statements."""
    outlines = outlines_of(blueprints)
    norms = norms_of({domain for outline in outlines for domain in outline.domains})
    calibrations = ReadinessCalibration.objects.in_bulk([each.pk for each in blueprints])
    banks = {each.bank_id for each in blueprints}
    evidence = evidence_of(learners, academy=academy, banks=banks, now=now)
    return {
        learner: [
            _judged(outline, norms=norms, evidence=answered, calibration=calibrations.get(outline.blueprint.pk))
            for outline in outlines
        ]
        for learner, answered in evidence.items()
    }


def _judged(
    outline: Outline,
    *,
    norms: Norms,
    evidence: dict[UUID, dict[str, Evidence]],
    calibration: ReadinessCalibration | None,
) -> Readiness:
    items = outline.items
    total = sum(items.values())
    answers = {domain: sum(each.answers for each in evidence.get(domain, {}).values()) for domain in items}
    beliefs = {domain: _belief(outline, domain, norms[domain], evidence.get(domain, {})) for domain in items}
    needed = answers_needed(items=items, answers=answers)
    chance = None
    if total and not needed:
        chance = chance_of(
            [Part(items=count, belief=beliefs[domain]) for domain, count in items.items()], needed=outline.needed
        )
    curve = calibration.curve if calibration else None
    return Readiness(
        outline=outline,
        answers=sum(answers.values()),
        needed=needed,
        modelled=chance.probability if chance else None,
        chance=chance
        if chance is None or curve is None
        else Chance(
            probability=curve(chance.probability),
            low=curve(chance.low),
            high=curve(chance.high),
            expected=chance.expected,
        ),
        recalibrated_on=calibration.attempts if calibration and curve else None,
        domains=[
            _domain(outline.domains[domain], count / total, answers[domain], beliefs[domain])
            for domain, count in items.items()
        ],
    )


def _belief(outline: Outline, domain: UUID, norms: dict[str, Norm], evidence: dict[str, Evidence]) -> Belief:
    """What we believe of the domain's items in this exam, whose mix of difficulties need not be the usual one."""
    mean, shifts = difficulty_shifts(norms)
    usual = belief_of(mean=mean, shifts=shifts, evidence=evidence)
    counts = {difficulty: count for (of, difficulty), count in outline.cells.items() if of == domain}
    shift = sum(count * shifts.get(difficulty, 0.0) for difficulty, count in counts.items()) / sum(counts.values())
    return usual.moved(shift)


def _domain(domain: Domain, share: float, answers: int, belief: Belief) -> DomainReadiness:
    margin = Z * sqrt(belief.variance)
    return DomainReadiness(
        domain=domain,
        share=share,
        answers=answers,
        expected=belief.mean,
        low=max(0.0, belief.mean - margin),
        high=min(1.0, belief.mean + margin),
    )
