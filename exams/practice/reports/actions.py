"""Learners report questions; enough of them take a question out of new draws before anybody has looked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.http import Http404

from academies.models import Membership
from accounts.journal.record import record
from exams.bank.actions import move_version
from exams.bank.models import Item, ItemVersion
from exams.events import ItemReported
from exams.marking.known_items import items_known_to
from exams.marking.models import MarkedAnswer
from exams.practice.reports.errors import AlreadyReported
from exams.practice.reports.models import ItemReport, ReportCase

# As many different learners flag a version.
REPORTERS_TO_FLAG = 3


@transaction.atomic
def report_item(*, item: UUID, reason: str, comment: str, actor: Membership, now: datetime) -> ItemReport:
    """Report the version of a question that the learner saw last.

    The report that makes it enough quarantines the version if it is live. Attempts and sessions that run keep it.
    Raises Http404 for a question that the learner does not know, AlreadyReported.
    """
    # Held until the end, so reports of one question come one after another.
    reported = items_known_to(actor).locked().filter(pk=item).first()
    if reported is None:
        raise Http404
    if ItemReport.objects.waiting().about(item).filter(learner=actor.user).exists():
        raise AlreadyReported
    version = _seen_version(reported, actor)
    case, _ = ReportCase.objects.waiting().get_or_create(
        item_version=version, defaults={"academy_id": reported.academy_id, "item": reported, "opened_at": now}
    )
    report = ItemReport.objects.create(
        academy=actor.academy,
        case=case,
        item=reported,
        learner=actor.user,
        reason=reason,
        comment=comment,
        created_at=now,
    )
    ReportCase.objects.filter(pk=case.pk).update(reporters=F("reporters") + 1)
    if case.reporters + 1 >= REPORTERS_TO_FLAG and case.flagged_at is None:
        _flag(case, now=now)
    record(
        ItemReported(
            academy_id=actor.academy_id, report_id=report.pk, item_id=item, learner_id=actor.user_id, reason=reason
        ),
        actor=actor.user,
        now=now,
    )
    return report


def _seen_version(item: Item, member: Membership) -> ItemVersion:
    """The version of the last answer whose worth the learner has seen; without one the live version, or the last."""
    answers = MarkedAnswer.objects.of_learner(member).known_to_learner().filter(item=item)
    seen = answers.order_by("-answered_at").values_list("item_version", flat=True).first() or item.live_version_id
    if seen is not None:
        return ItemVersion.objects.get(pk=seen)
    return item.versions.filter(state__in=("quarantined", "retired")).order_by("-number")[0]


def _flag(case: ReportCase, *, now: datetime) -> None:
    is_live = case.item_version.state == ItemVersion.State.LIVE
    if is_live:
        move_version(version=case.item_version, to=ItemVersion.State.QUARANTINED, actor=None, now=now)
    ReportCase.objects.filter(pk=case.pk).update(flagged_at=now, has_quarantined=is_live)
