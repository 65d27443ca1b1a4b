"""Bookmarks and notes in JSON."""

from typing import Any

from rest_framework import serializers

from config.http.moments import written
from config.http.serializers import Input, Query

MOST_TAGS = 10


class BookmarkIn(Input):
    """The tags of a bookmark. Spaces are set right, and a tag that differs in its case alone is the same."""

    tags = serializers.ListField(
        child=serializers.CharField(max_length=40), max_length=MOST_TAGS, default=list, allow_empty=True
    )

    def validate_tags(self, tags: list[str]) -> list[str]:
        """Each once, as it was written first."""
        once: dict[str, str] = {}
        for tag in (" ".join(tag.split()) for tag in tags):
            once.setdefault(tag.casefold(), tag)
        return list(once.values())


class NoteIn(Input):
    """What to write down."""

    text = serializers.CharField(max_length=5000)


class BookmarksQuery(Query):
    """What the bookmarks may be narrowed by."""

    q = serializers.CharField(required=False, max_length=100, help_text="Part of the question, the note or a tag.")
    tag = serializers.CharField(required=False, max_length=40)
    bank = serializers.UUIDField(required=False)


class NotesQuery(Query):
    """What the notes may be narrowed by."""

    q = serializers.CharField(required=False, max_length=100, help_text="Part of the note or of the question.")


class BookmarkOut(serializers.Serializer[Any]):
    """A bookmark by itself."""

    tags = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()


class NoteOut(serializers.Serializer[Any]):
    """A note by itself."""

    text = serializers.CharField()
    changed_at = serializers.DateTimeField()


class BankNameOut(serializers.Serializer[Any]):
    """A bank by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class QuestionOut(serializers.Serializer[Any]):
    """A question as lists name it. One that is not live cannot be practised now."""

    # The fields are for the document; the values are written by hand, in a fraction of the time.

    id = serializers.UUIDField()
    stem_html = serializers.CharField()
    bank = BankNameOut()
    domain = serializers.CharField()
    is_live = serializers.BooleanField()

    def to_representation(self, row: Any) -> dict[str, Any]:
        """The question of a row that has `PLACE` and `stem_html`."""
        return {
            "id": str(row.item_id),
            "stem_html": row.stem_html,
            "bank": {"id": str(row.bank_id), "title": row.bank_title},
            "domain": row.domain_title,
            "is_live": row.is_live,
        }


class BookmarkedOut(BookmarkOut):
    """A bookmark with its question and what was noted about it."""

    question = QuestionOut(source="*")
    note = serializers.CharField(allow_null=True)

    def to_representation(self, row: Any) -> dict[str, Any]:
        """By hand, as the question is."""
        return {
            "tags": row.tags,
            "created_at": written(row.created_at),
            "question": self.fields["question"].to_representation(row),
            "note": row.note,
        }


class NotedOut(NoteOut):
    """A note with its question."""

    question = QuestionOut(source="*")


class TagOut(serializers.Serializer[Any]):
    """A tag, and how many bookmarks have it."""

    tag = serializers.CharField()
    bookmarks = serializers.IntegerField()


class TagsOut(serializers.Serializer[Any]):
    """The tags of the learner's bookmarks, the most used first; those beyond the first hundred are left out."""

    tags = TagOut(many=True)
