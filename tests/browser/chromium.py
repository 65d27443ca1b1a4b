"""The browser: the machine's own Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    # Containers run as root and allow no sandbox; nothing but the platform's own pages is opened.
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class ChromiumMissing(RuntimeError):
    """There is no browser to drive."""


def find_chromium() -> str:
    """The path of the browser. Raises ChromiumMissing, which says how to install it."""
    for name in NAMES:
        found = shutil.which(name)
        if found is not None:
            return found
    raise ChromiumMissing(
        f"No Chromium on the PATH ({', '.join(NAMES)}): "
        "install it with your package manager (Debian and Ubuntu: sudo apt-get install chromium)."
    )


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A headless browser until the end of the block. Raises ChromiumMissing."""
    path = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
