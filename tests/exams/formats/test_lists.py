"""The lists that deliveries are made from."""

import pytest

from tests.exams.statements import Statements
from tests.factories.exams import make_bank, make_blueprint, make_form_of, make_item, make_plain_form

pytestmark = pytest.mark.django_db

BLUEPRINTS = "/api/v1/academies/harbour/blueprints/"
FORMS = "/api/v1/academies/harbour/forms/"


def test_instructor_sees_what_the_forms_of_a_blueprint_contain(cast, api):
    bank = make_bank(cast.harbour.academy)
    blueprint = make_blueprint(
        bank, [("1", "", "", 4), ("2", "easy", "", 2)], [("1", "hard", "", 1)], time_limit_seconds=600
    )
    (row,) = api(cast.harbour.instructor).get(BLUEPRINTS).json()["results"]
    assert row["id"] == str(blueprint.pk)
    assert row["item_count"] == 7
    assert row["time_limit_seconds"] == 600
    assert [(section["title"], section["item_count"]) for section in row["sections"]] == [("Part 1", 6), ("Part 2", 1)]
    assert [(domain["code"], domain["count"]) for domain in row["domains"]] == [("1", 5), ("2", 2)]


def test_shared_blueprints_of_the_house_are_listed_and_those_of_others_are_not(cast, api):
    make_blueprint(make_bank(cast.house, slug="shared", is_shared=True), title="Shared")
    make_blueprint(make_bank(cast.house, slug="private"), title="Private")
    make_blueprint(make_bank(cast.meridian.academy), title="Foreign")
    make_blueprint(make_bank(cast.harbour.academy), title="Own")
    rows = api(cast.harbour.owner).get(BLUEPRINTS).json()["results"]
    assert [row["title"] for row in rows] == ["Own", "Shared"]


def test_lists_are_searched_by_title(cast, api):
    bank = make_bank(cast.harbour.academy)
    for title in ("Networks", "Security"):
        make_blueprint(bank, title=title)
        make_form_of([make_item(bank, title)], title=title)
    client = api(cast.harbour.instructor)
    for path in (BLUEPRINTS, FORMS):
        assert [row["title"] for row in client.get(path, {"search": "secur"}).json()["results"]] == ["Security"]


def test_a_form_says_whether_a_person_put_it_together(cast, api):
    form = make_plain_form(cast.harbour.academy, 3)
    (row,) = api(cast.harbour.instructor).get(FORMS).json()["results"]
    assert (row["id"], row["item_count"], row["is_fixed"]) == (str(form.pk), 3, True)


@pytest.mark.parametrize("path", [BLUEPRINTS, FORMS])
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
def test_only_those_who_teach_see_the_lists(cast, api, path, person, status):
    assert api(cast.everybody()[person]).get(path).status_code == status


@pytest.mark.parametrize("path", [BLUEPRINTS, FORMS])
def test_lists_take_as_many_statements_for_any_length(cast, api, path):
    bank = make_bank(cast.harbour.academy)
    item = make_item(bank, "ONE")
    client = api(cast.harbour.instructor)
    counts = []
    for rows in (2, 10):
        for _ in range(rows):
            make_blueprint(bank, [("1", "", "", 1), ("2", "", "", 1)], [("1", "", "", 2)])
            make_form_of([item])
        with Statements() as statements:
            assert client.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
