"""Score conversions in the admin: what marking relies on is checked where it is typed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from exams.formats.models import ScoreConversion
from tests.cast import Cast
from tests.exams.bank.test_admin import signed_in, staff, text_of, url
from tests.factories.exams import make_conversion, make_plain_form

__all__ = ["staff"]


def typed(cast: Cast, **fields: Any) -> dict[str, Any]:
    return {
        "academy": cast.harbour.academy.pk,
        "name": "Bands",
        "version": 1,
        "kind": "table",
        "label": "Band",
        "scale_min": "1",
        "scale_max": "9",
        "step": "0.5",
        "cut_score": "",
        "rows": "0 1\n 50  5.5\n\n80 9",
        **fields,
    }


def test_a_table_is_typed_as_lines(cast: Cast, staff: Client) -> None:
    assert staff.post(url(ScoreConversion, "add"), typed(cast)).status_code == 302
    conversion = ScoreConversion.objects.get()
    assert conversion.table == [["0", "1"], ["50", "5.5"], ["80", "9"]]
    shown = text_of(staff.get(url(ScoreConversion, "change", conversion.pk)))
    assert "50 5.5" in shown
    assert staff.post(url(ScoreConversion, "change", conversion.pk), typed(cast, rows="0 2")).status_code == 302
    conversion.refresh_from_db()
    assert conversion.table == [["0", "2"]]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"rows": ""}, "A table needs its lines"),
        ({"kind": "linear"}, "a linear conversion has none"),
        ({"rows": "0 1\n0 2"}, "The lines must rise: 0 2 stands after 0 1."),
        ({"rows": "0 1\n50 12"}, "outside 0 to 100 percent or outside the scale"),
        ({"rows": "0 1\n101 5"}, "outside 0 to 100 percent or outside the scale"),
        ({"rows": "0"}, "is not two numbers"),
        ({"rows": "0 one"}, "is not two numbers"),
        ({"rows": "0 NaN"}, "is not two numbers"),
        ({"rows": "0 1 2"}, "is not two numbers"),
        ({"rows": "0 1e999999999"}, "is not two numbers"),
        ({"rows": "1e-999999999 5"}, "is not two numbers"),
        ({"scale_min": "9"}, "above the lowest score"),
        ({"cut_score": "10"}, "outside the scale"),
        ({"step": "0"}, "must be above 0"),
        ({"scale_min": "x"}, "Enter a number"),
    ],
)
def test_what_marking_could_not_use_is_refused(cast: Cast, staff: Client, fields: dict[str, str], words: str) -> None:
    assert words in text_of(staff.post(url(ScoreConversion, "add"), typed(cast, **fields)))
    assert not ScoreConversion.objects.exists()


def test_one_that_is_used_is_looked_at(cast: Cast, staff: Client) -> None:
    used = make_plain_form(cast.harbour.academy, 1).conversion
    page = url(ScoreConversion, "change", used.pk)
    assert "in steps of" in text_of(staff.get(page))
    assert staff.post(page, typed(cast)).status_code == 403
    assert staff.post(url(ScoreConversion, "delete", used.pk), {"post": "yes"}).status_code == 403
    free = make_conversion(cast.harbour.academy, name="Free")
    assert staff.post(url(ScoreConversion, "delete", free.pk), {"post": "yes"}).status_code == 302


def test_a_table_is_shown_as_one(cast: Cast) -> None:
    form = make_plain_form(cast.harbour.academy, 1)
    ScoreConversion.objects.filter(pk=form.conversion_id).update(kind="table", table=[["0", "1"], ["50", "5.5"]])
    shown = text_of(signed_in(cast.staff.account).get(url(ScoreConversion, "change", form.conversion_id)))
    assert "<td>50 %</td><td>5.5</td>" in shown
    assert reverse("admin:exams_scoreconversion_changelist") in shown
