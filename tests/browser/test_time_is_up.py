"""The clock runs out while the learner works."""

import pytest
from playwright.sync_api import expect

from exams.delivery.models import Attempt
from exams.marking.models import Score
from tests.browser.scenes import begun, ends_in, one_of_each
from tests.browser.sitting import answer_with_keys, is_saved

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_exam_is_handed_in_when_the_time_is_over(cast, visit):
    attempt = begun(one_of_each(cast.harbour.academy), cast.harbour.learner.membership)
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    ends_in(attempt, seconds=4)
    answer_with_keys(visitor, 1, {"choice": "a"})
    is_saved(visitor)

    expect(visitor.heading(visitor.words("ended.time_up"))).to_be_focused()
    expect(visitor.says("ended.answered", count=1, total=8)).to_be_visible()
    expect(visitor.link("ended.see_result")).to_be_visible()
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.RELEASED
    assert Score.objects.get(attempt=attempt).fractions == [1, 0, 0, 0, 0, 0, 0, 0]


def test_attempt_that_was_closed_elsewhere_says_so(cast, api, visit):
    attempt = begun(one_of_each(cast.harbour.academy), cast.harbour.learner.membership, answered=2)
    visitor = visit(cast.harbour.learner)
    visitor.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(visitor.page.get_by_role("timer")).to_be_visible()
    ended = api(cast.harbour.instructor).post(
        f"/api/v1/academies/harbour/attempts/{attempt.pk}/termination/", {"reason": "The wrong room"}
    )
    assert ended.status_code == 200, ended.json()

    visitor.allow_status(409)
    # Whatever is given after the end is not taken.
    visitor.press("1")
    expect(visitor.heading(visitor.words("ended.terminated"))).to_be_focused()
    expect(visitor.page.get_by_text(visitor.words("ended.ask_staff"))).to_be_visible()
    assert attempt.responses.count() == 2
