"""What learners keep: written without an entry in the journal, because it is nobody else's business."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import Http404

from academies.models import Membership
from exams.marking.known_items import items_known_to
from exams.practice.saved.models import Bookmark, Note


def bookmark_item(*, item: UUID, tags: Sequence[str], actor: Membership, now: datetime) -> Bookmark:
    """Keep a question under these tags, in place of those that it had. Raises Http404 for one they do not know."""
    _check_known(item, actor)
    bookmark, _ = Bookmark.objects.update_or_create(
        academy=actor.academy,
        learner=actor.user,
        item_id=item,
        defaults={"tags": list(tags)},
        create_defaults={"tags": list(tags), "created_at": now},
    )
    return bookmark


def write_note(*, item: UUID, text: str, actor: Membership, now: datetime) -> Note:
    """Write down something about a question, in place of what was there. Raises Http404 as `bookmark_item` does."""
    _check_known(item, actor)
    note, _ = Note.objects.update_or_create(
        academy=actor.academy,
        learner=actor.user,
        item_id=item,
        defaults={"text": text, "changed_at": now},
        create_defaults={"text": text, "changed_at": now, "created_at": now},
    )
    return note


def _check_known(item: UUID, member: Membership) -> None:
    if not items_known_to(member).filter(pk=item).exists():
        raise Http404
