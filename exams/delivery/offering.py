"""Offering an exam: deliveries and accommodations, by those who teach."""

import secrets
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404

from academies.models import Cohort, Membership
from accounts.journal.record import record
from config.kernel.errors import FieldError, Invalid
from config.kernel.markdown import render_markdown
from exams import events
from exams.delivery.errors import DeliveryInUse
from exams.delivery.models import Accommodation, Delivery
from exams.formats.assembly import assemble_form
from exams.formats.models import Blueprint, Form

# Deadlines are reckoned with; close to the end of the calendar that would fail.
LAST_MOMENT = datetime(3000, 1, 1, tzinfo=UTC)
# What cannot change once somebody sits under it.
CONDITIONS = frozenset({"time_limit_seconds", "navigation", "display", "shuffle_items", "shuffle_options"})


@transaction.atomic
def create_delivery(
    *,
    title: str,
    actor: Membership,
    now: datetime,
    blueprint: UUID | None = None,
    seed: int | None = None,
    form: UUID | None = None,
    cohort: UUID | None = None,
    **conditions: Any,
) -> Delivery:
    """Offer a form, or one assembled from a blueprint, whose conditions hold unless `conditions` says otherwise.

    Raises Invalid (field errors), BlueprintNotFillable.
    """
    academy = actor.academy
    plan: Blueprint | None
    if blueprint is not None and form is None:
        plan = Blueprint.objects.usable_by(academy).select_related("bank", "conversion").filter(id=blueprint).first()
        if plan is None:
            raise _invalid("blueprint", "does_not_exist", "There is no such blueprint.")
        offered = assemble_form(
            blueprint=plan, academy=academy, seed=secrets.randbits(31) if seed is None else seed, title=title
        )
    elif form is not None and blueprint is None:
        found = Form.objects.usable_by(academy).select_related("blueprint").filter(id=form).first()
        if found is None:
            raise _invalid("form", "does_not_exist", "There is no such form.")
        offered, plan = found, found.blueprint
    else:
        raise _invalid("blueprint", "one_of", "Choose either a blueprint or a form.")
    defaults: dict[str, Any] = {"time_limit_seconds": offered.time_limit_seconds}
    if plan is not None:
        defaults |= {"navigation": plan.navigation, "display": plan.display, "instructions": plan.instructions}
    delivery = Delivery(
        academy=academy,
        title=title,
        form=offered,
        cohort=_cohort(cohort, actor),
        created_by=actor.user,
        created_at=now,
        **(defaults | conditions),
    )
    _save(delivery)
    record(
        events.DeliveryCreated(academy_id=academy.pk, delivery_id=delivery.pk, title=title), actor=actor.user, now=now
    )
    return delivery


@transaction.atomic
def change_delivery(*, delivery: UUID, changes: dict[str, Any], actor: Membership, now: datetime) -> Delivery:
    """Change what may still change. Raises Http404, DeliveryInUse, Invalid."""
    changed = _managed(delivery, actor)
    if "cohort" in changes:
        changes = changes | {"cohort": _cohort(changes["cohort"], actor)}
    fields = sorted(name for name, value in changes.items() if getattr(changed, name) != value)
    if CONDITIONS.intersection(fields) and changed.attempts.exists():
        raise DeliveryInUse
    for name in fields:
        setattr(changed, name, changes[name])
    if fields:
        _save(changed)
        record(
            events.DeliveryChanged(academy_id=changed.academy_id, delivery_id=changed.pk, fields=fields),
            actor=actor.user,
            now=now,
        )
    return changed


@transaction.atomic
def release_results(*, delivery: UUID, actor: Membership, now: datetime) -> Delivery:
    """Let learners see their results now. Doing it twice changes nothing. Raises Http404."""
    released = _managed(delivery, actor)
    if released.released_at is None:
        released.released_at = now
        released.save(update_fields=["released_at"])
        released.attempts.filter(state="marked").update(state="released")
        record(
            events.ResultsReleased(academy_id=released.academy_id, delivery_id=released.pk), actor=actor.user, now=now
        )
    return released


@transaction.atomic
def grant_accommodation(
    *,
    member: UUID,
    time_factor: Any,
    extra_attempts: int,
    note: str,
    delivery: UUID | None,
    actor: Membership,
    now: datetime,
) -> Accommodation:
    """Give a learner more time or attempts, for one delivery or all; a second grant replaces the first.

    It holds for attempts that start from now on; a running one is given extra time instead. Raises Invalid.
    """
    learner = Membership.objects.for_academy(actor.academy).filter(id=member, ended_at=None).first()
    if learner is None:
        raise _invalid("member", "does_not_exist", "There is no such person in this academy.")
    meant = Delivery.objects.for_academy(actor.academy).filter(id=delivery).first() if delivery is not None else None
    if delivery is not None and meant is None:
        raise _invalid("delivery", "does_not_exist", "There is no such delivery.")
    granted, _ = Accommodation.objects.update_or_create(
        member=learner,
        delivery=meant,
        defaults={
            "academy": actor.academy,
            "time_factor": time_factor,
            "extra_attempts": extra_attempts,
            "note": note,
            "created_by": actor.user,
            "created_at": now,
        },
    )
    record(
        events.AccommodationGranted(
            academy_id=actor.academy_id,
            accommodation_id=granted.pk,
            member_id=learner.pk,
            delivery_id=delivery,
            time_factor=str(time_factor),
            extra_attempts=extra_attempts,
        ),
        actor=actor.user,
        now=now,
    )
    return granted


@transaction.atomic
def withdraw_accommodation(*, accommodation: UUID, actor: Membership, now: datetime) -> None:
    """Take an accommodation back; attempts that started with it keep it. Raises Http404."""
    held = Accommodation.objects.for_academy(actor.academy).filter(id=accommodation).first()
    if held is None:
        raise Http404
    record(
        events.AccommodationWithdrawn(
            academy_id=actor.academy_id, member_id=held.member_id, delivery_id=held.delivery_id
        ),
        actor=actor.user,
        now=now,
    )
    held.delete()


def _managed(delivery: UUID, actor: Membership) -> Delivery:
    found = Delivery.objects.for_academy(actor.academy).locked().filter(id=delivery).first()
    if found is None:
        raise Http404
    return found


def _cohort(cohort: UUID | None, actor: Membership) -> Cohort | None:
    if cohort is None:
        return None
    found = Cohort.objects.for_academy(actor.academy).filter(id=cohort).first()
    if found is None:
        raise _invalid("cohort", "does_not_exist", "There is no such cohort.")
    return found


def _save(delivery: Delivery) -> None:
    for field in ("opens_at", "closes_at"):
        moment = getattr(delivery, field)
        if moment is not None and moment > LAST_MOMENT:
            raise _invalid(field, "too_late", f"This must be before {LAST_MOMENT:%Y}.")
    if delivery.opens_at and delivery.closes_at and delivery.opens_at >= delivery.closes_at:
        raise _invalid("closes_at", "invalid", "The window must close after it opens.")
    delivery.instructions_html = render_markdown(delivery.instructions)
    try:
        delivery.clean_fields(exclude=["academy", "form", "cohort", "created_by"])
    except ValidationError as error:
        raise Invalid(
            errors=tuple(
                FieldError(field=field, code=problem.code or "invalid", detail=" ".join(problem.messages))
                for field, problems in error.error_dict.items()
                for problem in problems
            )
        ) from error
    delivery.save()


def _invalid(field: str, code: str, detail: str) -> Invalid:
    return Invalid(errors=(FieldError(field=field, code=code, detail=detail),))
