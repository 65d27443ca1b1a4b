"""A learner's progress as a file."""

import csv
import json
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from accounts.models import User
from exams.bank.models import Domain
from tests.exams.statements import Statements
from tests.factories.practice import marked, versions_of
from tests.factories.rollups import count_days

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/progress-export/"


@pytest.fixture
def history(cast, bank):
    """Two days of answers, a month apart."""
    member, now = cast.harbour.learner.membership, timezone.now()
    marked(member, versions_of(bank)[:4], fractions=[1, 0.5, 0, 1], now=now - timedelta(days=40), seconds=10)
    marked(member, versions_of(bank)[4:10], now=now - timedelta(days=2), seconds=20)
    marked(cast.harbour.other_learner.membership, versions_of(bank)[:3], now=now - timedelta(days=2))
    count_days()


def fetch(cast, api, query, **headers):
    answer = api(cast.harbour.learner).get(PATH + query, **headers)
    assert answer.status_code == 200, answer.content
    return answer, answer.getvalue() if answer.streaming else answer.content


def rows_of(content):
    assert content.startswith("\ufeff".encode())
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def test_one_line_per_day(cast, api, history):
    answer, content = fetch(cast, api, "?file=days")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"].endswith('-days.csv"')
    found = [(row["answers"], row["right"], row["percent"], row["seconds"]) for row in rows_of(content)]
    assert found == [("4", "2", "62.5", "40"), ("6", "6", "100.0", "120")]
    assert len(rows_of(fetch(cast, api, "?file=days&period=30")[1])) == 1


def test_cells_that_look_like_formulas_are_disarmed(cast, api, history, bank):
    Domain.objects.filter(bank=bank, code="1").update(title="=cmd|calc")
    rows = rows_of(fetch(cast, api, "?file=domains")[1])
    assert [row["domain"] for row in rows] == ["'=cmd|calc", "Domain 2"]
    assert sum(int(row["answers"]) for row in rows) == 10


def test_everything_in_one_document(cast, api, history, exam):
    found = json.loads(fetch(cast, api, "?file=json", HTTP_ACCEPT="application/json")[1])
    assert found["totals"] == {"answers": 10, "right": 8, "percent": 85.0, "seconds": 160}
    assert [len(found[name]) for name in ("days", "domains", "readiness")] == [2, 2, 1]


@pytest.mark.parametrize("language", ["en", "es"])
def test_on_paper(cast, api, history, exam, bank, language):
    Domain.objects.filter(bank=bank, code="1").update(title="A < B & <para>")
    answer, content = fetch(cast, api, "?file=pdf", HTTP_ACCEPT_LANGUAGE=language)
    assert answer["Content-Type"] == "application/pdf"
    assert content.startswith(b"%PDF-")


def test_names_on_paper_have_all_their_letters(cast, api, history):
    User.objects.filter(pk=cast.harbour.learner.account.pk).update(name="Łukasz Żółć Ωμέγα Иван")
    _, content = fetch(cast, api, "?file=pdf")
    assert b"DejaVuSans-Bold" in content
    assert b"Helvetica-Bold" not in content


@pytest.mark.parametrize("file", ["days", "domains", "json", "pdf"])
def test_somebody_without_a_history_gets_a_file_too(cast, api, file):
    assert fetch(cast, api, f"?file={file}&period=7")[1]


@pytest.mark.parametrize("query", ["?file=xml", "?period=5"])
def test_nonsense_is_refused(cast, api, query):
    answer = api(cast.harbour.learner).get(PATH + query)
    assert (answer.status_code, answer.json()["code"]) == (400, "validation_error")


def test_what_an_exam_has_not_shown_is_in_no_domain(cast, api, bank):
    marked(cast.harbour.learner.membership, versions_of(bank)[:4], now=timezone.now(), is_open=False)
    count_days()
    assert rows_of(fetch(cast, api, "?file=domains")[1]) == []


def test_a_longer_history_costs_no_more_statements(cast, api, bank):
    client, counts = api(cast.harbour.learner), []
    for days in (3, 30):
        for day in range(days):
            marked(cast.harbour.learner.membership, versions_of(bank)[:2], now=timezone.now() - timedelta(days=day))
        count_days()
        with Statements() as statements:
            assert client.get(f"{PATH}?file=json").getvalue()
        counts.append(len(statements))
    assert counts[0] == counts[1]
