"""Deliveries, accommodations, attempts, and what was answered."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from academies.models import Academy, Cohort, Membership
from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.delivery.errors import AttemptClosed, AttemptNotPaused, AttemptPaused, SectionClosed
from exams.delivery.querysets import AttemptQuerySet, DeliveryQuerySet
from exams.formats.models import Display, Form, Navigation

if TYPE_CHECKING:
    from exams.delivery.paper import PaperSection


class Delivery(TenantModel):
    """A form offered to learners: when, to whom, under which conditions, and what they see of the result."""

    class ReviewWhat(models.TextChoices):
        NOTHING = "nothing", "Nothing"
        SCORE = "score", "Score"
        DOMAINS = "domains", "Score and domains"
        ANSWERS = "answers", "Score, domains, answers and explanations"

    class ReviewWhen(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        AFTER_WINDOW = "after_window", "When the window has closed"
        ON_RELEASE = "on_release", "When released"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="deliveries")
    title = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    instructions_html = models.TextField(blank=True, editable=False)
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="deliveries")
    # Everybody in the academy who sits exams, unless a cohort is named.
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="deliveries")
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    attempts_allowed = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    navigation = models.CharField(max_length=8, choices=Navigation, default=Navigation.FREE)
    display = models.CharField(max_length=8, choices=Display, default=Display.ITEM)
    shuffle_items = models.BooleanField(default=True)
    shuffle_options = models.BooleanField(default=True)
    review_what = models.CharField(max_length=8, choices=ReviewWhat, default=ReviewWhat.ANSWERS)
    review_when = models.CharField(max_length=12, choices=ReviewWhen, default=ReviewWhen.AT_ONCE)
    released_at = models.DateTimeField(null=True, blank=True)
    # Who passes gets a certificate, once the result may be seen.
    gives_certificate = models.BooleanField(default=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(opens_at=None)
                | models.Q(closes_at=None)
                | models.Q(opens_at__lt=models.F("closes_at")),
                name="delivery_window",
            ),
            models.CheckConstraint(condition=models.Q(attempts_allowed__gte=1), name="delivery_attempts"),
        ]
        indexes: ClassVar = [models.Index(fields=["academy", "-created_at"], name="delivery_newest")]

    def __str__(self) -> str:
        return self.title

    def is_open(self, *, now: datetime) -> bool:
        """Whether an attempt may be started."""
        return (self.opens_at is None or self.opens_at <= now) and (self.closes_at is None or now < self.closes_at)


class Accommodation(TenantModel):
    """More time or more attempts for one learner: for one delivery, or for all of the academy's."""

    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="accommodations")
    delivery = models.ForeignKey(
        Delivery, null=True, blank=True, on_delete=models.CASCADE, related_name="accommodations"
    )
    time_factor = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(5))],
    )
    extra_attempts = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(20)])
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-created_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member", "delivery"], name="accommodation_once", nulls_distinct=False),
            models.CheckConstraint(condition=models.Q(time_factor__gte=1), name="accommodation_time_factor"),
        ]

    def __str__(self) -> str:
        return f"{self.member}: × {self.time_factor}, + {self.extra_attempts}"


class Attempt(TenantModel):
    """One learner sitting one delivery once. It pins the form it was taken with and the order it was shown in."""

    class State(models.TextChoices):
        CREATED = "created", "Created"
        IN_PROGRESS = "in_progress", "In progress"
        PAUSED = "paused", "Paused"
        SUBMITTED = "submitted", "Submitted"
        MARKING = "marking", "Being marked"
        MARKED = "marked", "Marked"
        RELEASED = "released", "Released"
        EXPIRED = "expired", "Expired"
        ABANDONED = "abandoned", "Abandoned"
        TERMINATED = "terminated", "Terminated"
        VOIDED = "voided", "Voided"

    class ClosedBy(models.TextChoices):
        LEARNER = "learner", "The learner"
        CLOCK = "clock", "The clock"
        STAFF = "staff", "Staff"

    OPEN = (State.CREATED, State.IN_PROGRESS, State.PAUSED)

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="attempts")
    learner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.CREATED)
    seed = models.BigIntegerField()
    # Position as shown (1-based) → slot of the form, and slot → order of its options.
    slot_order = ArrayField(models.PositiveSmallIntegerField())
    option_orders = models.JSONField(default=dict)
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(1))
    extra_seconds = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True, blank=True)
    # When the whole attempt ends; when the open section ends; and the earlier of the two, which is what counts.
    deadline_at = models.DateTimeField(null=True, blank=True)
    section_deadline_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    section_index = models.PositiveSmallIntegerField(default=0)
    # Positions that may be answered now, both inclusive.
    open_from = models.PositiveSmallIntegerField(default=1)
    open_to = models.PositiveSmallIntegerField()
    paused_at = models.DateTimeField(null=True, blank=True)
    message = models.CharField(max_length=300, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=8, choices=ClosedBy, blank=True)
    steps_digest = models.CharField(max_length=64, blank=True)
    notes = models.JSONField(default=dict, blank=True)
    notes_sequence = models.BigIntegerField(default=0)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["delivery", "learner", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["delivery", "learner"],
                condition=models.Q(state__in=["created", "in_progress", "paused"]),
                name="attempt_one_open",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["academy", "learner", "-started_at"], name="attempt_history"),
            models.Index(fields=["closes_at"], condition=models.Q(state="in_progress"), name="attempt_overdue"),
            models.Index(fields=["submitted_at"], condition=models.Q(state="submitted"), name="attempt_unmarked"),
        ]

    def __str__(self) -> str:
        return f"{self.learner}, {self.delivery} ({self.number})"

    def is_open(self, *, now: datetime) -> bool:
        """Whether it still takes answers, or will when it is resumed. Answers on their way have the declared grace."""
        if self.state == self.State.IN_PROGRESS:
            return self.closes_at is None or now - settings.ANSWER_GRACE < self.closes_at
        return self.state in (self.State.CREATED, self.State.PAUSED)

    def is_section_over(self, *, now: datetime) -> bool:
        """Whether the clock of the open section alone has run out, so that the next one is due."""
        return (
            self.state == self.State.IN_PROGRESS
            and not self.is_open(now=now)
            and self.closes_at == self.section_deadline_at != self.deadline_at
            and self.open_to < len(self.slot_order)
        )

    def event_subject(self) -> dict[str, UUID]:
        """What every event about an attempt names."""
        return {
            "academy_id": self.academy_id,
            "attempt_id": self.pk,
            "delivery_id": self.delivery_id,
            "learner_id": self.learner_id,
        }

    def position_of(self, slot: int) -> int:
        """The place, from 1, at which a slot is shown."""
        return self.slot_order.index(slot) + 1

    def remaining_seconds(self, *, now: datetime) -> int | None:
        """Seconds until the clock closes what is open; None without a limit. A paused clock stands still."""
        if self.closes_at is None or self.state not in self.OPEN:
            return None
        return max(0, round((self.closes_at - (self.paused_at or now)).total_seconds()))

    def extend(self, *, by: timedelta, now: datetime) -> None:
        """Move the deadlines of an open attempt. Raises AttemptClosed, also for one without a deadline."""
        self._require_open(now=now)
        if self.closes_at is None:
            raise AttemptClosed("This attempt has no time limit.")
        self._shift_deadlines(by)
        self.extra_seconds += int(by.total_seconds())
        self.save(update_fields=["deadline_at", "section_deadline_at", "closes_at", "extra_seconds"])

    def pause(self, *, message: str, now: datetime) -> None:
        """Stop the clock. Raises AttemptClosed, AttemptPaused."""
        self._require_open(now=now)
        if self.state == self.State.PAUSED:
            raise AttemptPaused
        self.state, self.paused_at, self.message = self.State.PAUSED, now, message
        self.save(update_fields=["state", "paused_at", "message"])

    def resume(self, *, now: datetime) -> None:
        """Let the clock go on where it stood. Raises AttemptNotPaused."""
        if self.state != self.State.PAUSED or self.paused_at is None:
            raise AttemptNotPaused
        self._shift_deadlines(now - self.paused_at)
        self.state, self.paused_at, self.message = self.State.IN_PROGRESS, None, ""
        self.save(update_fields=["state", "paused_at", "message", "deadline_at", "section_deadline_at", "closes_at"])

    def move_to(self, *, position: int) -> None:
        """In a linear delivery, close what stands before `position`. Raises SectionClosed when it is not open."""
        if not self.open_from <= position <= self.open_to:
            raise SectionClosed(members={"open_positions": {"first": self.open_from, "last": self.open_to}})
        self.open_from = position
        self.save(update_fields=["open_from"])

    def enter_section(self, section: "PaperSection", *, now: datetime) -> None:
        """Open a section from `now` on: its positions, and its own clock if it has one. Does not save."""
        self.section_index = section.index
        self.open_from, self.open_to = section.first, section.last
        self.section_deadline_at = (
            now + timedelta(seconds=round(section.time_limit_seconds * self.time_factor))
            if section.time_limit_seconds
            else None
        )
        self._set_closes_at()

    def close(self, *, state: "Attempt.State", by: "Attempt.ClosedBy", now: datetime) -> None:
        """Leave the open states for good. Does not save."""
        self.state, self.closed_by, self.submitted_at = state, by, now
        self.paused_at = None

    def _require_open(self, *, now: datetime) -> None:
        if not self.is_open(now=now):
            raise AttemptClosed(members={"state": self.state, "closed_at": self.submitted_at or self.closes_at})

    def _shift_deadlines(self, by: timedelta) -> None:
        self.deadline_at = self.deadline_at and self.deadline_at + by
        self.section_deadline_at = self.section_deadline_at and self.section_deadline_at + by
        self._set_closes_at()

    def _set_closes_at(self) -> None:
        deadlines = [deadline for deadline in (self.deadline_at, self.section_deadline_at) if deadline is not None]
        self.closes_at = min(deadlines, default=None)


class Response(models.Model):
    """The current answer in one slot. Written by one guarded statement alone: `exams.delivery.autosave`."""

    pk = models.CompositePrimaryKey("attempt_id", "slot")
    academy = models.ForeignKey(
        Academy, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="responses", db_index=False)
    slot = models.PositiveSmallIntegerField()
    sequence = models.BigIntegerField()
    answer = models.JSONField(null=True)
    flagged = models.BooleanField(default=False)
    seconds = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    objects = TenantQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.attempt_id} #{self.slot}"


class AttemptStep(models.Model):
    """One thing that happened in an attempt. Each carries a keyed digest; the whole is sealed when it closes."""

    class Kind(models.TextChoices):
        STARTED = "started", "Started"
        ANSWERED = "answered", "Answered"
        VIEWED = "viewed", "Viewed"
        MOVED = "moved", "Moved on"
        SECTION_CLOSED = "section_closed", "Section closed"
        FOCUS_LOST = "focus_lost", "Left the page"
        FOCUS_GAINED = "focus_gained", "Came back to the page"
        WENT_OFFLINE = "went_offline", "Lost the connection"
        CAME_ONLINE = "came_online", "Regained the connection"
        FULLSCREEN_LEFT = "fullscreen_left", "Left full screen"
        RESUMED_SITTING = "resumed_sitting", "Opened again"
        EXTRA_TIME = "extra_time", "Extra time granted"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Resumed"
        SUBMITTED = "submitted", "Submitted"
        TERMINATED = "terminated", "Ended by staff"
        ABANDONED = "abandoned", "Abandoned"
        VOIDED = "voided", "Voided"

    # The steps that close an attempt. The first of them seals the log up to itself.
    CLOSING = (Kind.SUBMITTED, Kind.TERMINATED, Kind.ABANDONED, Kind.VOIDED)

    id = models.BigAutoField(primary_key=True)
    academy = models.ForeignKey(
        Academy, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind)
    slot = models.PositiveSmallIntegerField(null=True)
    sequence = models.BigIntegerField(null=True)
    body = models.JSONField(null=True)
    recorded_at = models.DateTimeField()
    mac = models.BinaryField(max_length=32)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["attempt", "id"], name="attempt_step_order")]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.kind}"
