"""Reads of what learners keep: always one learner's own."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, Func, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce

from academies.tenancy.querysets import TenantQuerySet
from exams.bank.models import ItemVersion

if TYPE_CHECKING:
    from uuid import UUID

    from academies.models import Membership
    from exams.practice.saved.models import Bookmark, Note  # noqa: F401 - named in the brackets of the bases

Kept = TypeVar("Kept", bound=models.Model, covariant=True)


# Where a question belongs: a list needs no more of the item, its bank and its domain.
PLACE: dict[str, Any] = {
    "bank_id": F("item__bank"),
    "bank_title": F("item__bank__title"),
    "domain_title": F("item__domain__title"),
    "is_live": ExpressionWrapper(Q(item__live_version__isnull=False), output_field=models.BooleanField()),
}


class KeptQuerySet(TenantQuerySet[Kept]):
    """Rows that a learner keeps about questions."""

    def kept_by(self, member: "Membership") -> Self:
        """Those of one learner in one academy."""
        return self.for_academy(member.academy_id).filter(learner=member.user_id)

    def with_question(self) -> Self:
        """Adds `PLACE`, `stem` and `stem_html`: the live text or, where none is live, the last that was."""
        gone = ItemVersion.objects.filter(
            item=OuterRef("item"), state__in=(ItemVersion.State.QUARANTINED, ItemVersion.State.RETIRED)
        ).order_by("-number")
        texts = {
            name: Coalesce(f"item__live_version__{name}", Subquery(gone.values(name)[:1]), output_field=TextField())
            for name in ("stem", "stem_html")
        }
        return self.annotate(**PLACE, **texts)


class BookmarkQuerySet(KeptQuerySet["Bookmark"]):
    """Bookmarks."""

    def with_note(self) -> Self:
        """Adds `note`: what the learner wrote about the question, or None."""
        return self.annotate(note=Subquery(_notes().values("text")[:1]))

    def tagged(self, tag: str) -> Self:
        """Those with a tag."""
        return self.filter(tags__contains=[tag])

    def of_bank(self, bank: "UUID") -> Self:
        """Those of one bank."""
        return self.filter(item__bank=bank)

    def matching(self, text: str) -> Self:
        """Those whose question, note or tags contain the text, whatever its case. Wants `with_question`."""
        words = Func(F("tags"), models.Value(" "), function="array_to_string", output_field=TextField())
        noted = Exists(_notes().filter(text__icontains=text))
        return self.alias(words=words).filter(Q(stem__icontains=text) | Q(words__icontains=text) | noted)

    def tag_counts(self, *, limit: int) -> "list[tuple[str, int]]":
        """The tags that are used most, each with how many bookmarks have it."""
        tags = self.order_by().annotate(tag=Func(F("tags"), function="unnest", output_field=TextField()))
        counted = tags.values_list("tag").annotate(bookmarks=models.Count("id")).order_by("-bookmarks", "tag")
        return list(counted[:limit])


class NoteQuerySet(KeptQuerySet["Note"]):
    """Notes."""

    def matching(self, text: str) -> Self:
        """Those whose text or question contains the text, whatever its case. Wants `with_question`."""
        return self.filter(Q(text__icontains=text) | Q(stem__icontains=text))


def _notes() -> "models.QuerySet[Note]":
    """The learner's note about the question of a bookmark."""
    rows: models.QuerySet[Note] = apps.get_model("exams", "Note").objects.all()
    return rows.filter(academy=OuterRef("academy"), learner=OuterRef("learner"), item=OuterRef("item"))
