"""What moves a learner: the streak is repaired, a goal set, a reminder chosen, achievements and points looked at."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from accounts.identity.zones import local_date
from exams.practice.sessions.actions import Choice, start_session
from gamification.models import Award, Goal, Reminder
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor
from tests.embedded.homes import wait_for
from tests.factories.practice import make_practice_bank, marked, versions_of
from tests.gamification.happenings import quiz, tell

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def is_fine(visitor: Visitor, place: str) -> None:
    """Nothing for axe to say, and nobody has to scroll sideways."""
    # A row of links that is half below the header is no target of its own.
    visitor.page.evaluate("scrollTo(0, 0)")
    assert violations(visitor, place) == []
    assert visitor.overflow() <= 0, place


def a_week(member, *, now):
    """Three days of quizzes, a missed one, and today with twice the answers."""
    today = local_date(user=member.user, at=now)
    for before in (4, 3, 2, 0):
        day = (today - timedelta(days=before)).isoformat()
        tell(quiz(member, day=day, items=12, right=12, new=10, hard_right=3), now=now - timedelta(days=before))
    marked(member, versions_of(make_practice_bank(member)), now=now, local_date=today)


@pytest.mark.parametrize(
    ("locale", "width"), [("en", 1280), ("es", 360)], ids=["english and wide", "spanish and narrow"]
)
def test_streak_goal_reminder_and_achievements(cast, visit, locale, width):
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    a_week(learner.membership, now=timezone.now())
    visitor = visit(learner, locale=locale, width=width)
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/progress/achievements")
    expect(visitor.heading(words("motivation:page.title"))).to_be_visible()
    expect(page.get_by_text(words("motivation:award.title"), exact=False).first).to_be_visible()
    is_fine(visitor, "achievements")

    visitor.button("motivation:repair.do").click()
    expect(page.get_by_role("heading", level=2, name=words("motivation:streak.length", count=4))).to_be_visible()

    page.get_by_label(words("motivation:goal.target"), exact=True).fill("12")
    visitor.button("motivation:goal.set").click()
    expect(visitor.says("motivation:goal.done.answers", done=12, target=12)).to_be_visible()
    is_fine(visitor, "with a goal")
    visitor.button(
        "motivation:goal.drop_of",
        kind=words("motivation:goal.kind.answers"),
        period=words("motivation:goal.period.day"),
    ).click()
    expect(visitor.says("motivation:goal.none")).to_be_visible()
    assert not Goal.objects.exists()

    page.get_by_role("switch", name=words("motivation:reminder.on")).click()
    hour = page.get_by_label(words("motivation:reminder.hour", zone=learner.account.time_zone), exact=True)
    expect(hour).to_be_enabled()
    hour.select_option("20")
    expect(hour).to_have_value("20")
    expect(hour).to_be_enabled()
    assert list(Reminder.objects.values_list("is_on", "hour")) == [(True, 20)]

    visitor.says("motivation:level.curve").click()
    expect(visitor.says("motivation:level.formula")).to_be_visible()
    is_fine(visitor, "with the curve")


def test_who_has_nothing_yet_is_told_what_to_do(cast, visit):
    visitor = visit(cast.harbour.other_learner)
    visitor.open("/a/harbour/progress/achievements")
    expect(visitor.says("motivation:history.empty")).to_be_visible()
    expect(visitor.says("motivation:goal.none")).to_be_visible()
    is_fine(visitor, "nothing yet")


@pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [("en", 1280, "dark"), ("es", 360, "light")],
    ids=["english and wide", "spanish and narrow"],
)
def test_news_is_told_once_and_never_during_a_quiz(cast, visit, locale, width, scheme):
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save(update_fields=["locale"])
    now = timezone.now()
    choice = Choice(bank=make_practice_bank(learner.membership, items=4).pk)
    running = start_session(mode="practice", choice=choice, actor=learner.membership, now=now)
    visitor = visit(learner, locale=locale, width=width, scheme=scheme)
    words, page = visitor.words, visitor.page
    # What was reached before this device was used is no news.
    visitor.open("/a/harbour/progress/achievements")
    expect(visitor.heading(words("motivation:page.title"))).to_be_visible()
    assert wait_for(lambda: page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('news/'))"))
    close = visitor.button("action.close")
    expect(close).to_be_hidden()

    visitor.open(f"/a/harbour/practice/{running.pk}")
    expect(page.get_by_role("timer")).to_be_visible()
    day = local_date(user=learner.account, at=now).isoformat()
    tell(quiz(learner.membership, day=day, items=12, right=12, new=12, hard_right=4), now=now)
    awards = list(Award.objects.order_by("awarded_at", "id"))
    assert awards
    page.get_by_role("button", name=words("practice:player.hand_in"), exact=True).first.click()
    expect(close).to_have_count(1)
    page.get_by_role("dialog").get_by_role("button", name=words("practice:player.hand_in"), exact=True).click()
    expect(visitor.says("practice:outcome.questions")).to_be_visible()

    card = page.get_by_role("status").filter(has=visitor.link("motivation:news.look"))
    expect(card).to_be_visible()
    is_fine(visitor, "news")
    for _ in awards[:3]:
        expect(card).to_be_visible()
        visitor.press("Escape")
    page.reload()
    expect(visitor.says("practice:outcome.questions")).to_be_visible()
    expect(visitor.link("motivation:news.look")).to_be_hidden()
