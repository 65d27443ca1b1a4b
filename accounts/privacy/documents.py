"""Legal texts: publishing them, and bringing in those that ship with the product."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.privacy.events import LegalDocumentPublished
from accounts.privacy.models import LegalDocument

TEXTS = Path(__file__).parent / "texts"


@transaction.atomic
def publish(*, document: LegalDocument, actor: User | None, now: datetime) -> LegalDocument:
    """Bring a draft into force. Nothing happens when it is already."""
    draft: LegalDocument = LegalDocument.objects.select_for_update().get(pk=document.pk)
    if draft.published_at is not None:
        return draft
    draft.published_at = now
    draft.save(update_fields=["published_at"])
    record(
        LegalDocumentPublished(
            document_id=draft.pk, document_kind=draft.kind, locale=draft.locale, number=draft.version
        ),
        actor=actor,
        now=now,
    )
    return draft


@transaction.atomic
def load_texts(*, now: datetime) -> list[LegalDocument]:
    """Publish the texts that ship with the product, for every kind and language that has none yet."""
    loaded = []
    for path in sorted(TEXTS.glob("*/*.md")):
        kind, locale = path.stem, path.parent.name
        if LegalDocument.objects.filter(kind=kind, locale=locale).exists():
            continue
        title, _, body = path.read_text(encoding="utf-8").partition("\n")
        draft = LegalDocument(kind=kind, locale=locale, title=title.removeprefix("# "), body=body.strip())
        draft.save()
        loaded.append(publish(document=draft, actor=None, now=now))
    return loaded
