"""A learner looks at their progress: how it goes, how ready they are, and what would help."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from academies.models import Membership
from analytics.recommendations.models import Recommendation
from tests.browser.accessibility import violations
from tests.browser.visitors import Visitor
from tests.factories.exams import make_blueprint
from tests.factories.practice import make_practice_bank, marked, versions_of
from tests.factories.rollups import count_days

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/a/harbour/progress"
PHONE = {"width": 360, "height": 740}
WIDE = {"width": 1280, "height": 800}


def have_practised(member: Membership) -> None:
    """Two weeks of practice, good in the first domain and weak in the second, for an exam of both."""
    bank = make_practice_bank(member, items=60)
    make_blueprint(bank, [("1", "", "", 10), ("2", "", "", 10)], title="Security Foundations")
    now, versions = timezone.now(), versions_of(bank)
    for days in range(14, 0, -2):
        chosen = versions[4 * days - 8 : 4 * days + 4] or versions[:12]
        fractions = [1 if version.item.domain.code == "1" else (days % 4 == 0) * 1 for version in chosen]
        marked(member, chosen, fractions=fractions, now=now - timedelta(days=days), seconds=40)
    count_days()


@pytest.mark.parametrize(("size", "locale"), [(WIDE, "en"), (PHONE, "es")], ids=["wide", "narrow"])
def test_readiness_time_and_next_steps(cast, visit, size, locale):
    learner = cast.harbour.learner
    learner.account.locale = locale
    learner.account.save()
    have_practised(learner.membership)
    visitor = visit(learner, locale=locale, **size)
    words, page = visitor.words, visitor.page

    visitor.open(PAGE)
    expect(visitor.heading(words("progress:title"))).to_be_visible()
    exam = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Security Foundations"))
    expect(exam).to_be_visible()
    exam.get_by_text(words("progress:readiness.how", exam="Security Foundations")).click()
    expect(exam.get_by_text(words("progress:calibration.too_few", count=0, minimum=20))).to_be_visible()
    page.get_by_role("radio", name=words("progress:period.90"), exact=True).click()
    page.wait_for_url("**?period=90")
    assert visitor.overflow() <= 0
    assert not violations(visitor, PAGE)

    dismiss_all(visitor)
    assert not Recommendation.objects.filter(state="open").exists()


def dismiss_all(visitor: Visitor) -> None:
    """Say “not now” to every recommendation."""
    words, page = visitor.words, visitor.page
    while page.get_by_text(words("progress:next.dismiss"), exact=True).count():
        before = page.get_by_text(words("progress:next.dismiss"), exact=True).count()
        page.get_by_text(words("progress:next.dismiss"), exact=True).first.click()
        expect(page.get_by_text(words("progress:next.dismiss"), exact=True)).to_have_count(before - 1)


def test_a_file_is_downloaded_by_keyboard(cast, visit):
    learner = cast.harbour.learner
    have_practised(learner.membership)
    visitor = visit(learner)
    visitor.open(PAGE)
    expect(visitor.heading(visitor.words("progress:title"))).to_be_visible()
    visitor.tab_to(visitor.button("progress:export.pdf"))
    with visitor.page.expect_download() as download:
        visitor.press("Enter")
    assert download.value.suggested_filename.endswith("-progress.pdf")


def test_the_button_of_a_weak_area_starts_the_right_quiz(cast, visit):
    learner = cast.harbour.learner
    have_practised(learner.membership)
    visitor = visit(learner)
    words, page = visitor.words, visitor.page
    visitor.open(PAGE)
    expect(page.get_by_text(words("progress:weak.title"), exact=True)).to_be_visible()
    with page.expect_request("**/practice/sessions/") as asked:
        visitor.button("progress:weak.practise", domain="2").click()
    weak = learner.membership.academy.item_banks.get(slug="practice").domains.get(code="2")
    assert asked.value.post_data_json["domains"] == [str(weak.pk)]
    page.wait_for_url("**/a/harbour/practice/*")
