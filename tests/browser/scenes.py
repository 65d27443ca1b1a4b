"""What stands in the database when a journey begins."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from academies.models import Academy, Membership
from exams.delivery.autosave import save_response
from exams.delivery.models import Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection
from exams.marking.actions import submit_and_mark
from tests.factories.exams import (
    claim_of,
    make_bank,
    make_conversion,
    make_delivery,
    make_one_of_each,
    make_plain_items,
    right_answers,
    start,
)

TITLE = "Mock exam"


def one_of_each(academy: Academy, **fields: Any) -> Delivery:
    """An exam with an item of every type, an hour long; its result and review are open at once."""
    return make_delivery(
        make_one_of_each(academy),
        **{
            "title": TITLE,
            "instructions_html": "<p>Read each question <strong>twice</strong>.</p>",
            "review_what": Delivery.ReviewWhat.ANSWERS,
            "review_when": Delivery.ReviewWhen.AT_ONCE,
            **fields,
        },
    )


def blueprint(academy: Academy, *, items: int = 4) -> Blueprint:
    """A blueprint that a bank of plain items can fill."""
    bank = make_bank(academy, slug="security", domains=1)
    make_plain_items(bank, items * 2)
    made = Blueprint.objects.create(
        academy=academy,
        bank=bank,
        title="Security short test",
        slug="security-short",
        conversion=make_conversion(academy, name="Security"),
        time_limit_seconds=1800,
    )
    section = BlueprintSection.objects.create(academy=academy, blueprint=made, position=0, title="All")
    BlueprintCell.objects.create(academy=academy, section=section, domain=bank.domains.get(), count=items)
    return made


def begun(delivery: Delivery, learner: Membership, *, answered: int = 0) -> Attempt:
    """An attempt that runs, its first slots answered rightly and saved."""
    now = timezone.now()
    attempt = start(delivery, learner, now=now)
    _answer(attempt, list(right_answers(delivery.form).items())[:answered], now=now)
    return attempt


def handed_in(delivery: Delivery, learner: Membership, *, wrong: int = 1) -> Attempt:
    """A marked attempt: all answered rightly but the last `wrong`, which have no answer."""
    attempt = begun(delivery, learner, answered=len(paper_of(delivery.form_id).slots) - wrong)
    return submit_and_mark(claim=claim_of(attempt), now=timezone.now())


def ends_in(attempt: Attempt, seconds: float) -> None:
    """Move the end of an attempt, as if most of its time had passed."""
    end = timezone.now() + timedelta(seconds=seconds)
    Attempt.objects.filter(pk=attempt.pk).update(deadline_at=end, closes_at=end)


def _answer(attempt: Attempt, answers: list[tuple[int, Any]], *, now: datetime) -> None:
    for sequence, (slot, answer) in enumerate(answers, start=1):
        save_response(
            claim=claim_of(attempt),
            slot=slot,
            sequence=sequence,
            answer=answer,
            flagged=slot == 1,
            seconds=10 * slot,
            now=now,
        )
