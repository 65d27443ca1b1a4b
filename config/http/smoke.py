"""The steps of a learner's journey over HTTP, for `manage.py smoke`."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx

API = "/api/v1"
SIGN_IN = "/_allauth/browser/v1/auth"
_SHOWN_BODY = 300
_CSRF_COOKIE = re.compile(r'name="csrf-cookie" content="([\w-]+)"')


class Failure(Exception):
    """A step that did not go as it should: its name, the status and the problem."""


@dataclass
class Journey:
    """One journey. `say` gets a line for each step; `intention` is the idempotency key of the start."""

    client: httpx.Client
    say: Callable[[str], object]
    intention: str
    headers: dict[str, str] = field(default_factory=dict)
    # The front page says another name.
    csrf_cookie: str = "csrftoken"

    def go(self, *, email: str, password: str, academy: str, submit: bool) -> None:
        """All steps in order. Raises Failure at the first that goes wrong."""
        self._open_the_site()
        self._sign_in(email, password)
        me = self._step("who am I", "GET", f"{API}/me/").json()
        home = f"{API}/academies/{_academy(me, academy)}"
        sitting = self._start(home)
        self._answer(sitting, home)
        if submit:
            self._submit(sitting)
        # allauth answers a sign-out with 401: no longer authenticated.
        self._step("sign out", "DELETE", f"{SIGN_IN}/session", expected=(200, 401))
        self._step("signed out", "GET", f"{API}/me/", expected=(401,))

    def _open_the_site(self) -> None:
        self._step("health", "GET", "/health")
        page = self._step("front page", "GET", "/", headers={"Accept": "text/html"})
        if "__CSP_NONCE__" in page.text or '<div id="root">' not in page.text:
            raise Failure("front page: this is not the built front end")
        if named := _CSRF_COOKIE.search(page.text):
            self.csrf_cookie = named[1]
        self._step("session", "GET", f"{API}/session/")
        if self.csrf_cookie not in self.client.cookies:
            raise Failure("session: no CSRF cookie came with it")

    def _sign_in(self, email: str, password: str) -> None:
        self._step("sign in", "POST", f"{SIGN_IN}/login", json={"email": email, "password": password})

    def _start(self, home: str) -> dict[str, Any]:
        assigned = self._step("assigned exams", "GET", f"{home}/assigned/").json()["results"]
        chosen = next((each for state in ("in_progress", "open") for each in assigned if each["state"] == state), None)
        if chosen is None:
            raise Failure("assigned exams: none is open for this learner")
        self._step("instructions", "GET", f"{home}/assigned/{chosen['id']}/")
        started = self._step(
            "start or resume",
            "POST",
            f"{home}/assigned/{chosen['id']}/attempts/",
            expected=(200, 201),
            json={},
            headers={"Idempotency-Key": self.intention},
        )
        sitting: dict[str, Any] = started.json()
        return sitting

    def _answer(self, sitting: dict[str, Any], home: str) -> None:
        attempt = sitting["attempt"]["id"]
        item = _answerable(sitting)
        slot = str(item["slot"])
        answer = example_answer(item)
        sequence = max((each["sequence"] for each in sitting["responses"].values()), default=0) + 1
        saved = self._step(
            "save an answer",
            "PUT",
            f"{API}/sittings/{attempt}/responses/{slot}/",
            json={"sequence": sequence, "answer": answer, "flagged": False, "seconds": 1},
            headers={"Authorization": f"Attempt {sitting['token']}"},
        ).json()
        if saved.get("saved") is not True:
            raise Failure(f"save an answer: the server did not confirm it: {saved}")
        again = self._step("reload", "GET", f"{home}/attempts/{attempt}/sitting/").json()
        if again["responses"].get(slot, {}).get("answer") != answer:
            raise Failure("reload: the answer is not there")

    def _submit(self, sitting: dict[str, Any]) -> None:
        attempt = sitting["attempt"]["id"]
        self._step(
            "submit",
            "POST",
            f"{API}/sittings/{attempt}/submission/",
            json={},
            headers={"Authorization": f"Attempt {sitting['token']}"},
        )

    def _step(
        self,
        name: str,
        method: str,
        path: str,
        *,
        expected: tuple[int, ...] = (200,),
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx.Response:
        """One request. Raises Failure for no answer and for a status that is not expected."""
        sent = dict(headers or {})
        if method != "GET":
            sent["X-CSRFToken"] = self.client.cookies.get(self.csrf_cookie) or ""
            sent["Referer"] = str(self.client.base_url)
        started = perf_counter()
        try:
            response = self.client.request(method, path, headers=sent, **more)
        except httpx.HTTPError as error:
            raise Failure(f"{name}: no answer ({type(error).__name__}: {error})") from error
        took = (perf_counter() - started) * 1000
        if response.status_code not in expected:
            raise Failure(f"{name}: {method} {path} answered {response.status_code}: {_problem(response)}")
        self.say(f"{name:<18} {response.status_code} {took:7.1f} ms")
        return response


def example_answer(item: dict[str, Any]) -> dict[str, Any]:
    """Some answer to an item, in the form that its type wants."""
    question = item["question"]
    match item["type"]:
        case "single_choice" | "true_false_not_given":
            return {"choice": question["options"][0]["id"]}
        case "multiple_choice":
            return {"choices": [option["id"] for option in question["options"][: question.get("select") or 1]]}
        case "matching":
            return {"pairs": {question["prompts"][0]["id"]: question["options"][0]["id"]}}
        case "ordering":
            return {"order": [option["id"] for option in question["options"]]}
        case "gap_fill":
            return {"gaps": {question["gaps"][0]["id"]: (question.get("choices") or ["word"])[0]}}
        case "numeric":
            return {"number": "1", "unit": (question.get("units") or [question.get("unit")])[0]}
        case _:
            return {"text": "word"}


def _answerable(sitting: dict[str, Any]) -> dict[str, Any]:
    positions = sitting["open_positions"]
    items: list[dict[str, Any]] = sitting["items"]
    for item in items:
        if positions["first"] <= item["position"] <= positions["last"]:
            return item
    raise Failure("start or resume: no item can be answered now")


def _academy(me: dict[str, Any], wanted: str) -> str:
    slugs = [each["slug"] for each in me["academies"] if "sit_exams" in each["powers"]]
    if wanted:
        return wanted
    if not slugs:
        raise Failure("who am I: this person sits no exams anywhere")
    return str(slugs[0])


def _problem(response: httpx.Response) -> str:
    try:
        body = response.json()
    except ValueError:
        return response.text[:_SHOWN_BODY]
    if not isinstance(body, dict):
        return response.text[:_SHOWN_BODY]
    said = f"{body.get('code', '')} {body.get('detail', '')}".strip()
    return f"{said} (request {body.get('request_id') or '?'})" if said else response.text[:_SHOWN_BODY]
