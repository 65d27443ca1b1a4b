"""Uploaded files: for people who are signed in, and never as a page of ours."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client

pytestmark = pytest.mark.django_db
SOUND = bytes(range(256)) * 10


@pytest.fixture(autouse=True)
def files() -> None:
    for name, content in (
        ("a/sound.mp3", SOUND),
        ("picture.png", b"png"),
        ("page.html", b"<script>"),
        ("x.svg", b"<svg>"),
    ):
        if not default_storage.exists(name):
            default_storage.save(name, ContentFile(content))


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]  # the test client's response


def test_a_file_comes_with_its_type_and_without_rights(browser: Client) -> None:
    response = browser.get("/media/a/sound.mp3")
    assert body(response) == SOUND
    assert response.headers["Content-Type"] == "audio/mpeg"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Cache-Control"] == "private, max-age=3600"


@pytest.mark.parametrize("name", ["page.html", "x.svg"])
def test_markup_is_downloaded_and_not_shown(browser: Client, name: str) -> None:
    response = browser.get(f"/media/{name}")
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, 2559),
        ("bytes=-60", 2500, 2559),
        ("bytes=2500-9999", 2500, 2559),
        ("bytes=5-5", 5, 5),
    ],
)
def test_a_part_of_a_sound(browser: Client, wanted: str, first: int, last: int) -> None:
    response = browser.get("/media/a/sound.mp3", headers={"Range": wanted})
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/2560"
    assert response.headers["Content-Length"] == str(last - first + 1)
    assert body(response) == SOUND[first : last + 1]


@pytest.mark.parametrize("wanted", ["bytes=9999-", "bytes=2560-2570", "bytes=7-3", "bytes=-0"])
def test_a_part_that_is_not_there_is_416(browser: Client, wanted: str) -> None:
    response = browser.get("/media/a/sound.mp3", headers={"Range": wanted})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == "bytes */2560"


@pytest.mark.parametrize("wanted", ["", "bytes=-", "bytes=a-b", "lines=1-2", "bytes=1-2,5-6"])
def test_a_range_that_we_do_not_speak_is_ignored(browser: Client, wanted: str) -> None:
    assert browser.get("/media/a/sound.mp3", headers={"Range": wanted}).status_code == 200


def test_signed_out_is_401_whether_there_is_a_file_or_not(visitor: Client) -> None:
    assert visitor.get("/media/picture.png").status_code == 401
    assert visitor.get("/media/nothing.png").status_code == 401


@pytest.mark.parametrize(
    "path", ["nothing.png", "a", "../config/settings/base.py", "a/../../x", "//etc/passwd", "x" * 3000]
)
def test_anything_else_is_404(browser: Client, path: str) -> None:
    assert browser.get(f"/media/{path}").status_code == 404
