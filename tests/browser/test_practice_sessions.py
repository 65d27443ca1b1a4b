"""Practice in the browser: studying by keyboard, a quiz on the screen of a phone, and going on elsewhere."""

import pytest
from playwright.sync_api import expect

from exams.marking.models import MarkedAnswer
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor
from tests.factories.exams import ONE_OF_EACH, make_bank, make_item
from tests.factories.practice import make_practice_bank

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


def fine(visitor: Visitor, place: str, *, to: list[str]) -> None:
    """Nothing that axe or a narrow screen complains about."""
    assert visitor.overflow() <= 0, place
    to += violations(visitor, place)


def test_learner_studies_by_keyboard(cast, visit):
    bank = make_practice_bank(cast.harbour.learner.membership, items=6)
    visitor, found = visit(cast.harbour.learner), []
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/practice")
    expect(visitor.heading(words("practice:title"))).to_be_visible()
    expect(visitor.says("practice:past.empty")).to_be_visible()
    expect(visitor.button("practice:form.start_study")).to_be_visible()
    fine(visitor, "practice", to=found)
    page.get_by_label(words("practice:form.count"), exact=True).select_option("5")
    start = visitor.button("practice:form.start_study")
    visitor.tab_to(start)
    visitor.press("Enter")

    expect(visitor.heading(bank.title)).to_be_visible()
    question(visitor, 1)
    # Its number, in the order that options are shown in.
    visitor.press(str(page.locator("[value=a]").get_attribute("data-option")), "Enter")
    expect(page.get_by_role("heading", level=2, name=words("practice:player.question", number=1))).to_be_focused()
    expect(page.get_by_text("Because it is so.")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(words("review.verdict.right"), exact=True)).to_be_visible()
    fine(visitor, "told", to=found)
    visitor.tab_to(visitor.button("practice:player.next"))
    visitor.press("Enter")

    question(visitor, 2)
    visitor.button("practice:player.skip").click()
    question(visitor, 3)
    page.get_by_label(words("practice:player.guess"), exact=True).check()
    page.locator("[value=b]").check()
    # Another device goes on where this one is.
    tablet = visit(cast.harbour.learner)
    visitor.button("practice:player.check").click()
    expect(page.get_by_role("main").get_by_text(words("review.verdict.wrong"), exact=True)).to_be_visible()
    tablet.open("/a/harbour/practice")
    tablet.page.get_by_role("link", name=words("practice:open.resume_label", title=bank.title)).click()
    question(tablet, 4)
    fine(tablet, "study", to=found)
    tablet.button("practice:player.finish_study").click()
    expect(tablet.heading(words("practice:outcome.study_title", count=3))).to_be_visible()
    fine(tablet, "studied", to=found)

    # Here nobody knows yet that the session is over.
    visitor.allow_status(409)
    visitor.button("practice:player.next").click()
    page.get_by_role("radio").first.check()
    visitor.button("practice:player.check").click()
    expect(visitor.heading(words("practice:outcome.study_title", count=3))).to_be_visible()
    session = PracticeSession.objects.get()
    assert (session.answered, session.right, session.viewed) == (2, 1, 3)
    assert list(MarkedAnswer.objects.order_by("slot").values_list("slot", "fraction", "is_guess")) == [
        (1, 1, False),
        (3, 0, True),
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_learner_takes_a_quiz_in_spanish_on_a_phone(cast, visit, scheme):
    bank = make_bank(cast.meridian.academy, slug="each", is_open_to_practice=True)
    for number, (fields, _) in enumerate(ONE_OF_EACH):
        make_item(bank, f"EACH-{number}", domain=str(number % 2 + 1), **fields)
    visitor, found = visit(cast.meridian.learner, locale="es", scheme=scheme, **PHONE), []
    words, page = visitor.words, visitor.page
    visitor.open("/a/meridian/practice")
    page.get_by_role("radio", name=words("practice:mode.practice")).check()
    page.get_by_role("checkbox", name="1 Domain 1").check()
    page.get_by_role("radio", name=words("practice:only.due")).check()
    visitor.allow_status(409)
    visitor.button("practice:start_quiz").click()
    page.get_by_role("button", name=words("practice:loosen.only")).click()
    fine(visitor, "practice", to=found)
    visitor.button("practice:start_quiz").click()

    expect(page.get_by_role("timer")).to_be_visible()
    questions = page.get_by_role("navigation", name=words("practice:player.questions")).get_by_role("button")
    expect(questions).to_have_count(4)
    for number in range(1, 5):
        question(visitor, number)
        fine(visitor, f"question {number}", to=found)
        radios = page.get_by_role("radio")
        if radios.count():
            radios.first.check()
        visitor.press("Alt+n")
    expect(visitor.says("saving.saved")).to_be_visible()
    visitor.button("practice:clock.hide").click()
    expect(page.get_by_role("timer")).to_be_hidden()
    visitor.button("practice:clock.show").click()
    assert PracticeAnswer.objects.exists()
    page.reload()
    page.get_by_role("button", name=words("practice:player.hand_in"), exact=True).first.click()
    dialog = page.get_by_role("dialog", name=words("practice:hand_in.title"))
    fine(visitor, "hand in", to=found)
    dialog.get_by_role("button", name=words("practice:player.hand_in"), exact=True).click()
    session = PracticeSession.objects.get()
    expect(visitor.says("practice:outcome.questions")).to_be_visible()
    session.refresh_from_db()
    assert session.state == "finished"
    expect(visitor.heading(words("practice:outcome.quiz_title", right=session.right, count=4))).to_be_visible()
    fine(visitor, "outcome", to=found)
    assert not found, "\n".join(found)


def question(visitor: Visitor, number: int) -> None:
    """The question is shown, to be answered."""
    name = visitor.words("practice:player.question", number=number)
    expect(visitor.page.get_by_role("article", name=name, exact=True)).to_be_visible()
