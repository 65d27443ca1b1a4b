"""Processes that die without warning lose nothing that they had acknowledged, and leave nothing half done."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import httpx
import pytest
from django.utils import timezone

from accounts.models import JournalEntry
from exams.delivery.actions import close_overdue_attempts
from exams.delivery.models import Attempt, AttemptStep, Response
from exams.delivery.steps import verify_steps
from exams.marking.actions import mark_submitted_attempts
from exams.marking.models import Score
from tests.exams.servers import free_port, kill, web, worker
from tests.factories.academies import MembershipFactory
from tests.factories.exams import answer, make_delivery, make_plain_form, start, token_of

pytestmark = [pytest.mark.crash, pytest.mark.django_db(transaction=True)]

SLOTS = 10
# So many answers are under way before the server dies.
ENOUGH = 150


def attempts_of(cast, count, *, now):
    delivery = make_delivery(make_plain_form(cast.harbour.academy, SLOTS))
    return [start(delivery, MembershipFactory(academy=cast.harbour.academy), now=now) for _ in range(count)]


def intact(attempt):
    steps = AttemptStep.objects.filter(attempt=attempt).order_by("id")
    return verify_steps(attempt=Attempt.objects.get(pk=attempt.pk), steps=steps).is_intact


class Typist:
    """Saves answers over HTTP until the server is gone, and remembers what was acknowledged."""

    def __init__(self, attempt, port):
        self.attempt, self.acknowledged = attempt, {}
        self.url = f"http://127.0.0.1:{port}/api/v1/sittings/{attempt.pk}/responses/"
        self.headers = {"Authorization": token_of(attempt)["HTTP_AUTHORIZATION"]}
        self.sequence = 0

    def type_until_it_breaks(self, *, most):
        with httpx.Client(headers=self.headers, timeout=5) as client:
            for _ in range(most):
                self.sequence += 1
                slot, choice = self.sequence % SLOTS + 1, "abc"[self.sequence % 3]
                try:
                    saved = client.put(
                        f"{self.url}{slot}/", json={"sequence": self.sequence, "answer": {"choice": choice}}
                    )
                except httpx.TransportError:
                    return
                assert saved.status_code == 200, saved.text
                self.acknowledged[slot] = (self.sequence, choice)

    def lost(self):
        """Acknowledged answers that the database does not have (or something newer, whose receipt was lost)."""
        held = {row.slot: (row.sequence, row.answer["choice"]) for row in Response.objects.filter(attempt=self.attempt)}
        return {slot: saved for slot, saved in self.acknowledged.items() if held.get(slot, (0, ""))[0] < saved[0]}


def test_an_acknowledged_answer_survives_the_death_of_the_web_server(cast):
    port = free_port()
    typists = [Typist(attempt, port) for attempt in attempts_of(cast, 6, now=timezone.now())]
    with ThreadPoolExecutor(max_workers=len(typists)) as pool:
        with web(port) as server:
            typing = [pool.submit(typist.type_until_it_breaks, most=100_000) for typist in typists]
            deadline = time.monotonic() + 15
            while sum(typist.sequence for typist in typists) < ENOUGH:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            kill(server)
            for one in typing:
                one.result(timeout=20)
        before = sum(typist.sequence for typist in typists)
        assert [typist.lost() for typist in typists] == [{}] * len(typists)
        with web(port):
            for one in [pool.submit(typist.type_until_it_breaks, most=20) for typist in typists]:
                one.result(timeout=20)
    assert sum(typist.sequence for typist in typists) == before + 20 * len(typists)
    assert [typist.lost() for typist in typists] == [{}] * len(typists)
    for typist in typists:
        held = {row.slot: row.sequence for row in Response.objects.filter(attempt=typist.attempt)}
        logged = AttemptStep.objects.filter(attempt=typist.attempt, kind="answered").order_by("id")
        assert {step.slot: step.sequence for step in logged} == held
        assert intact(typist.attempt)


@pytest.mark.parametrize(
    ("work", "state"),
    [
        ("from exams.delivery.actions import close_overdue_attempts as work", "submitted"),
        ("from exams.marking.actions import mark_submitted_attempts as work", "released"),
    ],
    ids=["closing", "marking"],
)
def test_a_worker_that_dies_leaves_what_the_next_one_finishes_exactly_once(cast, work, state):
    now = timezone.now()
    attempts = attempts_of(cast, 80, now=now - timedelta(hours=2))
    for attempt in attempts:
        answer(attempt, 1, {"choice": "a"}, now=attempt.started_at)
    if state == "released":
        assert close_overdue_attempts(now=now) == len(attempts)

    with worker(f"{work}\nfrom django.utils import timezone\nwork(now=timezone.now())") as process:
        deadline = time.monotonic() + 20
        while Attempt.objects.filter(state=state).count() < 5:
            assert process.poll() is None, "it was done before it could be killed"
            assert time.monotonic() < deadline
        kill(process)
    assert 5 <= Attempt.objects.filter(state=state).count() < len(attempts), "it died in the middle"

    # What the dead process had locked is free as soon as the database has noticed.
    deadline = time.monotonic() + 10
    while Attempt.objects.exclude(state="released").exists():
        close_overdue_attempts(now=now)
        mark_submitted_attempts(now=now)
        assert time.monotonic() < deadline
    for attempt in attempts:
        about = JournalEntry.objects.filter(subject_id=str(attempt.pk))
        kinds = sorted(about.exclude(kind="exams.attempt_started").values_list("kind", flat=True))
        assert kinds == ["exams.attempt_marked", "exams.attempt_submitted"]
        assert AttemptStep.objects.filter(attempt=attempt, kind="submitted").count() == 1
        assert Score.objects.get(attempt=attempt).raw == 1
        assert intact(attempt)
