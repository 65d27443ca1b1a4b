"""Blueprints say what a form must contain; forms say what it does contain; conversions say what a raw score means."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils import timezone

from academies.models import Academy
from academies.tenancy.models import TenantModel
from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import Difficulty, Domain, ItemBank, ItemType, ItemVersion
from exams.formats.conversion import Conversion
from exams.formats.querysets import BlueprintQuerySet, FormQuerySet


class Navigation(models.TextChoices):
    """How a learner may move."""

    FREE = "free", "Free: back and forth within the open section"
    LINEAR = "linear", "Linear: forward only"


class Display(models.TextChoices):
    """How much is on the page at once."""

    ITEM = "item", "One item at a time"
    SECTION = "section", "All items of a section"


class ScoreConversion(TenantModel):
    """Raw score → scaled score or band. A change is a new version; attempts keep the one they were taken with.

    `table` of a linear conversion is empty: the scale is spread evenly over the raw scores. Otherwise it lists
    `[lowest raw percent, scaled]` pairs, rising; each holds up to the next.
    """

    class Kind(models.TextChoices):
        LINEAR = "linear", "Linear"
        TABLE = "table", "Table"

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="score_conversions")
    name = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)
    kind = models.CharField(max_length=8, choices=Kind)
    label = models.CharField(max_length=40, default="Score", help_text="What the number is called: Score, Band.")
    scale_min = models.DecimalField(max_digits=7, decimal_places=2)
    scale_max = models.DecimalField(max_digits=7, decimal_places=2)
    step = models.DecimalField(max_digits=6, decimal_places=2, default=1)
    table = models.JSONField(default=list, blank=True)
    cut_score = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["academy", "name", "version"], name="conversion_version"),
            models.CheckConstraint(condition=models.Q(scale_min__lt=models.F("scale_max")), name="conversion_scale"),
            models.CheckConstraint(condition=models.Q(step__gt=0), name="conversion_step"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    def as_conversion(self) -> Conversion:
        """The arithmetic of this row."""
        return Conversion(
            minimum=self.scale_min,
            maximum=self.scale_max,
            step=self.step,
            table=tuple((Decimal(str(lowest)), Decimal(str(scaled))) for lowest, scaled in self.table),
        )


class Blueprint(TenantModel):
    """What forms of one exam must contain, and the conditions they are sat under unless a delivery says otherwise."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="blueprints")
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="blueprints")
    title = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80)
    description = models.TextField(blank=True)
    instructions = models.TextField(blank=True, help_text="Markdown, shown before the start.")
    conversion = models.ForeignKey(ScoreConversion, on_delete=models.PROTECT, related_name="blueprints")
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    navigation = models.CharField(max_length=8, choices=Navigation, default=Navigation.FREE)
    display = models.CharField(max_length=8, choices=Display, default=Display.ITEM)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BlueprintQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["academy", "slug"], name="blueprint_slug")]

    def __str__(self) -> str:
        return self.title


class BlueprintSection(TenantModel):
    """One section that every form of the blueprint has."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    instructions = models.TextField(blank=True)
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["blueprint", "position"], name="blueprint_section")]

    def __str__(self) -> str:
        return self.title


class BlueprintCell(TenantModel):
    """So many items of one domain, difficulty and type. Without a difficulty or type, any will do."""

    section = models.ForeignKey(BlueprintSection, on_delete=models.CASCADE, related_name="cells")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    difficulty = models.CharField(max_length=8, choices=Difficulty, blank=True)
    type = models.CharField(max_length=24, choices=ItemType, blank=True)
    count = models.PositiveSmallIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["section", "domain__code", "difficulty", "type"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["section", "domain", "difficulty", "type"], name="blueprint_cell_once"),
            models.CheckConstraint(condition=models.Q(count__gte=1), name="blueprint_cell_count"),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.domain} {self.difficulty} {self.type}".rstrip()


class Form(TenantModel):
    """A fixed list of item versions. Never changed: attempts pin it."""

    academy = models.ForeignKey(Academy, on_delete=models.PROTECT, related_name="forms")
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="forms")
    title = models.CharField(max_length=200)
    blueprint = models.ForeignKey(Blueprint, null=True, blank=True, on_delete=models.PROTECT, related_name="forms")
    # The seed it was assembled from; null for a form that a person put together.
    seed = models.BigIntegerField(null=True, blank=True)
    code = models.SlugField(max_length=80, blank=True)
    conversion = models.ForeignKey(ScoreConversion, on_delete=models.PROTECT, related_name="forms")
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    item_count = models.PositiveSmallIntegerField()
    raw_max = models.PositiveIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["title", "-created_at"]

    def __str__(self) -> str:
        return self.title


class Section(TenantModel):
    """A run of slots of a form, perhaps with a timer of its own."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    instructions_html = models.TextField(blank=True)
    time_limit_seconds = models.PositiveIntegerField(null=True, blank=True)
    first_slot = models.PositiveSmallIntegerField()
    last_slot = models.PositiveSmallIntegerField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["form", "position"], name="section_position")]

    def __str__(self) -> str:
        return self.title


class Slot(TenantModel):
    """The place of one item version in a form; numbers run from 1 through all sections."""

    form = models.ForeignKey(Form, on_delete=models.CASCADE, related_name="slots")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField()
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="slots")
    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="slot_number"),
            models.UniqueConstraint(fields=["form", "item_version"], name="slot_item_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.form} #{self.number}"
