"""The results of a delivery at a glance, and as a file."""

import csv
import io

import pytest

from exams.bank.models import Domain
from exams.delivery.supervision import void_attempt
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.accounts import UserFactory
from tests.factories.exams import NOW, make_bank, make_delivery, make_form_of, make_item, make_plain_form, sit, start

pytestmark = pytest.mark.django_db

RIGHT = {"choice": "a"}


@pytest.fixture
def delivery(cast):
    """Ten items, five in each of two domains."""
    return make_delivery(make_plain_form(cast.harbour.academy, 10), attempts_allowed=20)


def scoring(delivery, right, **person):
    learner = MembershipFactory(academy=delivery.academy, user=UserFactory(**person))
    return sit(delivery, learner, dict.fromkeys(range(1, right + 1), RIGHT))


def path_of(delivery, page="results"):
    return f"/api/v1/academies/harbour/deliveries/{delivery.pk}/{page}/"


def summary(client, delivery):
    return client.get(path_of(delivery)).json()["summary"]


def export(client, delivery):
    """The header and the lines of the file."""
    response = client.get(path_of(delivery, "results/export"))
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf"), "with a byte order mark, so that spreadsheets take it for UTF-8"
    header, *lines = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    return header, [dict(zip(header, line, strict=True)) for line in lines]


def test_summary_of_a_delivery(cast, api, delivery):
    for right in (0, 5, 8, 10):
        scoring(delivery, right)
    start(delivery, cast.harbour.learner.membership)
    void_attempt(attempt=scoring(delivery, 1).pk, reason="Copied", actor=cast.staff.account, now=NOW)
    found = summary(api(cast.harbour.instructor), delivery)
    # 100, 500, 740, 900
    assert (found["marked"], found["mean_scaled"], found["pass_rate"]) == (4, 560.0, 50.0)
    assert [bucket["count"] for bucket in found["distribution"]] == [1, 0, 0, 0, 0, 1, 0, 0, 1, 1]
    assert found["distribution"][0] == {"from": 100.0, "to": 180.0, "count": 1}
    assert found["distribution"][9] == {"from": 820.0, "to": 900.0, "count": 1}
    by_domain = {domain["code"]: domain["percent"] for domain in found["domains"]}
    assert by_domain == {"1": 60.0, "2": 55.0}  # 12 and 11 of 20


def test_summary_without_anybody(cast, api, delivery):
    found = summary(api(cast.harbour.instructor), delivery)
    assert (found["marked"], found["mean_scaled"], found["pass_rate"], found["domains"]) == (0, None, None, [])
    assert sum(bucket["count"] for bucket in found["distribution"]) == 0


def test_every_score_is_in_a_bucket_even_one_off_the_scale(cast, api):
    item = make_item(make_bank(cast.harbour.academy), "ONE")
    form = make_form_of([item], kind="table", scale_min=1, scale_max=9, table=[[0, 0], [100, 10]], cut_score=None)
    delivery = make_delivery(form)
    for right in (0, 1):
        scoring(delivery, right)
    found = summary(api(cast.harbour.instructor), delivery)
    counts = [bucket["count"] for bucket in found["distribution"]]
    assert (counts[0], counts[9], sum(counts)) == (1, 1, 2)
    assert found["pass_rate"] is None


def test_export_has_a_line_for_every_attempt(cast, api, delivery):
    scoring(delivery, 8, name="Ána Ñúñez", email="a@example.org")
    start(delivery, MembershipFactory(academy=cast.harbour.academy, user=UserFactory(name="", email="b@example.org")))
    response = api(cast.harbour.instructor).get(path_of(delivery, "results/export"))
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == f'attachment; filename="results-{delivery.pk}.csv"'
    header, (first, second) = export(api(cast.harbour.instructor), delivery)
    assert header[-2:] == ["1 Domain 1 (%)", "2 Domain 2 (%)"]
    assert first == {
        "learner": "Ána Ñúñez",
        "email": "a@example.org",
        "attempt": "1",
        "state": "released",
        "started_at": "2026-03-02T09:00:00+00:00",
        "submitted_at": "2026-03-02T09:00:00+00:00",
        "raw": "8.0000",
        "raw_max": "10.0000",
        "scaled": "740.00",
        "passed": "True",
        "1 Domain 1 (%)": "80.0",
        "2 Domain 2 (%)": "80.0",
    }
    assert (second["learner"], second["state"], second["raw"], second["passed"]) == ("b", "in_progress", "", "")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1"])
def test_cells_that_look_like_formulas_are_disarmed(cast, api, delivery, name):
    scoring(delivery, 1, name=name, email=f"={len(name)}@example.org")
    _, (line,) = export(api(cast.harbour.instructor), delivery)
    assert line["learner"].startswith("'")
    assert line["learner"][1:].strip() == name.strip()
    assert line["email"].startswith("'=")


def test_names_with_commas_quotes_and_line_breaks_stay_in_their_cell(cast, api, delivery):
    scoring(delivery, 1, name='Smith, "Jo"\nJr')
    _, (line,) = export(api(cast.harbour.instructor), delivery)
    assert line["learner"] == 'Smith, "Jo"\nJr'


def test_titles_of_domains_are_disarmed_too(cast, api):
    bank = make_bank(cast.harbour.academy)
    form = make_form_of([make_item(bank, "ONE")])
    Domain.objects.filter(bank=bank, code="1").update(code="-1")
    header, _ = export(api(cast.harbour.instructor), make_delivery(form))
    assert header[-1] == "'-1 Domain 1 (%)"


def test_results_and_file_take_as_many_statements_for_any_number_of_attempts(cast, api, delivery):
    client = api(cast.harbour.instructor)
    for page in ("results", "results/export"):
        counts = []
        for many in (2, 10):
            for _ in range(many):
                scoring(delivery, 3)
            with Statements() as statements:
                response = client.get(path_of(delivery, page))
                _ = response.getvalue()
            counts.append(len(statements))
        assert counts[0] == counts[1], page


@pytest.mark.parametrize("page", ["results", "results/export"])
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("owner", 200),
        ("manager", 200),
        ("instructor", 200),
        ("learner", 403),
        ("foreign_owner", 404),
        ("outsider", 404),
        ("staff", 404),
        ("anonymous", 401),
    ],
)
def test_only_those_who_teach_see_the_results(cast, api, delivery, page, person, status):
    assert api(cast.everybody()[person]).get(path_of(delivery, page)).status_code == status
