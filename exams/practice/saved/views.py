"""Bookmarks and notes: each learner's own."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.response import Response

from academies.models import Membership
from academies.tenancy.powers import Power
from academies.tenancy.views import AcademyRequest, AcademyView
from config.http.pagination import FIRST_ROWS, CursorPages, first_page_of, page_of
from config.kernel.compiled import CompiledRead
from exams.practice.saved.actions import bookmark_item, write_note
from exams.practice.saved.models import Bookmark, Note
from exams.practice.saved.serializers import (
    BookmarkedOut,
    BookmarkIn,
    BookmarkOut,
    BookmarksQuery,
    NotedOut,
    NoteIn,
    NoteOut,
    NotesQuery,
    TagsOut,
)

MOST_TAGS_SHOWN = 100

# What learners see first, each time they come. Anything they ask for in particular goes the usual way.
_NEWEST = CompiledRead(
    lambda *, academy, learner: (
        Bookmark.objects.kept_by(Membership(academy_id=academy, user_id=learner))
        .with_question()
        .with_note()
        .order_by("-created_at", "-id")[:FIRST_ROWS]
    ),
    academy=UUID,
    learner=UUID,
)


class BookmarkView(AcademyView):
    """PUT, DELETE practice/items/{item}/bookmark/"""

    required = Power.SIT_EXAMS
    rate = "save"

    @extend_schema(operation_id="bookmark_item", request=BookmarkIn, responses=BookmarkOut)
    def put(self, request: AcademyRequest, item: UUID) -> Response:
        """Keep a question, under these tags alone."""
        wanted = BookmarkIn.parse(request)
        bookmark = bookmark_item(item=item, tags=wanted.tags, actor=request.membership, now=request.received_at)
        return Response(BookmarkOut(bookmark).data)

    @extend_schema(operation_id="remove_bookmark", responses={204: None})
    def delete(self, request: AcademyRequest, item: UUID) -> Response:
        """Keep it no longer."""
        Bookmark.objects.kept_by(request.membership).filter(item=item).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class NoteView(AcademyView):
    """PUT, DELETE practice/items/{item}/note/"""

    required = Power.SIT_EXAMS
    rate = "save"

    @extend_schema(operation_id="write_note", request=NoteIn, responses=NoteOut)
    def put(self, request: AcademyRequest, item: UUID) -> Response:
        """Write something down about a question, in place of what was there."""
        wanted = NoteIn.parse(request)
        note = write_note(item=item, text=wanted.text, actor=request.membership, now=request.received_at)
        return Response(NoteOut(note).data)

    @extend_schema(operation_id="remove_note", responses={204: None})
    def delete(self, request: AcademyRequest, item: UUID) -> Response:
        """Take the note away."""
        Note.objects.kept_by(request.membership).filter(item=item).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class BookmarksView(AcademyView):
    """GET practice/bookmarks/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-created_at"

    @extend_schema(operation_id="bookmarks", parameters=[BookmarksQuery], responses=BookmarkedOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """My bookmarks, the newest first."""
        me = request.membership
        if not request.query_params:
            newest = _NEWEST.rows(academy=me.academy_id, learner=me.user_id)
            return first_page_of(newest, request, view=self, model=Bookmark, serializer=BookmarkedOut)
        wanted = BookmarksQuery.parse(request)
        rows = Bookmark.objects.kept_by(me).with_question().with_note()
        if "q" in wanted:
            rows = rows.matching(wanted.q)
        if "tag" in wanted:
            rows = rows.tagged(wanted.tag)
        if "bank" in wanted:
            rows = rows.of_bank(wanted.bank)
        return page_of(rows, request, view=self, serializer=BookmarkedOut)


class NotesView(AcademyView):
    """GET practice/notes/"""

    required = Power.SIT_EXAMS
    pagination_class = CursorPages
    ordering = "-changed_at"

    @extend_schema(operation_id="notes", parameters=[NotesQuery], responses=NotedOut(many=True))
    def get(self, request: AcademyRequest) -> Response:
        """My notes, the last written first."""
        wanted = NotesQuery.parse(request)
        rows = Note.objects.kept_by(request.membership).with_question()
        if "q" in wanted:
            rows = rows.matching(wanted.q)
        return page_of(rows, request, view=self, serializer=NotedOut)


class TagsView(AcademyView):
    """GET practice/tags/"""

    required = Power.SIT_EXAMS

    @extend_schema(operation_id="tags", responses=TagsOut)
    def get(self, request: AcademyRequest) -> Response:
        """The tags that I have given."""
        counts = Bookmark.objects.kept_by(request.membership).tag_counts(limit=MOST_TAGS_SHOWN)
        return Response(TagsOut({"tags": [{"tag": tag, "bookmarks": count} for tag, count in counts]}).data)
