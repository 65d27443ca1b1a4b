"""The routes of what learners keep and report: who gets what, and how their lists grow."""

from collections.abc import Callable
from itertools import count

from django.utils import timezone

from exams.practice.reports.actions import report_item
from exams.practice.saved.actions import bookmark_item, write_note
from tests.architecture.access import Access, Given
from tests.architecture.exam_routes import for_learners, with_body
from tests.cast import Cast
from tests.factories.practice import make_practice_bank, versions_of

_ACADEMY = "/api/v1/academies/{slug}"
_ITEM = f"{_ACADEMY}/practice/items/{{item}}"
_slugs = (f"kept-{number}" for number in count())


def a_question(cast: Cast) -> Given:
    """A question that Harbour's learners may practise."""
    (version,) = versions_of(make_practice_bank(cast.harbour.learner.membership, items=1, slug=next(_slugs)))
    return Given(path={"slug": "harbour", "item": version.item_id})


TABLE: dict[str, Access] = {
    f"GET {_ITEM}/": for_learners(given=a_question),
    f"PUT {_ITEM}/bookmark/": for_learners(given=with_body(a_question, {"tags": ["later"]})),
    f"DELETE {_ITEM}/bookmark/": for_learners(204, given=a_question),
    f"PUT {_ITEM}/note/": for_learners(given=with_body(a_question, {"text": "Mine"})),
    f"DELETE {_ITEM}/note/": for_learners(204, given=a_question),
    f"POST {_ITEM}/reports/": for_learners(201, given=with_body(a_question, {"reason": "typo"})),
    f"GET {_ACADEMY}/practice/bookmarks/": for_learners(),
    f"GET {_ACADEMY}/practice/notes/": for_learners(),
    f"GET {_ACADEMY}/practice/tags/": for_learners(),
    f"GET {_ACADEMY}/practice/reports/": for_learners(),
}


def more_kept(cast: Cast, many: int) -> None:
    """Questions in banks of their own, each bookmarked, noted and reported by Harbour's learner."""
    member, now = cast.harbour.learner.membership, timezone.now()
    for _ in range(many):
        (version,) = versions_of(make_practice_bank(member, items=1, slug=next(_slugs)))
        bookmark_item(item=version.item_id, tags=["later"], actor=member, now=now)
        write_note(item=version.item_id, text="Mine", actor=member, now=now)
        report_item(item=version.item_id, reason="typo", comment="", actor=member, now=now)


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_ACADEMY}/practice/bookmarks/": more_kept,
    f"GET {_ACADEMY}/practice/notes/": more_kept,
    f"GET {_ACADEMY}/practice/reports/": more_kept,
}
