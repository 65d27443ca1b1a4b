"""Where the time went, on the learner's own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.exams.statements import Statements
from tests.factories.practice import marked, versions_of
from tests.factories.rollups import count_days

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/insights/time/"


def ask(cast, api, query=""):
    count_days()
    answer = api(cast.harbour.learner).get(PATH + query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_days_sources_and_pace(cast, api, bank):
    member, now = cast.harbour.learner.membership, timezone.now() - timedelta(days=2)
    versions = versions_of(bank)
    marked(member, versions[:4], fractions=[1, 0, 1, 0], seconds=20, now=now)
    marked(member, versions[4:6], source="study", seconds=50, now=now - timedelta(days=3))
    found = ask(cast, api)
    assert found["seconds"] == 180
    assert [day["seconds"] for day in found["days"]] == [100, 80]
    assert found["sources"] == [{"source": "practice", "seconds": 80}, {"source": "study", "seconds": 100}]
    assert [(each["domain"]["code"], each["right"], each["wrong"]) for each in found["pace"]] == [
        ("1", {"answers": 3, "seconds_mean": 30.0}, {"answers": 0, "seconds_mean": None}),
        ("2", {"answers": 1, "seconds_mean": 50.0}, {"answers": 2, "seconds_mean": 20.0}),
    ]


def test_the_week_is_on_the_learners_clock(cast, api, bank):
    member = cast.harbour.learner.membership
    member.user.time_zone = "Pacific/Auckland"
    member.user.save()
    # Monday evening in UTC is Tuesday morning in Auckland.
    at = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    marked(member, versions_of(bank)[:2], now=at, local_date="2026-03-03")
    assert ask(cast, api, "?period=all")["week"] == [{"weekday": 2, "part": "morning", "answers": 2, "seconds": 60}]


def test_the_period_and_the_bank_limit_it(cast, api, bank):
    member, now = cast.harbour.learner.membership, timezone.now()
    versions = versions_of(bank)
    marked(member, versions[:2], now=now - timedelta(days=40))
    marked(member, versions[2:5], now=now - timedelta(days=10))
    counts = {period: ask(cast, api, f"?period={period}") for period in ("7", "30", "90", "all")}
    assert [found["seconds"] for found in counts.values()] == [0, 90, 150, 150]
    assert [sum(part["answers"] for part in found["week"]) for found in counts.values()] == [0, 3, 5, 5]
    assert ask(cast, api, f"?period=all&bank={cast.harbour.academy.pk}")["seconds"] == 0
    assert counts["all"]["from"] is None


def test_what_an_exam_has_not_shown_stays_out_of_the_pace(cast, api, bank):
    marked(cast.harbour.learner.membership, versions_of(bank)[:2], now=timezone.now(), is_open=False)
    found = ask(cast, api)
    assert found["pace"] == []
    assert found["week"][0]["answers"] > 0


def test_others_are_not_counted(cast, api, bank):
    marked(cast.harbour.other_learner.membership, versions_of(bank)[:2], now=timezone.now())
    found = ask(cast, api)
    assert (found["seconds"], found["days"], found["week"], found["pace"]) == (0, [], [], [])


@pytest.mark.parametrize("query", ["?period=31", "?bank=x", "?period=-1"])
def test_nonsense_is_refused(cast, api, query):
    assert api(cast.harbour.learner).get(PATH + query).status_code == 400


def test_more_answers_cost_no_more_statements(cast, api, bank):
    client, counts = api(cast.harbour.learner), []
    client.get(PATH)
    for size in (2, 20):
        marked(cast.harbour.learner.membership, versions_of(bank)[:size], now=timezone.now() - timedelta(days=size))
        count_days()
        with Statements() as statements:
            client.get(PATH)
        counts.append(len(statements))
    assert counts[0] == counts[1]
