"""What browsers report against the content policy: taken, counted, shown, forgotten; and what else is sent there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import structlog
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.violations import actions
from accounts.violations.models import PolicyViolation
from accounts.violations.reports import LEGACY, REPORTS, violations_in
from accounts.violations.tasks import forget_violations
from accounts.violations.views import MAX_BYTES
from config.http.rates import Rate
from tests.cast import Cast

URL = "/csp-reports"
PAGE = "http://testserver/a/harbour/progress?token=secret#part"


def legacy(**changes: Any) -> dict[str, Any]:
    report = {
        "document-uri": PAGE,
        "effective-directive": "script-src-elem",
        "blocked-uri": "https://evil.example/x.js?q",
    }
    return {"csp-report": {**report, **changes}}


def report(**changes: Any) -> dict[str, Any]:
    body = {"documentURL": PAGE, "effectiveDirective": "img-src", "blockedURL": "https://evil.example:8443/a.png"}
    return {"type": "csp-violation", "url": PAGE, "body": {**body, **changes}}


def send(body: Any, content_type: str = LEGACY, **extra: Any) -> Any:
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post(URL, raw, content_type=content_type, **extra)


def kept() -> list[tuple[str, str, str, int]]:
    return list(
        PolicyViolation.objects.order_by("directive", "blocked").values_list("directive", "blocked", "path", "count")
    )


def test_both_forms_are_counted_once_a_day_without_query_or_fragment(db: None) -> None:
    for _ in range(2):
        assert send(legacy()).status_code == 204
    answer = send([report(), report(), {"type": "deprecation", "body": {}}], REPORTS)
    assert (answer.status_code, answer.content, answer.cookies) == (204, b"", {})
    assert kept() == [
        ("img-src", "https://evil.example:8443", "/a/harbour/progress", 2),
        ("script-src-elem", "https://evil.example", "/a/harbour/progress", 2),
    ]
    PolicyViolation.objects.update(day=timezone.now().date() - timedelta(days=1))
    send(legacy())
    assert PolicyViolation.objects.count() == 3


@pytest.mark.parametrize(
    ("sent", "blocked"),
    [
        ("inline", "inline"),
        ("eval", "eval"),
        ("data", "data"),
        ("data:text/javascript,alert(1)", "data"),
        ("chrome-extension://abcdef/x.js", "chrome-extension"),
        ("https://anna:secret@EVIL.example/anna", "https://evil.example"),
        ("", "self"),
        ("what is this", "unknown"),
        ("https://<b>", "unknown"),
    ],
)
def test_what_was_refused_is_an_origin_or_a_word(sent: str, blocked: str) -> None:
    raw = json.dumps(legacy(**{"blocked-uri": sent})).encode()
    [found] = violations_in(raw, content_type=LEGACY, host="testserver")
    assert found.blocked == blocked


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("", "/"),
        ("/reset/MQ-c1x2y3-abcdef", "/reset/*"),
        ("/verify/eyJhbGciOi", "/verify/*"),
        ("/a/harbour/attempts/01890a5d-ac96-774b-bcce-b302099a8057/review", "/a/harbour/attempts/*/review"),
        ("/anna@example.org", "/*"),
    ],
)
def test_a_path_keeps_its_shape_and_no_ids(path: str, shape: str) -> None:
    raw = json.dumps(legacy(**{"document-uri": f"http://testserver{path}"})).encode()
    [found] = violations_in(raw, content_type=LEGACY, host="testserver")
    assert found.path == shape


@pytest.mark.parametrize(
    "body",
    [
        [],
        {},
        None,
        7,
        "text",
        [[]],
        {"csp-report": []},
        legacy(**{"effective-directive": 7}),
        legacy(**{"effective-directive": "drop-table"}),
        legacy(**{"blocked-uri": None}),
        legacy(**{"blocked-uri": "http://[::"}),
        legacy(**{"document-uri": "http://elsewhere.example/"}),
        legacy(**{"document-uri": "http://[::"}),
        report(effectiveDirective={}),
    ],
)
@pytest.mark.parametrize("content_type", [LEGACY, REPORTS])
def test_what_makes_no_sense_is_left_out(db: None, body: Any, content_type: str) -> None:
    assert send(body, content_type).status_code == 204
    assert kept() == []


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", LEGACY, 400),
        (b"\xff", REPORTS, 400),
        (b"[" * 5000, REPORTS, 400),
        (b'"\\u0000"', LEGACY, 400),
        (b" ", LEGACY, 400),
        (b"{}", "application/json", 415),
        (b"{}", "text/plain", 415),
        (b" " * (MAX_BYTES + 1), LEGACY, 413),
    ],
)
def test_what_cannot_be_read_is_refused(db: None, body: bytes, content_type: str, status: int) -> None:
    assert send(body, content_type).status_code == status
    assert Client().get(URL).status_code == 405


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([PAGE, "img-src", "csp-violation"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.sampled_from(["csp-report", "type", "body"]), inner),
    max_leaves=8,
)


@hypothesis_settings(max_examples=60)
@given(body=_json | st.binary(min_size=1), content_type=st.sampled_from([LEGACY, REPORTS]))
def test_nothing_that_is_sent_breaks_it(db: None, body: Any, content_type: str) -> None:
    assert send(body, content_type).status_code in (204, 400)


def test_a_flood_is_counted_by_address_and_makes_no_kinds(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.RATE_LIMITS, "policy_reports", Rate("3/m"))
    monkeypatch.setattr(actions, "MOST_KINDS", 2)
    for name in "abc":
        assert send(legacy(**{"blocked-uri": f"https://{name}.example/"})).status_code == 204
    answer = send(legacy())
    assert (answer.status_code, "Retry-After" in answer.headers) == (429, True)
    assert [blocked for _, blocked, _, _ in kept()] == ["https://a.example", "https://b.example"]
    assert send(legacy(**{"blocked-uri": "https://a.example/"}), REMOTE_ADDR="192.0.2.7").status_code == 204
    assert kept()[0][3] == 2


def test_the_first_of_a_day_is_in_the_log(db: None) -> None:
    with structlog.testing.capture_logs() as lines:
        for _ in range(2):
            send(legacy())
    [line] = [line for line in lines if line["event"] == "content policy violated"]
    assert (line["blocked"], line["path"]) == ("https://evil.example", "/a/harbour/progress")
    assert "secret" not in str(lines)


def test_the_security_page_lists_them(cast: Cast) -> None:
    send(legacy())
    send(legacy(**{"blocked-uri": "inline"}))
    send(legacy(**{"blocked-uri": "inline"}))
    client = Client()
    client.force_login(cast.staff.account)
    page = client.get("/admin/security/")
    assert [(each.blocked, each.count) for each in page.context["violations"]] == [
        ("inline", 2),
        ("https://evil.example", 1),
    ]


def test_old_ones_are_forgotten(db: None) -> None:
    send(legacy())
    PolicyViolation.objects.update(day=timezone.now().date() - actions.KEPT)
    forget_violations()
    assert PolicyViolation.objects.exists()
    PolicyViolation.objects.update(day=timezone.now().date() - actions.KEPT - timedelta(days=1))
    forget_violations()
    assert not PolicyViolation.objects.exists()


@pytest.mark.parametrize("path", ["/", "/admin/login/", "/api/v1/docs/"])
def test_every_policy_names_the_way(db: None, path: str) -> None:
    headers = Client().get(path).headers
    assert {"report-uri /csp-reports", "report-to csp"} <= set(headers["Content-Security-Policy"].split("; "))
    assert headers["Reporting-Endpoints"] == 'csp="/csp-reports"'
