"""A result and a review as a person sees them, under the review policy."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from academies.models import Membership
from academies.tenancy.powers import Power
from exams.bank.models import ItemVersion
from exams.delivery.errors import NotAvailable, ReviewNotAvailable
from exams.delivery.models import Attempt, Delivery, Response
from exams.delivery.paper import Paper, PaperSlot, paper_of
from exams.delivery.policy import Reason, Visibility, visibility_of
from exams.delivery.sitting import item_of, section_of
from exams.marking.actions import EXCLUDED, treatments_of
from exams.marking.known_items import items_known_to
from exams.marking.models import Score
from exams.marking.scoring import Answer, parts_of

_WHY_NOT = {
    Reason.NEVER: "The result of this attempt is not shown.",
    Reason.NOT_MARKED: "This attempt has not been marked yet.",
    Reason.ON_RELEASE: "Your academy has not released the results yet.",
    Reason.AFTER_WINDOW: "The result is shown when the exam has closed for everybody.",
}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How an attempt stands among the marked attempts of its delivery; `percentile` is None among too few."""

    percentile: int | None
    peers: int


def standing_of(*, attempt: Attempt, score: Score, minimum: int) -> Standing:
    """Percentile rank among the other learners' best scores: the share below, plus half of those level with it.

    Shown from `minimum` other learners on. (Percentile rank with midpoints: Crocker & Algina 1986, chapter 19.)
    """
    others = (
        Score.objects.filter(is_current=True, attempt__delivery=attempt.delivery_id)
        .filter(attempt__in=Attempt.objects.counting().filter(delivery=attempt.delivery_id))
        .exclude(attempt__learner=attempt.learner_id)
    )
    # A learner's best is the score that no other score of theirs beats.
    counts = others.aggregate(
        peers=Count("attempt__learner", distinct=True),
        above=Count("attempt__learner", distinct=True, filter=Q(scaled__gt=score.scaled)),
        at_least=Count("attempt__learner", distinct=True, filter=Q(scaled__gte=score.scaled)),
    )
    peers = counts["peers"]
    if peers < minimum:
        return Standing(percentile=None, peers=peers)
    below, level = peers - counts["at_least"], counts["at_least"] - counts["above"]
    return Standing(percentile=round(100 * (below + level / 2) / peers), peers=peers)


def result_of(*, attempt: Attempt, viewer: Membership, minimum_peers: int, now: datetime) -> dict[str, Any]:
    """The result as the viewer may see it, in the shape of `ResultOut`. Raises NotAvailable."""
    visibility = _visibility(attempt, viewer=viewer, now=now)
    score = Score.objects.select_related("conversion").get(attempt=attempt, is_current=True)
    paper = paper_of(attempt.form_id)
    seconds = dict(Response.objects.filter(attempt=attempt).values_list("slot", "seconds"))
    standing = standing_of(attempt=attempt, score=score, minimum=minimum_peers)
    conversion = score.conversion
    return {
        "attempt": attempt,
        "raw": score.raw,
        "raw_max": score.raw_max,
        "percent": _percent(float(score.raw), float(score.raw_max)),
        "scaled": score.scaled,
        "scale": {
            "min": conversion.scale_min,
            "max": conversion.scale_max,
            "label": conversion.label,
            "step": conversion.step,
        },
        "cut": conversion.cut_score,
        "passed": score.passed,
        "percentile": standing.percentile,
        "peers": standing.peers,
        "domains": _domains(paper, score) if visibility.shows_domains else [],
        "seconds_total": sum(seconds.values()),
        "items": [
            {
                "position": position,
                "domain": paper.domains[slot.domain].code,
                "seconds": seconds.get(slot.number, 0),
                "fraction": _fraction(score, slot) if visibility.shows_answers else None,
            }
            for position, slot in _in_order(attempt, paper)
        ],
        "next": _next_step(attempt, visibility, viewer=viewer, now=now),
        "regraded_at": score.marked_at if score.regrade_id else None,
    }


def review_of(*, attempt: Attempt, viewer: Membership, now: datetime) -> dict[str, Any]:
    """The review, in the shape of `ReviewOut`: every item as it was shown, with answer, key and reasons.

    A key that a regrade has corrected is shown corrected. Raises ReviewNotAvailable.
    """
    visibility = _visibility(attempt, viewer=viewer, now=now, error=ReviewNotAvailable)
    if not visibility.shows_answers:
        raise ReviewNotAvailable("Answers and explanations of this exam are not shown.")
    score = Score.objects.get(attempt=attempt, is_current=True)
    paper = paper_of(attempt.form_id)
    responses = {row.slot: row for row in Response.objects.filter(attempt=attempt)}
    corrected = {
        slot: treatment.version
        for slot, treatment in treatments_of(academy=attempt.academy_id, form=attempt.form_id).items()
        if treatment.version is not None
    }
    known = _known(paper, viewer)
    return {
        "attempt": attempt,
        "stimuli": dict(paper.stimuli),
        "sections": [section_of(section, factor=attempt.time_factor) for section in paper.sections],
        "items": [
            {
                **_reviewed(
                    attempt, slot, position, score, responses.get(slot.number), corrected.get(slot.number, slot)
                ),
                "item": slot.item if slot.item in known else None,
            }
            for position, slot in _in_order(attempt, paper)
        ],
    }


def truth_of(slot: PaperSlot | ItemVersion, *, answer: Answer | None) -> dict[str, Any]:
    """What is right, why, and which parts of the answer are: in the shape of `TruthOut`."""
    return {
        "key": {name: value for name, value in slot.key.items() if name not in ("normalise", "units")},
        "why": slot.rationale["why"],
        "explanation_html": slot.rationale["explanation_html"],
        "parts": parts_of(type=slot.type, key=slot.key, answer=answer),
    }


def _visibility(
    attempt: Attempt, *, viewer: Membership, now: datetime, error: type[NotAvailable] = NotAvailable
) -> Visibility:
    visibility = visibility_of(state=attempt.state, delivery=attempt.delivery, now=now)
    if viewer.may(Power.SEE_RESULTS) and attempt.state in (Attempt.State.MARKED, Attempt.State.RELEASED):
        return Visibility(reason=Reason.NOW, shows_score=True, shows_domains=True, shows_answers=True)
    if not visibility.is_available:
        raise error(
            _WHY_NOT[visibility.reason],
            members={"reason": visibility.reason.value, "available_at": visibility.available_at},
        )
    return visibility


def _known(paper: Paper, viewer: Membership) -> Set[UUID]:
    """The items of the paper that the viewer may keep: none for those who do not learn."""
    if not viewer.may(Power.SIT_EXAMS):
        return frozenset()
    items = items_known_to(viewer).filter(pk__in=[slot.item for slot in paper.slots])
    return set(items.values_list("pk", flat=True))


def _reviewed(
    attempt: Attempt,
    slot: PaperSlot,
    position: int,
    score: Score,
    response: Response | None,
    truth: PaperSlot | ItemVersion,
) -> dict[str, Any]:
    answer = response.answer if response else None
    fraction = _fraction(score, slot)
    return {
        **item_of(slot, position=position, options=attempt.option_orders.get(str(slot.number))),
        "answer": answer,
        "fraction": fraction,
        "mark": None if fraction is None else round(fraction * slot.points, 4),
        "seconds": response.seconds if response else 0,
        "flagged": response.flagged if response else False,
        **truth_of(truth, answer=answer),
    }


def _in_order(attempt: Attempt, paper: Paper) -> Sequence[tuple[int, PaperSlot]]:
    return [(position, paper.slots[number - 1]) for position, number in enumerate(attempt.slot_order, start=1)]


def _fraction(score: Score, slot: PaperSlot) -> float | None:
    """The slot's fraction; None for one that was left out of the exam."""
    fraction = score.fractions[slot.number - 1]
    return None if fraction == EXCLUDED else fraction


def _domains(paper: Paper, score: Score) -> list[dict[str, Any]]:
    rows = [
        {
            "code": paper.domains[domain].code,
            "title": paper.domains[domain].title,
            "raw": round(raw, 4),
            "raw_max": raw_max,
            "percent": _percent(raw, raw_max),
            "items": items,
        }
        for domain, (raw, raw_max, items) in score.domains.items()
    ]
    return sorted(rows, key=lambda row: row["code"])


def _percent(raw: float, raw_max: float) -> float:
    return round(100 * raw / raw_max, 1) if raw_max else 0.0


def _next_step(attempt: Attempt, visibility: Visibility, *, viewer: Membership, now: datetime) -> dict[str, Any]:
    """What to do with the result: study it, try again, or go home."""
    if visibility.shows_answers:
        return {"kind": "review", "attempt": attempt.pk, "delivery": None}
    again = Delivery.objects.assigned_to(viewer).with_conditions_of(viewer).with_learner_state(now=now)
    if again.filter(Q(learner_state="open"), id=attempt.delivery_id).exists():
        return {"kind": "retake", "attempt": None, "delivery": attempt.delivery_id}
    return {"kind": "home", "attempt": None, "delivery": None}
