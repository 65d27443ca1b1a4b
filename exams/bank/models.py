"""The item bank."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from academies.models import Academy
from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.content import AuthoredItem, parse_item
from exams.bank.errors import IllegalMove
from exams.bank.querysets import ItemBankQuerySet, ItemQuerySet


class ItemType(models.TextChoices):
    """How an item is answered. `exams/packs/README.md` describes the fields of each."""

    SINGLE_CHOICE = "single_choice", "Single choice"
    MULTIPLE_CHOICE = "multiple_choice", "Multiple choice"
    TRUE_FALSE_NOT_GIVEN = "true_false_not_given", "True, false, not given"
    MATCHING = "matching", "Matching"
    ORDERING = "ordering", "Ordering"
    GAP_FILL = "gap_fill", "Gap fill"
    SHORT_TEXT = "short_text", "Short text"
    NUMERIC = "numeric", "Numeric"


class Difficulty(models.TextChoices):
    """How hard the author expects the item to be."""

    EASY = "easy", "Easy"
    MEDIUM = "medium", "Medium"
    HARD = "hard", "Hard"


class Scoring(models.TextChoices):
    """What a partly right answer earns."""

    ALL_OR_NOTHING = "all_or_nothing", "All or nothing"
    PARTIAL = "partial", "Partial credit"


class ItemBank(TenantModel):
    """A collection of items on one subject. A shared bank of the house academy can be used by every academy."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="item_banks")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    is_shared = models.BooleanField(default=False)
    # Questions of a closed bank are met in exams alone: no practice, no cards. Once shown, they may be kept.
    is_open_to_practice = models.BooleanField(default=False, verbose_name="open to practice")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ItemBankQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["academy", "slug"], name="item_bank_slug")]

    def __str__(self) -> str:
        return self.title


class Domain(TenantModel):
    """A weighted part of the subject."""

    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="domains")
    code = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    weight = models.PositiveSmallIntegerField(default=0, help_text="Share of the exam, in percent.")

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "code"], name="domain_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Skill(TenantModel):
    """What a learner can do, within a domain."""

    domain = models.ForeignKey(Domain, on_delete=models.CASCADE, related_name="skills")
    code = models.CharField(max_length=16)
    title = models.CharField(max_length=200)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["domain", "code"], name="skill_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Stimulus(TenantModel):
    """What several items refer to. Never changed once used: a change is a new row with the next number."""

    class Kind(models.TextChoices):
        PASSAGE = "passage", "Passage"
        EXHIBIT = "exhibit", "Exhibit"
        IMAGE = "image", "Image"
        AUDIO = "audio", "Audio"

    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="stimuli")
    code = models.CharField(max_length=64)
    number = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True, help_text="Markdown; for an image its description, for audio its transcript.")
    body_html = models.TextField(blank=True, editable=False)
    file = models.FileField(upload_to="stimuli/", blank=True)
    attribution = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stimuli"
        ordering: ClassVar = ["code", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "code", "number"], name="stimulus_number")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()


class Item(TenantModel):
    """One question through all its versions."""

    bank = models.ForeignKey(ItemBank, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=64)
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="items")
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="items")
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    # The version that new forms draw; null while none is live.
    live_version = models.OneToOneField(
        "ItemVersion", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "code"], name="item_code")]

    def __str__(self) -> str:
        return self.code


class ItemVersion(TenantModel):
    """One wording of an item with its key. Its content never changes; only `state` moves.

    `source` is what the author wrote (the pack format); the other three are made from it, once:
    `question` what a learner may see, `key` what marks it, `rationale` what the review shows. Their shapes are those
    of `exams.bank.content`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        APPROVED = "approved", "Approved"
        LIVE = "live", "Live"
        QUARANTINED = "quarantined", "Quarantined"
        RETIRED = "retired", "Retired"
        REJECTED = "rejected", "Rejected"

    # Where each state may lead. What is rejected or retired stays so: a better wording is another version.
    MOVES: ClassVar[dict[str, frozenset[str]]] = {
        State.DRAFT: frozenset({State.IN_REVIEW}),
        State.IN_REVIEW: frozenset({State.APPROVED, State.DRAFT, State.REJECTED}),
        State.APPROVED: frozenset({State.LIVE, State.RETIRED}),
        State.LIVE: frozenset({State.QUARANTINED, State.RETIRED}),
        State.QUARANTINED: frozenset({State.LIVE, State.RETIRED}),
        State.RETIRED: frozenset(),
        State.REJECTED: frozenset(),
    }

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    type = models.CharField(max_length=24, choices=ItemType)
    difficulty = models.CharField(max_length=8, choices=Difficulty, default=Difficulty.MEDIUM)
    points = models.PositiveSmallIntegerField(default=1)
    scoring = models.CharField(max_length=16, choices=Scoring, default=Scoring.ALL_OR_NOTHING)
    stimulus = models.ForeignKey(
        Stimulus, null=True, blank=True, on_delete=models.PROTECT, related_name="item_versions"
    )
    stem = models.TextField()
    stem_html = models.TextField(editable=False)
    source = models.JSONField()
    question = models.JSONField()
    key = models.JSONField()
    rationale = models.JSONField()
    # SHA-256 of everything that makes the content: loading the same again makes no new version.
    digest = models.CharField(max_length=64)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["item", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number"),
            models.UniqueConstraint(fields=["item"], condition=models.Q(state="live"), name="item_one_live_version"),
            models.CheckConstraint(condition=models.Q(points__gte=1), name="item_version_points"),
        ]
        indexes: ClassVar = [models.Index(fields=["academy", "state"], name="item_version_state")]

    def __str__(self) -> str:
        return f"{self.item.code} v{self.number}"

    def authored(self) -> AuthoredItem:
        """What the author wrote, at the place that the item has now. Reads the item with its domain and skill."""
        item = self.item
        place = {"code": item.code, "domain": item.domain.code, "tags": item.tags}
        if item.skill is not None:
            place["skill"] = item.skill.code
        return parse_item({**self.source, **place})

    def check_move(self, to: str) -> None:
        """Raise IllegalMove unless the state may be followed by the other."""
        if to not in self.MOVES[self.state]:
            after = " or ".join(sorted(self.State(state).label.lower() for state in self.MOVES[self.state]))
            raise IllegalMove(
                f"Version {self.number} is {self.get_state_display().lower()}; from there it can become "
                f"{after or 'nothing else'}."
            )

    def move(self, to: str) -> None:
        """Take another state. Raises IllegalMove. The item's live version is `move_version`'s business."""
        self.check_move(to)
        self.state = to
        self.save(update_fields=["state"])
