"""Scoring attempts again: first as a dry run that shows the difference, then for good."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404

from academies.models import Academy, Membership
from accounts.journal.record import record
from accounts.models import User
from config.kernel.errors import FieldError, Invalid
from exams.bank.models import Item, ItemBank, ItemVersion
from exams.delivery.models import Attempt, Delivery, Response
from exams.delivery.paper import paper_of
from exams.delivery.querysets import AttemptQuerySet
from exams.events import AttemptsRegraded
from exams.formats.models import Slot
from exams.marking.actions import Marks, Treatment, save_score, score, treatments_of
from exams.marking.models import RegradeRun, Score, SlotTreatment

_BATCH = 200


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a regrade does to one attempt."""

    attempt: Attempt
    before: Score
    after: Marks


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a regrade did, or would do: `regrade` is None for a dry run."""

    attempts: int
    changes: list[Change]
    regrade: RegradeRun | None


def regrade(
    *,
    actor: Membership,
    now: datetime,
    is_dry_run: bool,
    policy: str = RegradeRun.Policy.NEVER_LOWER,
    treatment: str = RegradeRun.Treatment.RESCORE,
    delivery: UUID | None = None,
    attempt: UUID | None = None,
    item: UUID | None = None,
) -> Outcome:
    """Score one attempt, a delivery, or every attempt that was asked one item again, in the actor's academy.

    Rescoring takes the key of an item's live version; an item may also be given to everyone or left out, which a
    regrade of a delivery or an attempt leaves so and only a rescore of the item itself takes back.
    Under `never_lower` a score that would fall stays as it is. Raises Invalid, Http404.
    """
    if sum(target is not None for target in (delivery, attempt, item)) != 1:
        raise _invalid("delivery", "one_of", "Name one delivery, one attempt or one item.")
    if item is None and treatment != RegradeRun.Treatment.RESCORE:
        raise _invalid("treatment", "invalid", "Only an item can be given to everyone or left out.")
    usable = Item.objects.filter(bank__in=ItemBank.objects.usable_by(actor.academy))
    if item is not None and not usable.filter(id=item).exists():
        raise Http404
    run = RegradeRun(
        academy=actor.academy,
        delivery_id=delivery,
        attempt_id=attempt,
        item_id=item,
        policy=policy,
        treatment=treatment,
        created_by=actor.user,
        created_at=now,
    )
    return _carry_out(run, is_dry_run=is_dry_run, now=now)


def rescore_everywhere(*, item: UUID, policy: str, actor: User, now: datetime) -> list[Outcome]:
    """Score every attempt that was asked the item by the key that is live now, in each academy that asks it."""
    asking = Delivery.objects.filter(form__slots__item_version__item=item).order_by().values("academy")
    return [
        _carry_out(
            RegradeRun(academy=academy, item_id=item, policy=policy, created_by=actor, created_at=now),
            is_dry_run=False,
            now=now,
        )
        for academy in Academy.objects.filter(pk__in=asking).order_by("pk")
    ]


def _carry_out(run: RegradeRun, *, is_dry_run: bool, now: datetime) -> Outcome:
    with transaction.atomic():
        affected = _affected(run)
        new_treatments = _new_treatments(run, forms=_forms(run, affected))
        seen, changes = 0, []
        for change in _changes(run, affected=affected, extra=new_treatments):
            seen += 1
            if change is not None:
                changes.append(change)
        if is_dry_run:
            return Outcome(attempts=seen, changes=changes, regrade=None)
        run.attempts, run.changed = seen, len(changes)
        run.save(force_insert=True)
        _keep_treatments(run, new_treatments)
        for change in changes:
            Score.objects.filter(id=change.before.pk).update(is_current=False)
            save_score(
                attempt=change.attempt,
                paper=paper_of(change.attempt.form_id),
                marks=change.after,
                number=change.before.number + 1,
                regrade=run,
                now=now,
            )
        record(
            AttemptsRegraded(
                academy_id=run.academy_id,
                regrade_id=run.pk,
                attempts=seen,
                changed=len(changes),
                policy=run.policy,
                treatment=run.treatment,
            ),
            actor=run.created_by,
            now=now,
        )
    return Outcome(attempts=seen, changes=changes, regrade=run)


def _affected(run: RegradeRun) -> AttemptQuerySet:
    """The marked attempts that the run covers. Raises Http404 for what is not the academy's."""
    marked = Attempt.objects.for_academy(run.academy).counting()
    if run.delivery_id:
        if not Delivery.objects.for_academy(run.academy).filter(id=run.delivery_id).exists():
            raise Http404
        return marked.filter(delivery=run.delivery_id)
    if run.attempt_id:
        found = marked.filter(id=run.attempt_id)
        if not found.exists():
            raise Http404
        return found
    return marked.filter(form__in=Slot.objects.filter(item_version__item=run.item_id).values("form"))


def _forms(run: RegradeRun, affected: AttemptQuerySet) -> set[UUID]:
    """The forms whose slots the run treats; of an item also those that nobody has finished yet."""
    if run.item_id is None:
        return set(affected.values_list("form", flat=True))
    offered = Delivery.objects.for_academy(run.academy).filter(form__slots__item_version__item=run.item_id)
    return set(offered.values_list("form", flat=True))


def _new_treatments(run: RegradeRun, *, forms: set[UUID]) -> dict[UUID, dict[int, Treatment]]:
    """Form → slot → how the run counts it: the newest keys for a rescore, the chosen treatment for an item."""
    slots = Slot.objects.filter(form__in=forms).select_related("item_version__item__live_version")
    if run.item_id:
        slots = slots.filter(item_version__item=run.item_id)
    settled = SlotTreatment.objects.for_academy(run.academy).filter(form__in=forms)
    decided = set(settled.exclude(treatment=RegradeRun.Treatment.RESCORE).values_list("form", "slot"))
    treatments: dict[UUID, dict[int, Treatment]] = {form: {} for form in forms}
    for slot in slots:
        version = None if run.treatment != RegradeRun.Treatment.RESCORE else _newest_key(slot)
        is_new = version != slot.item_version and (slot.form_id, slot.number) not in decided
        if run.item_id or is_new:
            treatments[slot.form_id][slot.number] = Treatment(kind=run.treatment, version=version)
    return treatments


def _newest_key(slot: Slot) -> ItemVersion:
    """The version whose key marks the slot: the live one, if what learners answered in the slot fits it."""
    asked, live = slot.item_version, slot.item_version.item.live_version
    return live if live is not None and marks_the_same(live, asked) else asked


def marks_the_same(version: ItemVersion, asked: ItemVersion) -> bool:
    """Whether the key of a version can mark what was answered to another: the same type, with the same parts."""
    return version.type == asked.type and _parts(version.question) == _parts(asked.question)


def _parts(question: Mapping[str, Any]) -> set[tuple[str, str]]:
    """What answers to a question name: its options, prompts and gaps."""
    return {(name, part["id"]) for name in ("options", "prompts", "gaps") for part in question.get(name, ())}


def _changes(
    run: RegradeRun, *, affected: AttemptQuerySet, extra: dict[UUID, dict[int, Treatment]]
) -> Iterator[Change | None]:
    """For each covered attempt its change, or None. Constant statements per batch."""
    held: dict[UUID, dict[int, Treatment]] = {}
    attempts = affected.select_related("learner", "delivery").order_by("id").locked()
    batch = list(attempts[:_BATCH])
    while batch:
        scores = {row.attempt_id: row for row in Score.objects.filter(attempt__in=batch, is_current=True)}
        answers: dict[UUID, dict[int, object]] = {attempt.pk: {} for attempt in batch}
        for attempt_id, slot, answer in Response.objects.filter(attempt__in=batch).values_list(
            "attempt", "slot", "answer"
        ):
            answers[attempt_id][slot] = answer
        for attempt in batch:
            form = attempt.form_id
            if form not in held:
                held[form] = treatments_of(academy=run.academy_id, form=form)
            after = score(paper=paper_of(form), answers=answers[attempt.pk], treatments={**held[form], **extra[form]})
            before = scores[attempt.pk]
            yield _change(run, attempt, before, after)
        batch = list(attempts.filter(id__gt=batch[-1].pk)[:_BATCH])


def _change(run: RegradeRun, attempt: Attempt, before: Score, after: Marks) -> Change | None:
    is_same = before.raw == after.raw and before.raw_max == after.raw_max and before.scaled == after.scaled
    if is_same and before.fractions == after.fractions:
        return None
    if run.policy == RegradeRun.Policy.NEVER_LOWER and after.scaled < before.scaled:
        return None
    if run.policy == RegradeRun.Policy.NEVER_LOWER and _share(after.raw, after.raw_max) < _share(
        before.raw, before.raw_max
    ):
        return None
    return Change(attempt=attempt, before=before, after=after)


def _share(raw: Decimal, raw_max: Decimal) -> Decimal:
    return raw / raw_max if raw_max else Decimal(0)


def _keep_treatments(run: RegradeRun, treatments: dict[UUID, dict[int, Treatment]]) -> None:
    """From now on the academy's attempts at these forms count so, those still to come too."""
    if run.attempt_id:
        return  # one learner's regrade says nothing about the others
    SlotTreatment.objects.bulk_create(
        [
            SlotTreatment(
                academy=run.academy,
                form_id=form,
                slot=slot,
                treatment=treatment.kind,
                item_version=treatment.version,
                regrade=run,
            )
            for form, slots in treatments.items()
            for slot, treatment in slots.items()
        ],
        update_conflicts=True,
        unique_fields=["academy", "form", "slot"],
        update_fields=["treatment", "item_version", "regrade"],
    )


def _invalid(field: str, code: str, detail: str) -> Invalid:
    return Invalid(errors=(FieldError(field=field, code=code, detail=detail),))
