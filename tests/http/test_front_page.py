"""The one page of the front end, for every address that is not the server's own."""

import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

PAGE = (
    '<meta name="csp-nonce" content="__CSP_NONCE__"><meta name="csrf-cookie" content="__CSRF_COOKIE__">'
    '<div id="root"></div>'
)


@pytest.fixture
def built(settings: LazySettings, tmp_path: Path) -> Path:
    """A built front end."""
    settings.FRONTEND_DIST = tmp_path
    index = tmp_path / "index.html"
    index.write_text(PAGE)
    return index


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/", "/sign-in", "/academies/harbour/exams/7", "/administration", "/apis"])
def test_every_address_of_the_front_end_gets_its_page(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    assert response.status_code == 200
    assert 'id="root"' in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("built")
def test_the_nonce_is_fresh_and_the_same_in_page_and_policy(visitor: Client) -> None:
    nonces = []
    for _ in range(2):
        response = visitor.get("/")
        [nonce] = re.findall(r'nonce" content="([^"]+)"', response.content.decode())
        policy = response.headers["Content-Security-Policy"]
        assert f"style-src 'self' 'nonce-{nonce}'" in policy
        assert "script-src 'self'" in policy.split("; ")
        nonces.append(nonce)
    assert nonces[0] != nonces[1]


@pytest.mark.usefixtures("built")
def test_the_page_names_the_csrf_cookie(visitor: Client, settings: LazySettings) -> None:
    settings.CSRF_COOKIE_NAME = "__Host-csrf"
    assert 'name="csrf-cookie" content="__Host-csrf"' in visitor.get("/").content.decode()


@pytest.mark.usefixtures("built")
@pytest.mark.parametrize("path", ["/missing.js", "/static/app/missing.js", "/wp-login.php", "/.env"])
def test_a_file_that_is_not_there_is_404(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_a_new_build_is_served_at_once(visitor: Client, built: Path) -> None:
    visitor.get("/")
    built.write_text("newer")
    assert visitor.get("/").content == b"newer"


def test_before_the_first_build_it_says_what_to_do(visitor: Client, settings: LazySettings, tmp_path: Path) -> None:
    settings.FRONTEND_DIST = tmp_path / "nothing"
    response = visitor.get("/")
    assert response.status_code == 503
    assert "make run" in response.content.decode()


@pytest.mark.usefixtures("built")
def test_the_page_needs_no_database(visitor: Client) -> None:
    assert visitor.get("/").status_code == 200  # without the mark that opens the database
