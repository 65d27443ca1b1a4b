"""A request with an Idempotency-Key is carried out once, whatever happens in between."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.idempotency.actions import KEPT, forget_old_keys
from accounts.models import IdempotencyKey, User
from tests.http.problem import csrf, problem

MAKING = "/api/v1/making/"
KEY = "01890a5d-ac96-774b-bcce-b302099a8057"


def make(browser: Client, name: str = "Grace", key: str | None = KEY, path: str = MAKING) -> Any:
    headers = csrf(browser) if key is None else {**csrf(browser), "Idempotency-Key": key}
    return browser.post(path, {"name": name}, content_type="application/json", headers=headers)


def made() -> int:
    return User.objects.filter(email__endswith="@made.example").count()


@pytest.mark.django_db
def test_a_repeated_request_gets_the_first_answer_and_makes_nothing(browser: Client) -> None:
    first, second = make(browser), make(browser)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json() == {"people": 1}
    assert second.headers["Idempotency-Replayed"] == "true"
    assert made() == 1


@pytest.mark.django_db
def test_another_key_is_another_intention(browser: Client) -> None:
    make(browser)
    assert make(browser, key="another-key").json() == {"people": 2}


@pytest.mark.django_db
def test_the_key_of_somebody_else_is_another_intention(browser: Client) -> None:
    make(browser)
    other = Client()
    other.force_login(User.objects.create_user("eve@harbour.example"))
    assert make(other).json() == {"people": 2}


@pytest.mark.django_db
def test_without_a_key_each_request_counts(browser: Client) -> None:
    make(browser, key=None)
    assert make(browser, key=None).json() == {"people": 2}


@pytest.mark.django_db
def test_the_same_key_with_another_body_is_422(browser: Client) -> None:
    make(browser)
    problem(make(browser, name="Eve"), 422, "idempotency_key_reused")
    assert made() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "x" * 256, "with space", "é"])
def test_a_malformed_key_is_refused(browser: Client, key: str) -> None:
    body = problem(make(browser, key=key), 400, "validation_error")
    assert body["errors"][0]["field"] == "Idempotency-Key"


@pytest.mark.django_db
def test_a_refusal_is_not_kept_and_leaves_nothing_behind(browser: Client) -> None:
    for _ in range(2):
        problem(make(browser, name="refused"), 409, "cupboard_bare")
    assert made() == 0
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
def test_a_crash_between_the_work_and_the_answer_leaves_neither(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(**_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as broken:
        broken.setattr("accounts.idempotency.views.keep_answer", crash)
        problem(make(browser), 500, "server_error")
    assert made() == 0
    assert make(browser).json() == {"people": 1}


@pytest.mark.django_db
def test_a_key_counts_for_a_day(browser: Client) -> None:
    make(browser)
    IdempotencyKey.objects.update(created_at=timezone.now() - KEPT - timedelta(seconds=1))
    assert make(browser).json() == {"people": 2}
    assert make(browser).json() == {"people": 2}
    assert IdempotencyKey.objects.count() == 1


@pytest.mark.django_db
def test_old_keys_are_forgotten(browser: Client) -> None:
    make(browser)
    assert forget_old_keys(now=timezone.now()) == 0
    assert forget_old_keys(now=timezone.now() + KEPT + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_it_costs_two_statements(browser: Client) -> None:
    make(browser, key=None)
    with CaptureQueriesContext(connection) as without:
        make(browser, key=None)
    with CaptureQueriesContext(connection) as with_key:
        make(browser)
    extra = [query["sql"] for query in with_key if "SAVEPOINT" not in query["sql"]]
    assert len(extra) == len([query for query in without if "SAVEPOINT" not in query["sql"]]) + 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_and_both_get_the_same_answer(browser: Client, person: User) -> None:
    def click(_: int) -> tuple[int, dict[str, Any]]:
        own = Client()
        own.cookies = browser.cookies
        try:
            response = make(own, name="slow")
            return response.status_code, json.loads(response.content)
        finally:
            connection.close()

    csrf(browser)
    with ThreadPoolExecutor(max_workers=4) as pool:
        answers = list(pool.map(click, range(4)))
    assert answers == [(201, {"people": 1})] * 4
    assert made() == 1


@pytest.mark.django_db(transaction=True)
def test_who_waits_too_long_is_told_that_it_is_in_progress(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.idempotency.views._PAUSES_SECONDS", (0.01,))

    def click() -> int:
        own = Client()
        own.cookies = browser.cookies
        try:
            return int(make(own, name="slow").status_code)
        finally:
            connection.close()

    csrf(browser)
    with ThreadPoolExecutor(max_workers=2) as pool:
        codes = sorted(future.result() for future in [pool.submit(click), pool.submit(click)])
    assert codes == [201, 409]
    assert made() == 1
