"""An instructor offers an exam, watches it being sat, helps, looks at the results and lets the learners see them."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from exams.delivery.models import Attempt, Delivery
from tests.browser.scenes import begun, blueprint, handed_in, one_of_each
from tests.browser.sitting import answer_with_keys, is_given, is_saved, seconds_left

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_instructor_creates_a_delivery_from_a_blueprint(cast, visit):
    blueprint(cast.harbour.academy)
    visitor = visit(cast.harbour.instructor)
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour")
    visitor.link("nav.deliveries").click()
    expect(visitor.heading(words("manage:deliveries.title"))).to_be_focused()
    visitor.link("manage:deliveries.create").first.click()
    expect(visitor.heading(words("manage:form.new"))).to_be_focused()

    visitor.button("manage:deliveries.create").click()
    expect(page.get_by_role("alert").filter(has_text=words("manage:form.some_wrong"))).to_be_visible()
    expect(page.get_by_text(words("manage:issue.exam_missing"))).to_be_visible()

    page.get_by_role("radio", name=re.compile("Security short test")).check()
    page.get_by_label(words("manage:form.title"), exact=True).fill("Evening test")
    page.get_by_label(words("manage:form.instructions"), exact=True).fill("Bring **nothing**.")
    page.get_by_label(words("manage:form.cohort"), exact=True).select_option(label="Evening group (2 learners)")
    page.get_by_role("radio", name=words("manage:review_when.on_release")).check()
    visitor.button("manage:deliveries.create").click()

    expect(visitor.heading("Evening test")).to_be_focused()
    expect(page.get_by_text(words("manage:live.none"), exact=True)).to_be_visible()
    delivery = Delivery.objects.get()
    assert (delivery.title, delivery.cohort, delivery.form.item_count) == ("Evening test", cast.harbour.cohort, 4)
    assert delivery.time_limit_seconds == 1800
    assert delivery.review_when == Delivery.ReviewWhen.ON_RELEASE
    assert delivery.instructions_html == "<p>Bring <strong>nothing</strong>.</p>\n"


def test_instructor_watches_a_learner_and_grants_time(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    attempt = begun(delivery, cast.harbour.learner.membership)
    learner, instructor = visit(cast.harbour.learner), visit(cast.harbour.instructor)
    words, page = instructor.words, instructor.page
    instructor.open(f"/a/harbour/manage/deliveries/{delivery.pk}")
    row = page.get_by_role("row").filter(has_text="Lena Novak")
    expect(row).to_contain_text(words("manage:live.progress", answered=0, total=8))

    learner.open(f"/a/harbour/attempts/{attempt.pk}")
    answer_with_keys(learner, 1, {"choice": "a"})
    is_saved(learner)
    expect(row).to_contain_text(words("manage:live.progress", answered=1, total=8))

    instructor.tab_to(row.get_by_role("button", name=words("manage:grant.of", name="Lena Novak"), exact=True))
    instructor.press("Enter")
    dialog = page.get_by_role("dialog", name=words("manage:grant.title", name="Lena Novak"))
    dialog.get_by_role("button", name=words("manage:count.minutes", count=15), exact=True).click()
    dialog.get_by_label(words("manage:reason.label"), exact=True).fill("The projector failed")
    dialog.get_by_role("button", name=words("manage:grant.action"), exact=True).click()
    expect(dialog).to_be_hidden()
    expect(row).to_contain_text(words("manage:live.extra", count=15))

    before = seconds_left(learner)
    answer_with_keys(learner, 1, {"choice": "b"})
    is_given(learner, 15, before=before)

    instructor.page.get_by_role("link", name="Lena Novak", exact=True).click()
    expect(instructor.heading(words("manage:timeline.title_of", name="Lena Novak"))).to_be_focused()
    expect(page.get_by_text(words("manage:timeline.intact"))).to_be_visible()
    expect(page.get_by_text(re.compile("The projector failed"))).to_be_visible()


def test_instructor_pauses_an_attempt_and_the_learner_waits(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    attempt = begun(delivery, cast.harbour.learner.membership)
    learner, instructor = visit(cast.harbour.learner), visit(cast.harbour.instructor)
    words, page = instructor.words, instructor.page
    learner.open(f"/a/harbour/attempts/{attempt.pk}")
    expect(learner.page.get_by_role("timer")).to_be_visible()

    instructor.open(f"/a/harbour/manage/deliveries/{delivery.pk}/live")
    page.get_by_role("button", name=words("manage:pause.of", name="Lena Novak"), exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(words("manage:reason.label"), exact=True).fill("Fire drill")
    dialog.get_by_role("button", name=words("manage:pause.action"), exact=True).click()
    expect(page.get_by_role("button", name=words("manage:resume.of", name="Lena Novak"), exact=True)).to_be_visible()

    learner.allow_status(409)
    learner.press("1")
    expect(learner.page.get_by_role("heading", name=learner.words("sitting.paused"))).to_be_visible()
    expect(learner.says("saving.paused", count=1)).to_be_visible()

    page.get_by_role("button", name=words("manage:resume.of", name="Lena Novak"), exact=True).click()
    expect(page.get_by_role("button", name=words("manage:pause.of", name="Lena Novak"), exact=True)).to_be_visible()
    # The learner's page asks again by itself, too; looking at it asks at once.
    learner.page.reload()
    is_saved(learner)
    assert attempt.responses.get(slot=1).answer == {"choice": "a"}


def test_instructor_sees_exports_and_releases_results(cast, visit):
    delivery = one_of_each(
        cast.harbour.academy,
        review_when=Delivery.ReviewWhen.ON_RELEASE,
        closes_at=timezone.now() + timedelta(hours=1),
    )
    attempt = handed_in(delivery, cast.harbour.learner.membership, wrong=1)
    learner, instructor = visit(cast.harbour.learner), visit(cast.harbour.instructor)
    words, page = instructor.words, instructor.page
    learner.open("/a/harbour/history")
    expect(learner.page.get_by_text(learner.words("result_when.on_release"))).to_be_visible()

    instructor.open(f"/a/harbour/manage/deliveries/{delivery.pk}/results")
    row = page.get_by_role("row").filter(has_text="Lena Novak")
    expect(row).to_contain_text("800")
    expect(row).to_contain_text(words("manage:results.passed"))

    with page.expect_download() as downloading:
        instructor.button("manage:results.export").click()
    download = downloading.value
    assert download.suggested_filename.endswith(".csv")
    content = download.path().read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(lines) == 2
    assert "Lena Novak" in lines[1]

    instructor.button("manage:release.action").click()
    dialog = page.get_by_role("dialog", name=words("manage:release.title"))
    expect(dialog).to_contain_text(words("manage:release.what.answers", count=1))
    dialog.get_by_role("button", name=words("manage:release.action"), exact=True).click()
    expect(dialog).to_be_hidden()
    attempt.refresh_from_db()
    delivery.refresh_from_db()
    assert delivery.released_at is not None
    assert attempt.state == Attempt.State.RELEASED

    learner.page.reload()
    learner.page.get_by_role("link", name=delivery.title).click()
    expect(learner.page.get_by_role("main").get_by_text("800", exact=True)).to_be_visible()
