"""Reads of deliveries and attempts."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from academies.models import CohortMember, Membership
from academies.tenancy.powers import Power
from academies.tenancy.querysets import MembershipQuerySet, TenantQuerySet

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models import User
    from exams.delivery.models import Accommodation, Attempt, Delivery  # noqa: F401  # named in strings below

OPEN_STATES = ("created", "in_progress", "paused")
# Attempts that do not use up one of those allowed.
UNCOUNTED_STATES = ("voided", "expired")


class DeliveryQuerySet(TenantQuerySet["Delivery"]):
    """Deliveries."""

    def visible_to(self, membership: Membership) -> Self:
        """All of the academy for those who manage deliveries; for others those that are assigned to them."""
        if membership.may(Power.MANAGE_DELIVERIES):
            return self.for_academy(membership.academy_id)
        return self.assigned_to(membership)

    def assigned_to(self, membership: Membership) -> Self:
        """Those that the member is to sit: of their cohorts, or of everybody."""
        return self.for_academy(membership.academy_id).filter(
            Q(cohort=None) | Exists(CohortMember.objects.filter(cohort=OuterRef("cohort"), member=membership))
        )

    def with_conditions_of(self, membership: Membership) -> Self:
        """Adds how this member sits it: `time_factor`, `attempts_granted`, `attempts_used`, `attempts_made`,
        `open_attempt`, `last_attempt`, `last_state`."""
        mine = _model("Attempt").objects.filter(delivery=OuterRef("pk"), learner=membership.user_id).order_by()
        grants = _accommodations(membership)
        newest = mine.order_by("-number")
        return self.annotate(
            time_factor=Coalesce(
                Subquery(grants.annotate(most=Max("time_factor")).values("most")),
                Value(1),
                output_field=DecimalField(max_digits=4, decimal_places=2),
            ),
            attempts_granted=F("attempts_allowed")
            + Coalesce(Subquery(grants.annotate(most=Max("extra_attempts")).values("most")), Value(0)),
            attempts_used=_counted(mine.exclude(state__in=UNCOUNTED_STATES)),
            attempts_made=_counted(mine),
            open_attempt=Subquery(mine.filter(state__in=OPEN_STATES).values("pk")[:1]),
            last_attempt=Subquery(newest.values("pk")[:1]),
            last_state=Subquery(newest.values("state")[:1]),
        )

    def with_learner_state(self, *, now: datetime) -> Self:
        """Adds `learner_state` to rows that have the conditions of a member."""
        is_over = Q(closes_at__lte=now)
        return self.annotate(
            learner_state=Case(
                When(open_attempt__isnull=False, then=Value("in_progress")),
                When(opens_at__gt=now, then=Value("upcoming")),
                When(is_over & Q(attempts_used=0), then=Value("closed")),
                When(is_over | Q(attempts_used__gte=F("attempts_granted")), then=Value("done")),
                default=Value("open"),
                output_field=CharField(),
            )
        )

    def with_state(self, *, now: datetime) -> Self:
        """Adds `state`: upcoming, open or closed."""
        return self.annotate(
            state=Case(
                When(opens_at__gt=now, then=Value("upcoming")),
                When(closes_at__lte=now, then=Value("closed")),
                default=Value("open"),
                output_field=CharField(),
            )
        )

    def with_counts(self) -> Self:
        """Adds how many learners it is for and how far they are: `assigned`, `sitting`, `submitted`, `marked`."""
        attempts = _model("Attempt").objects.filter(delivery=OuterRef("pk")).order_by()
        everybody = _sitters().filter(academy=OuterRef("academy"))
        cohort = CohortMember.objects.filter(cohort=OuterRef("cohort"), member__in=_sitters()).order_by()
        return self.annotate(
            assigned=Case(When(cohort=None, then=_counted(everybody)), default=_counted(cohort)),
            sitting=_counted(attempts.filter(state__in=OPEN_STATES)),
            submitted=_counted(attempts.filter(state__in=("submitted", "marking"))),
            marked=_counted(attempts.filter(state__in=("marked", "released"))),
        )


class AttemptQuerySet(TenantQuerySet["Attempt"]):
    """Attempts."""

    def visible_to(self, membership: Membership) -> Self:
        """Supervisors see the academy's; learners their own."""
        if membership.may(Power.SUPERVISE_ATTEMPTS):
            return self.for_academy(membership.academy_id)
        return self.of_learner(membership)

    def of_learner(self, membership: Membership) -> Self:
        """The member's own attempts in the academy."""
        return self.for_academy(membership.academy_id).filter(learner=membership.user_id)

    def supervised_by(self, membership: Membership) -> Self:
        """Those that the member may watch, extend, pause and end; none for a learner."""
        if membership.may(Power.SUPERVISE_ATTEMPTS):
            return self.for_academy(membership.academy_id)
        return self.none()

    def of_user(self, user: "User") -> Self:
        """A person's attempts in every academy."""
        return self.filter(learner=user)

    def overdue(self, *, now: datetime) -> Self:
        """Those whose clock ran out at or before `now`."""
        return self.filter(state="in_progress", closes_at__lte=now)

    def forgotten(self, *, before: datetime) -> Self:
        """Those that are still paused although the window of their delivery closed at or before `before`."""
        return self.filter(state="paused", delivery__closes_at__lte=before)

    def counting(self) -> Self:
        """Those that are marked and count in statistics."""
        return self.filter(state__in=("marked", "released"))

    def with_current_score(self) -> Self:
        """Adds the score that counts: `current_raw`, `current_raw_max`, `current_scaled`, `current_passed`,
        `current_label`, `current_answered`; each null while there is none."""
        current = FilteredRelation("scores", condition=Q(scores__is_current=True))
        return self.annotate(
            current=current,
            current_raw=F("current__raw"),
            current_raw_max=F("current__raw_max"),
            current_scaled=F("current__scaled"),
            current_passed=F("current__passed"),
            current_label=F("current__conversion__label"),
            current_answered=F("current__answered"),
        )

    def with_progress(self) -> Self:
        """Adds what a supervisor watches: `answered`, `last_seen_at`, `incidents`."""
        responses = _model("Response").objects.filter(attempt=OuterRef("pk")).order_by()
        steps = _model("AttemptStep").objects.filter(attempt=OuterRef("pk"))
        return self.annotate(
            answered=_counted(responses.filter(answer__isnull=False), by="attempt_id"),
            last_seen_at=Subquery(steps.order_by("-id").values("recorded_at")[:1]),
            incidents=_counted(
                steps.filter(kind__in=("focus_lost", "went_offline", "fullscreen_left")).order_by(), by="attempt_id"
            ),
        )


def _accommodations(membership: Membership) -> "QuerySet[Accommodation, Accommodation]":
    """The member's accommodations for the outer delivery, grouped into one row."""
    rows: QuerySet[Accommodation, Accommodation] = (
        _model("Accommodation")
        .objects.filter(Q(delivery=OuterRef("pk")) | Q(delivery=None), member=membership)
        .order_by()
        .values("member")
    )
    return rows


def _sitters() -> MembershipQuerySet:
    return Membership.objects.active().with_power(Power.SIT_EXAMS).order_by()


def _counted(rows: "QuerySet[Any, Any]", *, by: str = "academy") -> Coalesce:
    """The number of rows of a correlated query, 0 for none."""
    return Coalesce(
        Subquery(rows.values(by).annotate(many=Count("*")).values("many")), Value(0), output_field=IntegerField()
    )


def _model(name: str) -> Any:
    # Looked up when asked: these models are declared in terms of these querysets.
    return apps.get_model("exams", name)
