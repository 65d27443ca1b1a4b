"""The pictures of the documentation, taken of a running demonstration: `python -m tests.browser.screenshots [URL]`.

Signs in as the demonstration's learner. For the picture of a sitting it goes on with the attempt that is open, or else
starts one at the reading exam; nothing is handed in.
"""

import argparse
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from config.demo import DEMO_PASSWORD, PEOPLE
from tests.browser.chromium import running_chromium
from tests.browser.words import Words

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "images"
LEARNER = next(person for person in PEOPLE if (person.academy, person.key) == ("harbour", "learner"))
WORDS = Words("en")
# As `exams.demo` names them; importing it would need Django and a database.
SHORT_TEST = "Security Foundations: short test"
READING = "Academic reading, paper 1"
SIZE = {"width": 1280, "height": 800}


def take_all(url: str, folder: Path) -> None:
    """Write home.png, sitting.png and result.png into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        context = browser.new_context(
            base_url=url, viewport=SIZE, locale="en-GB", color_scheme="light", reduced_motion="reduce"
        )
        page = context.new_page()
        sign_in(page)
        take(page, folder / "home.png", page.get_by_role("heading", level=3, name=SHORT_TEST))
        # The oldest attempt is the one that the demonstration came with.
        page.goto(f"/a/harbour/history?search={SHORT_TEST}&ordering=started_at")
        page.get_by_role("article").get_by_role("link", name=SHORT_TEST).first.click()
        take(page, folder / "result.png", page.get_by_role("link", name=WORDS("result.next.review"), exact=True))
        page.goto("/a/harbour")
        open_exam(page)
        take(page, folder / "sitting.png", page.get_by_text(WORDS("saving.saved"), exact=True))


def sign_in(page: Page) -> None:
    """To the learner's home."""
    page.goto("/sign-in")
    page.get_by_label(WORDS("session.email"), exact=True).fill(LEARNER.email)
    page.get_by_label(WORDS("session.password"), exact=True).fill(DEMO_PASSWORD)
    page.get_by_role("button", name=WORDS("session.sign_in"), exact=True).click()
    page.wait_for_url("**/a/harbour")


def open_exam(page: Page) -> None:
    """A sitting of the reading exam with the first answer of its open section given."""
    proceed = page.get_by_role("link", name=WORDS("exam.continue_of", title=READING), exact=True)
    start = page.get_by_role("link", name=WORDS("exam.look_of", title=READING), exact=True)
    expect(proceed.or_(start)).to_be_visible()
    if start.is_visible():
        start.click()
        page.get_by_role("button", name=WORDS("exam.start"), exact=True).click()
    else:
        proceed.click()
    expect(page.get_by_role("timer")).to_be_visible()
    # The page opens where the attempt was left; the picture is to begin at the top.
    first = page.get_by_role("article").filter(has=page.get_by_role("radio", disabled=False)).first
    first.get_by_role("radio").first.check()
    first.scroll_into_view_if_needed()


def take(page: Page, path: Path, sign: Locator) -> None:
    """A picture of the page once what it is about is there."""
    expect(sign).to_be_visible()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => undefined)")
    page.screenshot(path=path)
    print(f"{path} ({path.stat().st_size // 1024} kB)")


def main() -> None:
    """Parse the command line and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="a running demonstration")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the pictures go")
    arguments = parser.parse_args()
    take_all(arguments.url.rstrip("/"), arguments.folder)


if __name__ == "__main__":
    main()
