"""Where a learner stands, how they leave the boards, and a certificate that anybody can verify."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from academies.models import Membership
from accounts.journal.relay import deliver_due
from exams.marking.marked_answers import show_results
from gamification.certificates.codes import written
from gamification.certificates.models import Certificate
from gamification.leaderboards.boards import Board
from gamification.leaderboards.reading import build_board
from gamification.leagues.actions import close_leagues
from tests.browser.accessibility import violations
from tests.browser.scenes import handed_in, one_of_each
from tests.browser.visitors import Visitor
from tests.factories.academies import MembershipFactory
from tests.factories.boards import earn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ways = pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [("en", 1280, "light"), ("es", 360, "dark")],
    ids=["english and wide", "spanish, narrow and dark"],
)


def is_fine(visitor: Visitor, place: str) -> None:
    """Nothing for axe to say, and nobody has to scroll sideways."""
    assert violations(visitor, place) == []
    assert visitor.overflow() <= 0, place


def hear() -> None:
    """Deliver every event that has been recorded."""
    deliver_due(now=timezone.now() + timedelta(days=1))


def in_locale(person, locale: str):
    person.account.locale = locale
    person.account.save(update_fields=["locale"])
    return person


def crowd(cast, count: int) -> list[Membership]:
    """Learners of Harbour who have earned points this week and the week before."""
    now = timezone.now()
    members = [MembershipFactory(academy=cast.harbour.academy) for _ in range(count)]
    for number, member in enumerate(members):
        earn(member, 10 + number, now=now - timedelta(days=7))
        earn(member, 1000 - 10 * number, now=now)
    return members


@ways
def test_a_learner_sees_where_they_stand_and_leaves_the_boards(cast, visit, locale, width, scheme):
    learner = in_locale(cast.harbour.learner, locale)
    crowd(cast, 60)
    now = timezone.now()
    earn(learner.membership, 80, now=now - timedelta(days=7))
    hear()
    close_leagues(now=now)
    earn(learner.membership, 440, now=now)
    hear()
    build_board(Board(academy_id=cast.harbour.academy.pk))

    visitor = visit(learner, locale=locale, width=width, scheme=scheme)
    words, page = visitor.words, visitor.page
    visitor.open("/a/harbour/leaderboard")
    expect(visitor.heading(words("boards:title"))).to_be_visible()
    expect(visitor.says("boards:mine", rank="57", size="61", points="440")).to_be_visible()
    around = page.get_by_role("table", name=words("boards:around"))
    expect(around.get_by_role("row")).to_have_count(6)
    is_fine(visitor, "board")

    page.get_by_label(words("boards:when"), exact=True).select_option("all")
    expect(page).to_have_url(f"{visitor.site.url}/a/harbour/leaderboard?period=all")
    expect(visitor.says("boards:mine", rank="56", size="61", points="520")).to_be_visible()
    page.get_by_label(words("boards:who"), exact=True).select_option(label=cast.harbour.cohort.name)
    expect(visitor.says("boards:mine", rank="1", size="1", points="520")).to_be_visible()

    visitor.link("boards:view.league").click()
    league = page.get_by_role("table", name=words("boards:league.caption"))
    expect(league.get_by_text(learner.account.name)).to_be_visible()
    weeks = page.get_by_role("table", name=words("boards:weeks.caption"))
    expect(weeks.get_by_role("row")).to_have_count(2)
    is_fine(visitor, "league")

    switch = page.get_by_role("switch", name=words("boards:preference.show"))
    visitor.tab_to(switch, most=120)
    visitor.press("Space")
    expect(visitor.says("boards:league.hidden")).to_be_visible()
    is_fine(visitor, "hidden")
    visitor.link("boards:view.board").click()
    expect(visitor.says("boards:hidden")).to_be_visible()
    switch.press("Space")
    expect(visitor.says("boards:mine", rank="57", size="61", points="440")).to_be_visible()


@ways
def test_who_passes_shows_a_certificate_to_everybody(cast, visit, locale, width, scheme):
    learner = in_locale(cast.harbour.learner, locale)
    delivery = one_of_each(cast.harbour.academy, title="Security Foundations")
    teacher = visit(in_locale(cast.harbour.owner, locale), locale=locale, width=width, scheme=scheme)
    teacher.open(f"/a/harbour/manage/deliveries/{delivery.pk}/settings")
    teacher.page.get_by_role("switch", name=teacher.words("manage:form.gives_certificate")).press("Space")
    teacher.button("manage:action.save_changes").click()
    expect(teacher.says("manage:settings.no_changes")).to_be_visible()

    delivery.refresh_from_db()
    handed_in(delivery, learner.membership, wrong=0)
    show_results(now=timezone.now())
    hear()
    held = Certificate.objects.get()
    visitor = visit(learner, locale=locale, width=width, scheme=scheme)
    visitor.open("/a/harbour/certificates")
    expect(visitor.heading(visitor.words("certificates:title"))).to_be_visible()
    link = visitor.link("certificates:download_of", exam="Security Foundations")
    with visitor.page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == f"certificate-{written(held.code)}.pdf"
    is_fine(visitor, "certificates")

    stranger = visit(locale=locale, width=width, scheme=scheme)
    stranger.allow_status(404)
    words = stranger.words
    stranger.open("/certificates")
    stranger.page.get_by_label(words("certificates:verify.code"), exact=True).fill("0000 0000 0000")
    stranger.button("certificates:verify.go").click()
    expect(stranger.says("certificates:verify.unknown")).to_be_visible()
    is_fine(stranger, "unknown")
    stranger.page.get_by_label(words("certificates:verify.code"), exact=True).fill(written(held.code).lower())
    stranger.button("certificates:verify.go").click()
    expect(stranger.says("certificates:verify.valid")).to_be_visible()
    expect(stranger.page.get_by_text(learner.account.name, exact=True)).to_be_visible()
    is_fine(stranger, "valid")
