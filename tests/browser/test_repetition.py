"""Reviews in the browser: a queue by keyboard alone, an undo, the end of the day, settings and memory."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, expect

from academies.models import Membership
from exams.practice.repetition.models import ReviewCard, ReviewLog
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor
from tests.cast import Cast
from tests.factories.reviews import grade, make_cards

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def question(visitor: Visitor, number: int) -> Locator:
    """The heading of a card."""
    name = visitor.words("repetition:player.question", number=number)
    return visitor.page.get_by_role("heading", level=2, name=name, exact=True)


def left(visitor: Visitor, count: int) -> Locator:
    """How much the page says is left; the announcement of it stands elsewhere."""
    return visitor.page.locator("strong", has_text=visitor.words("repetition:player.left", count=count))


def rating(visitor: Visitor, name: str) -> Locator:
    """A grade, whatever stands beside its name."""
    group = visitor.page.get_by_role("group", name=visitor.words("repetition:player.how_well"), exact=True)
    return group.get_by_role("button", name=visitor.words(f"repetition:rating.{name}"))


def some_weeks(learner: Membership) -> list[ReviewCard]:
    """Ten cards that were reviewed for some weeks, now and then in vain, and two new ones."""
    now = timezone.now()
    cards = make_cards(learner, 12, now=now - timedelta(days=30))
    for number, card in enumerate(cards[:10]):
        grade(card, "easy", actor=learner, now=now - timedelta(days=30 - number))
        for _ in range(3):
            if card.due_at < now - timedelta(days=1):
                wanted = "again" if (number + card.reviews) % 4 == 0 else "good"
                grade(card, wanted, actor=learner, now=card.due_at + timedelta(hours=9))
    ReviewCard.objects.filter(id__in=[card.pk for card in cards[:10]]).exclude(state="review").update(
        state="review", step=None, due_at=now + timedelta(days=2)
    )
    return cards


def test_a_queue_is_reviewed_by_keyboard_alone(cast: Cast, visit) -> None:
    learner = cast.harbour.learner
    make_cards(learner.membership, 2, now=timezone.now())
    visitor = visit(learner)
    page, words = visitor.page, visitor.words

    visitor.open("/a/harbour/review")
    expect(question(visitor, 1)).to_be_visible()
    expect(left(visitor, 2)).to_be_visible()
    assert violations(visitor, "question") == []
    visitor.tab_to(page.get_by_role("radio").first)
    visitor.press("Space", "Enter")
    expect(question(visitor, 1)).to_be_focused()
    expect(rating(visitor, "again")).to_be_visible()
    assert violations(visitor, "truth") == []
    visitor.press("4")
    expect(question(visitor, 2)).to_be_focused()
    expect(left(visitor, 1)).to_be_visible()

    visitor.tab_to(visitor.button("repetition:player.undo"))
    visitor.press("Enter")
    expect(rating(visitor, "easy")).to_be_visible()
    expect(left(visitor, 2)).to_be_visible()
    visitor.press("4")
    expect(question(visitor, 2)).to_be_focused()
    visitor.tab_to(visitor.button("repetition:player.do_not_know"))
    visitor.press("Enter")
    expect(rating(visitor, "again")).to_be_visible()
    page.reload()
    # What was answered is answered, also after a reload.
    expect(rating(visitor, "again")).to_be_visible()
    rating(visitor, "easy").click()
    done = page.get_by_role("heading", level=2, name=words("repetition:done.title"), exact=True)
    expect(done).to_be_focused()
    assert violations(visitor, "done") == []
    assert ReviewLog.objects.standing().count() == 2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_settings_and_memory(cast: Cast, visit, scheme: str) -> None:
    some_weeks(cast.harbour.learner.membership)
    visitor = visit(cast.harbour.learner, scheme=scheme)
    page, words = visitor.page, visitor.words
    visitor.open("/a/harbour/review")
    expect(question(visitor, 1)).to_be_visible()
    page.get_by_role("link", name=words("repetition:to_settings"), exact=True).click()
    expect(visitor.heading(words("repetition:settings.title"))).to_be_focused()
    expect(page.get_by_role("figure")).to_have_count(3)
    for table in page.get_by_text(words("chart.as_table"), exact=True).all():
        table.click()
    assert violations(visitor, "settings") == []

    page.get_by_label(words("repetition:settings.daily_limit"), exact=True).fill("40")
    visitor.button("action.save").click()
    expect(visitor.says("repetition:settings.saved").last).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_cards(cast: Cast, visit, scheme: str) -> None:
    some_weeks(cast.harbour.learner.membership)
    visitor = visit(cast.harbour.learner, scheme=scheme)
    page, words = visitor.page, visitor.words
    visitor.open("/a/harbour/review")
    expect(question(visitor, 1)).to_be_visible()
    visitor.button("repetition:player.do_not_know").click()
    visitor.button("repetition:player.suspend").click()
    expect(visitor.button("repetition:player.check")).to_be_visible()
    visitor.link("repetition:to_cards").click()
    expect(visitor.heading(words("repetition:cards.title"))).to_be_focused()
    rows = page.get_by_role("main").get_by_role("list").get_by_role("listitem")
    expect(rows).to_have_count(12)
    assert violations(visitor, "cards") == []

    visitor.link("repetition:cards.show.suspended").click()
    expect(rows).to_have_count(1)
    button = rows.get_by_role("button")
    button.click()
    expect(button).to_have_text(words("repetition:cards.suspend"))
    assert not ReviewCard.objects.exclude(suspended_at=None).exists()
    visitor.link("repetition:cards.show.due").click()
    expect(rows).to_have_count(ReviewCard.objects.waiting(now=timezone.now()).count())
    visitor.link("repetition:cards.show.suspended").click()
    expect(visitor.says("repetition:cards.none_suspended")).to_be_visible()
    assert violations(visitor, "no cards") == []


@pytest.mark.parametrize("size", [{"width": 1280, "height": 800}, {"width": 360, "height": 740}])
def test_pages_fit_in_spanish(cast: Cast, visit, size: dict[str, int]) -> None:
    learner = cast.meridian.learner
    some_weeks(learner.membership)
    visitor = visit(learner, locale="es", **size)
    visitor.open("/a/meridian/review")
    expect(question(visitor, 1)).to_be_visible()
    assert visitor.overflow() <= 0
    visitor.button("repetition:player.do_not_know").click()
    expect(rating(visitor, "again")).to_be_visible()
    assert visitor.overflow() <= 0
    visitor.open("/a/meridian/review/cards")
    expect(visitor.page.get_by_role("listitem").first).to_be_visible()
    assert visitor.overflow() <= 0
    visitor.open("/a/meridian/review/settings")
    expect(visitor.page.get_by_role("figure")).to_have_count(3)
    assert visitor.overflow() <= 0
