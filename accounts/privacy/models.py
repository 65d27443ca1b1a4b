"""Legal texts, consents, exports of personal data, and erasures."""

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from accounts.identity.models import User
from accounts.journal.querysets import AppendOnly
from accounts.privacy.errors import DocumentPublished
from accounts.privacy.querysets import ConsentQuerySet, LegalDocumentQuerySet, WorkQuerySet
from config.kernel.encryption import EncryptedTextField
from config.kernel.ids import new_id
from config.kernel.markdown import render_markdown

# An export can be fetched this long.
EXPORT_KEPT = timedelta(days=7)
# And a person can change their mind about being erased this long.
GRACE = timedelta(days=14)


class LegalDocument(models.Model):
    """One version of a legal text in one language. It is written as a draft; published, it never changes."""

    class Kind(models.TextChoices):
        PRIVACY = "privacy", "Privacy notice"
        TERMS = "terms", "Terms of use"
        COOKIES = "cookies", "Cookie notice"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=8, choices=Kind)
    locale = models.CharField(max_length=8, choices=User.Locale)
    version = models.PositiveIntegerField(editable=False)
    title = models.CharField(max_length=150)
    body = models.TextField(help_text="Markdown.")
    body_html = models.TextField(blank=True, editable=False)
    needs_acceptance = models.BooleanField(
        "ask everybody to accept it", default=False, help_text="For terms: people are asked at their next visit."
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["kind", "locale", "-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "locale", "version"], name="legal_document_version"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Number a new draft, and render the text. Raises `DocumentPublished` for what people read already."""
        if LegalDocument.objects.filter(pk=self.pk, published_at__isnull=False).exists():
            raise DocumentPublished
        if self._state.adding:
            versions = LegalDocument.objects.filter(kind=self.kind, locale=self.locale)
            self.version = (versions.aggregate(last=models.Max("version"))["last"] or 0) + 1
        self.body_html = render_markdown(self.body)
        super().save(*args, **kwargs)


class Consent(models.Model):
    """A person agreed to something, or took it back. Appended, never changed: the newest of a topic counts."""

    class Topic(models.TextChoices):
        TERMS = "terms", "Terms of use"
        STATISTICS = "statistics", "Optional cookies for statistics"

    class Source(models.TextChoices):
        SIGN_UP = "sign_up", "Sign-up"
        PROMPT = "prompt", "Asked at a visit"
        SETTINGS = "settings", "Settings"
        COOKIE_NOTICE = "cookie_notice", "Cookie notice"

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    topic = models.CharField(max_length=16, choices=Topic)
    document = models.ForeignKey(LegalDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    is_given = models.BooleanField()
    source = models.CharField(max_length=16, choices=Source)
    decided_at = models.DateTimeField()

    objects = ConsentQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["user", "topic", "-id"], name="consent_latest")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {'given' if self.is_given else 'withdrawn'}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, once. Raises `AppendOnly`."""
        if not self._state.adding:
            raise AppendOnly(str(self))
        super().save(*args, **kwargs)


class DataExport(models.Model):
    """A person asked for everything that is held about them; the file is made by a worker."""

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        EXPIRED = "expired", "Expired"

    OPEN = (State.QUEUED, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    size = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=["queued", "running"]), name="data_export_one_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"], condition=models.Q(state__in=["queued", "running"]), name="data_export_due"
            ),
        ]

    def __str__(self) -> str:
        return f"export of {self.asked_at:%Y-%m-%d}"

    @property
    def file_name(self) -> str:
        """Where the file lies in the private storage. The id is unguessable; nobody but its owner is told."""
        return f"exports/{self.pk}.zip"


class Erasure(models.Model):
    """A person asked to be erased, or staff did for them."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for its day"
        RUNNING = "running", "Being carried out"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"

    OPEN = (State.WAITING, State.RUNNING)

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(state__in=["waiting", "running"]), name="erasure_one_open"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_at"], condition=models.Q(state__in=["waiting", "running"]), name="erasure_due"),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.user}"
