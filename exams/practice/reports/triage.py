"""What staff decide about reports: uphold them with a corrected version, or dismiss them with a reply."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts.journal.record import record
from accounts.models import User
from exams.bank.actions import move_version
from exams.bank.models import Item, ItemVersion
from exams.events import ItemReportDismissed, ItemReportEvent, ItemReportUpheld, ReportCaseTriaged
from exams.marking.regrading import rescore_everywhere
from exams.marking.rescoring import rescore_answers
from exams.practice.reports.errors import AlreadyDecided, NotCorrected
from exams.practice.reports.models import ItemReport, ReportCase

State = ItemVersion.State


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What upholding did, or would do: the version that is live then, and what is marked otherwise because of it."""

    corrected: ItemVersion
    academies: int
    attempts: int
    changed_scores: int
    changed_answers: int


@transaction.atomic
def take_up(*, case: UUID, actor: User, now: datetime) -> ReportCase:
    """Say that somebody looks into it. Raises AlreadyDecided."""
    found = _locked(case)
    if found.state == ReportCase.State.OPEN:
        found.state = ReportCase.State.TRIAGED
        found.save(update_fields=["state"])
        record(
            ReportCaseTriaged(academy_id=found.academy_id, case_id=found.pk, item_id=found.item_id),
            actor=actor,
            now=now,
        )
    return found


def corrected_version(case: ReportCase) -> ItemVersion | None:
    """The newest later version of the question that is live or may become so; None as long as there is none."""
    later = ItemVersion.objects.filter(
        item=case.item_id, number__gt=case.item_version.number, state__in=(State.LIVE, State.APPROVED)
    )
    return later.select_related("item").order_by("-number").first()


@transaction.atomic
def uphold_reports(
    *, case: UUID, policy: str, reply: str, actor: User, now: datetime, is_dry_run: bool = False
) -> Effect:
    """Make the corrected version live, and mark by it what was answered to the reported one, in every academy.

    A dry run does the same and takes it back. Raises NotCorrected, AlreadyDecided.
    """
    found = _locked(case)
    corrected = corrected_version(found)
    if corrected is None:
        raise NotCorrected
    with transaction.atomic():
        if corrected.state != State.LIVE:
            corrected = move_version(version=corrected, to=State.LIVE, actor=actor, now=now)
        reported = ItemVersion.objects.get(pk=found.item_version_id)
        if reported.state == State.QUARANTINED:
            move_version(version=reported, to=State.RETIRED, actor=actor, now=now)
        outcomes = rescore_everywhere(item=found.item_id, policy=policy, actor=actor, now=now)
        effect = Effect(
            corrected=corrected,
            academies=len(outcomes),
            attempts=sum(outcome.attempts for outcome in outcomes),
            changed_scores=sum(len(outcome.changes) for outcome in outcomes),
            changed_answers=rescore_answers(corrected=corrected, policy=policy),
        )
        _decide(found, to=ReportCase.State.UPHELD, reply=reply, event=ItemReportUpheld, actor=actor, now=now)
        transaction.set_rollback(is_dry_run)
    return effect


@transaction.atomic
def dismiss_reports(*, case: UUID, reply: str, actor: User, now: datetime) -> ReportCase:
    """Find nothing wrong. What the reports alone took out of new draws comes back. Raises AlreadyDecided."""
    found = _locked(case)
    version = ItemVersion.objects.select_related("item").get(pk=found.item_version_id)
    is_out = version.state == State.QUARANTINED and version.item.live_version_id is None
    if found.has_quarantined and is_out:
        move_version(version=version, to=State.LIVE, actor=actor, now=now)
    _decide(found, to=ReportCase.State.DISMISSED, reply=reply, event=ItemReportDismissed, actor=actor, now=now)
    return found


def _locked(case: UUID) -> ReportCase:
    """The case, which nobody has decided. Raises AlreadyDecided."""
    # The item first, as `report_item` does.
    Item.objects.locked().get(pk__in=ReportCase.objects.filter(pk=case).values("item"))
    found = ReportCase.objects.select_related("item_version").locked().get(pk=case)
    if found.state not in ReportCase.WAITING:
        raise AlreadyDecided
    return found


def _decide(case: ReportCase, *, to: str, reply: str, event: type[ItemReportEvent], actor: User, now: datetime) -> None:
    case.state, case.reply, case.decided_by, case.decided_at = to, reply, actor, now
    case.save(update_fields=["state", "reply", "decided_by", "decided_at"])
    for report in ItemReport.objects.filter(case=case).order_by("created_at", "pk"):
        record(
            event(
                academy_id=report.academy_id, report_id=report.pk, item_id=case.item_id, learner_id=report.learner_id
            ),
            actor=actor,
            now=now,
        )
