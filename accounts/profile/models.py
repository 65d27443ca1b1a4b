"""The profile of a person."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from config.kernel.encryption import BlindIndexField, EncryptedDateField, EncryptedTextField, phone_digits


class Language(models.TextChoices):
    """Programming languages that exercises and courses may be chosen by."""

    PYTHON = "python", "Python"
    JAVASCRIPT = "javascript", "JavaScript"
    TYPESCRIPT = "typescript", "TypeScript"
    JAVA = "java", "Java"
    CSHARP = "csharp", "C#"
    C = "c", "C"
    CPP = "cpp", "C++"
    GO = "go", "Go"
    RUST = "rust", "Rust"
    KOTLIN = "kotlin", "Kotlin"
    SWIFT = "swift", "Swift"
    PHP = "php", "PHP"
    RUBY = "ruby", "Ruby"
    SQL = "sql", "SQL"
    SHELL = "shell", "Shell"


class Level(models.TextChoices):
    """How far somebody is, by their own account."""

    BEGINNER = "beginner", "Beginner"
    BASIC = "basic", "Basic"
    INTERMEDIATE = "intermediate", "Intermediate"
    ADVANCED = "advanced", "Advanced"
    EXPERT = "expert", "Expert"


class Goal(models.TextChoices):
    """What somebody is here for."""

    PASS_EXAM = "pass_exam", "Pass an exam"
    FIND_JOB = "find_job", "Find a job"
    GROW_IN_JOB = "grow_in_job", "Grow in my job"
    STUDY = "study", "Prepare for studies"
    STAY_SHARP = "stay_sharp", "Keep what I know fresh"


class MailKind(models.TextChoices):
    """Letters that a person may do without. Those about security and the account itself always go out."""

    EXAMS = "exams", "New exams and their dates"
    RESULTS = "results", "Results"
    LEARNING = "learning", "Reminders of my goals"
    NEWS = "news", "News of the platform"


class Step(models.TextChoices):
    """The first steps, in their order."""

    ABOUT = "about", "About you"
    SKILLS = "skills", "Languages and level"
    GOALS = "goals", "Goals"
    NEEDS = "needs", "Accessibility and letters"


class StepState(models.TextChoices):
    """What became of a step."""

    OPEN = "open", "Open"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


class Profile(models.Model):
    """One for each person, made when the first thing is told."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="profile"
    )
    phone = EncryptedTextField(blank=True)
    phone_index = BlindIndexField(of="phone", normalise=phone_digits)
    postal_address = EncryptedTextField(blank=True)
    birth_date = EncryptedDateField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=16, choices=Language), default=list, blank=True)
    level = models.CharField(max_length=16, choices=Level, blank=True)
    goals = ArrayField(models.CharField(max_length=16, choices=Goal), default=list, blank=True)
    target_exam = models.CharField(max_length=150, blank=True)
    target_date = models.DateField(null=True, blank=True)
    # A wish, which the academy's staff see and may grant as an accommodation.
    time_factor_wanted = models.DecimalField(
        max_digits=3,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal(1)), MaxValueValidator(Decimal(3))],
    )
    # The sizes of the exam's own display settings.
    text_size = models.PositiveSmallIntegerField(default=1, validators=[MinValueValidator(1), MaxValueValidator(4)])
    reduced_motion = models.BooleanField(default=False)
    high_contrast = models.BooleanField(default=False)
    unwanted_mail = ArrayField(models.CharField(max_length=16, choices=MailKind), default=list, blank=True)
    staff_notes = EncryptedTextField(blank=True)
    # Step → done or skipped; a step that is not there is open.
    steps = models.JSONField(default=dict, blank=True)
    onboarded_at = models.DateTimeField(null=True, blank=True)
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(time_factor_wanted__gte=1) & models.Q(time_factor_wanted__lte=3),
                name="profile_time_factor",
            ),
            models.CheckConstraint(
                condition=models.Q(text_size__gte=1) & models.Q(text_size__lte=4), name="profile_text_size"
            ),
        ]

    def __str__(self) -> str:
        return f"profile of {self.user_id}"

    def state_of(self, step: Step) -> StepState:
        """What became of one of the first steps."""
        return StepState(self.steps.get(step, StepState.OPEN))

    @property
    def next_step(self) -> Step | None:
        """The first step that is still open."""
        return next((step for step in Step if self.state_of(step) == StepState.OPEN), None)
