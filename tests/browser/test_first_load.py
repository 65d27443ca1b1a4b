"""What a learner's browser has to fetch before the first page stands, and that what stands stays where it is."""

import gzip

import pytest
from playwright.sync_api import Response, expect

from tests.browser.scenes import one_of_each

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_BYTES = 200_000

# Cumulative layout shift: the sum of impact fraction times distance fraction (https://web.dev/articles/cls), of which
# up to 0.1 counts as good.
MOST_SHIFT = 0.1
SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 200);
})"""
PAGES = ["", "/practice", "/review", "/progress", "/progress/achievements", "/leaderboard", "/saved", "/history"]


def test_the_learners_home_needs_less_than_200_kb_of_script(cast, visit):
    delivery = one_of_each(cast.harbour.academy)
    visitor = visit(cast.harbour.learner)
    fetched: list[Response] = []
    visitor.page.on("response", lambda response: fetched.append(response))
    visitor.open("/a/harbour")
    expect(visitor.link("exam.look_of", title=delivery.title)).to_be_visible()
    visitor.page.wait_for_load_state("networkidle")

    scripts = {each.url: each for each in fetched if "javascript" in each.headers.get("content-type", "")}
    sizes = {url.rpartition("/")[2]: len(gzip.compress(each.body(), 6)) for url, each in scripts.items()}
    assert len(sizes) > 1
    assert sum(sizes.values()) < MOST_BYTES, sizes


def test_nothing_is_fetched_from_anywhere_else(cast, visit):
    one_of_each(cast.harbour.academy)
    visitor = visit(cast.harbour.learner)
    addresses: set[str] = set()
    visitor.page.on("request", lambda request: addresses.add(request.url))
    visitor.open("/a/harbour")
    visitor.page.wait_for_load_state("networkidle")
    assert addresses
    assert {address for address in addresses if not address.startswith(f"{visitor.site.url}/")} == set()


@pytest.mark.parametrize("width", [1280, 360], ids=["wide", "narrow"])
def test_hardly_anything_moves_while_a_page_arrives(cast, visit, width):
    one_of_each(cast.harbour.academy)
    visitor = visit(cast.harbour.learner, width=width)
    shifts = {}
    for page in PAGES:
        visitor.open(f"/a/harbour{page}")
        shifts[page] = visitor.page.evaluate(SHIFT)
    assert max(shifts.values()) < MOST_SHIFT, shifts
