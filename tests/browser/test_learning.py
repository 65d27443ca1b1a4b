"""A learner's evening: study, keep and report, a quiz, what came of it, the weak area, reviews, and the boards."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.journal.relay import deliver_due
from analytics.rollups.folding import fold
from exams.bank.models import ItemVersion
from exams.practice.repetition.cards import read_answers
from exams.practice.reports.models import ItemReport
from exams.practice.saved.models import Bookmark, Note
from exams.practice.sessions.models import PracticeSession
from gamification.leaderboards.boards import Board
from gamification.leaderboards.reading import build_board
from gamification.xp.models import XPTotal
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor
from tests.factories.practice import make_practice_bank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STUDIED, QUIZZED = 20, 10
WEAK = "2"


@pytest.mark.parametrize(("locale", "width"), [("en", 1280), ("es", 360)], ids=["english and wide", "spanish, narrow"])
def test_an_evening_of_learning(cast, visit, locale, width):
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    make_practice_bank(learner.membership, items=40)
    visitor = visit(learner, locale=locale, width=width)
    found = [*studies(visitor), *takes_a_quiz(visitor)]
    told_to_everybody(cast)
    assert XPTotal.objects.get(learner=learner.account).total > 0
    found += [
        *sees_streak_and_level(visitor),
        *starts_the_quiz_of_the_weak_area(visitor),
        *reviews_a_card(visitor),
        *leaves_the_boards(visitor, name=learner.account.name),
    ]
    assert not found, "\n".join(found)


def studies(visitor: Visitor) -> Iterator[str]:
    """Twenty questions, those of one domain wrong; the first is kept with a note, and reported."""
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/practice")
    page.get_by_label(words("practice:form.count"), exact=True).select_option(str(STUDIED))
    yield from fine(visitor, "practice")
    visitor.button("practice:form.start_study").click()
    for number, domain in enumerate(domains_asked(visitor), start=1):
        answer(visitor, number, domain)
        visitor.button("practice:player.check").click()
        expect(page.get_by_text("Because it is so.")).to_be_visible()
        if number == 1:
            yield from keeps_and_reports(visitor)
        if number < STUDIED:
            # What comes in above the button moves it.
            expect(visitor.button("saved:tools.bookmark")).to_be_visible()
            visitor.button("practice:player.next").click()
    visitor.button("practice:player.finish_study").last.click()
    expect(visitor.heading(words("practice:outcome.study_title", count=STUDIED))).to_be_visible()
    yield from fine(visitor, "studied")


def keeps_and_reports(visitor: Visitor) -> Iterator[str]:
    words, page = visitor.words, visitor.page
    visitor.button("saved:tools.bookmark").click()
    expect(visitor.button("saved:tools.bookmark")).to_have_attribute("aria-pressed", "true")
    visitor.button("saved:tools.add_note").click()
    page.get_by_label(words("saved:note.label")).fill("Read to the end.")
    visitor.button("saved:action.save").click()
    expect(page.get_by_text("Read to the end.", exact=True)).to_be_visible()
    visitor.button("saved:tools.report").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("saved:reason.typo"), exact=True).check()
    visitor.button("saved:report.send").click()
    expect(page.get_by_text(words("saved:tools.reported"), exact=True)).to_be_visible()
    assert [model.objects.count() for model in (Bookmark, Note, ItemReport)] == [1, 1, 1]
    yield from fine(visitor, "told, with what was kept")


def takes_a_quiz(visitor: Visitor) -> Iterator[str]:
    """Ten new questions, those of the one domain wrong again."""
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/practice")
    page.get_by_role("radio", name=words("practice:mode.practice")).check()
    page.get_by_label(words("practice:form.count"), exact=True).select_option(str(QUIZZED))
    visitor.button("practice:start_quiz").click()
    expect(page.get_by_role("timer")).to_be_visible()
    for number, domain in enumerate(domains_asked(visitor), start=1):
        answer(visitor, number, domain)
        if number < QUIZZED:
            visitor.press("Alt+n")
    yield from fine(visitor, "quiz")
    page.get_by_role("button", name=words("practice:player.hand_in"), exact=True).first.click()
    dialog = page.get_by_role("dialog", name=words("practice:hand_in.title"))
    dialog.get_by_role("button", name=words("practice:player.hand_in"), exact=True).click()
    expect(visitor.says("practice:outcome.questions")).to_be_visible()
    yield from fine(visitor, "quiz, handed in")


def sees_streak_and_level(visitor: Visitor) -> Iterator[str]:
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour")
    expect(page.get_by_role("heading", name=words("motivation:today.title"), exact=True)).to_be_visible()
    yield from fine(visitor, "home")
    visitor.open("/a/harbour/progress/achievements")
    expect(page.get_by_role("heading", level=2, name=words("motivation:streak.length", count=1))).to_be_visible()
    expect(visitor.says("motivation:level.today", xp=str(XPTotal.objects.get().total))).to_be_visible()
    yield from fine(visitor, "achievements")


def starts_the_quiz_of_the_weak_area(visitor: Visitor) -> Iterator[str]:
    page = visitor.page
    visitor.open("/a/harbour/progress")
    start = visitor.button("progress:weak.practise", domain=WEAK)
    expect(start).to_be_visible()
    yield from fine(visitor, "progress")
    start.click()
    page.wait_for_url("**/a/harbour/practice/*")
    expect(page.get_by_role("timer")).to_be_visible()
    assert set(domains_asked(visitor)) == {WEAK}


def reviews_a_card(visitor: Visitor) -> Iterator[str]:
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/review")
    expect(visitor.button("repetition:player.check")).to_be_visible()
    yield from fine(visitor, "review")
    page.get_by_role("radio").first.check()
    visitor.button("repetition:player.check").click()
    group = page.get_by_role("group", name=words("repetition:player.how_well"), exact=True)
    expect(group).to_be_visible()
    yield from fine(visitor, "review, told")
    visitor.press("3")
    expect(visitor.button("repetition:player.undo")).to_be_visible()


def leaves_the_boards(visitor: Visitor, *, name: str) -> Iterator[str]:
    words, page = visitor.words, visitor.page
    total = XPTotal.objects.get().total
    visitor.open("/a/harbour/leaderboard")
    expect(visitor.says("boards:mine", rank="1", size="1", points=str(total))).to_be_visible()
    yield from fine(visitor, "board")
    page.get_by_role("switch", name=words("boards:preference.show")).press("Space")
    expect(visitor.says("boards:hidden")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(name, exact=True)).to_have_count(0)
    yield from fine(visitor, "hidden")


def answer(visitor: Visitor, number: int, domain: str) -> None:
    shows(visitor, number)
    visitor.page.locator(f"[value={'b' if domain == WEAK else 'a'}]").check()


def shows(visitor: Visitor, number: int) -> None:
    name = visitor.words("practice:player.question", number=number)
    expect(visitor.page.get_by_role("article", name=name, exact=True)).to_be_visible()


def domains_asked(visitor: Visitor) -> list[str]:
    """The domains of the questions of the session that has just begun, in their order."""
    shows(visitor, 1)
    session = PracticeSession.objects.latest("started_at")
    codes = dict(ItemVersion.objects.filter(id__in=session.versions).values_list("id", "item__domain__code"))
    return [codes[version] for version in session.versions]


def told_to_everybody(cast) -> None:
    """What beat and worker do meanwhile."""
    now = timezone.now()
    while read_answers(now=now):
        pass
    fold(now=now)
    deliver_due(now=now + timedelta(days=1))
    build_board(Board(academy_id=cast.harbour.academy.pk))


def fine(visitor: Visitor, place: str) -> list[str]:
    """What axe finds; and nobody has to scroll sideways."""
    assert visitor.overflow() <= 0, place
    # A row of links that is half below the header is no target of its own.
    visitor.page.evaluate("scrollTo(0, 0)")
    return violations(visitor, place)
