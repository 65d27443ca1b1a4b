"""Academies full of learners, deliveries and attempts to measure with, made in few statements."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from academies.models import Academy, Membership
from academies.tenancy.powers import Role
from accounts.models import User
from exams.delivery.actions import start_attempt
from exams.delivery.models import Attempt, Delivery
from exams.delivery.tokens import issue_token
from exams.formats.models import Form
from exams.marking.models import Score
from tests.benchmarks.load import request_of
from tests.factories.academies import AcademyFactory
from tests.factories.exams import make_delivery, make_plain_form

CONNECTIONS = 8
CSRF = secrets.token_hex(16)
_numbers = count(1)


@dataclass(frozen=True, kw_only=True)
class Sitting:
    """An open attempt and the header that authorises it."""

    attempt: Attempt
    headers: dict[str, str]

    def save(self, *, slot: int, sequence: int) -> bytes:
        """The request that saves an answer."""
        body = {"sequence": sequence, "answer": {"choice": "abc"[sequence % 3]}, "flagged": False, "seconds": 12}
        path = f"/api/v1/sittings/{self.attempt.pk}/responses/{slot}/"
        return request_of("PUT", path, body=body, headers=self.headers)

    def submit(self) -> bytes:
        """The request that hands in."""
        return request_of("POST", f"/api/v1/sittings/{self.attempt.pk}/submission/", body={}, headers=self.headers)


def make_academy(slug: str, *, learners: int) -> tuple[Academy, list[Membership]]:
    """An academy and its learners."""
    academy = AcademyFactory(name=slug.title(), slug=slug)
    users = User.objects.bulk_create(
        User(email=f"learner{number}@{slug}.example", name=f"Learner {number}", password="!")
        for number in range(learners)
    )
    members = Membership.objects.bulk_create(
        Membership(academy=academy, user=user, role=Role.LEARNER) for user in users
    )
    return academy, members


def make_form_of(academy: Academy, items: int) -> Form:
    """A form of so many items of single choice."""
    return make_plain_form(academy, items, slug=f"bank-{items}-{next(_numbers)}")


def make_sittings(form: Form, learners: Sequence[Membership]) -> list[Sitting]:
    """One open attempt for each learner."""
    delivery = make_delivery(form, time_limit_seconds=4 * 3600)
    with transaction.atomic():
        attempts = [
            start_attempt(delivery=delivery.pk, actor=learner, now=timezone.now()).attempt for learner in learners
        ]
    return [_sitting(attempt) for attempt in attempts]


def answer_everything(sittings: Iterable[Sitting]) -> None:
    """A saved answer with its step in every slot; what the answers are hardly matters."""
    with connection.cursor() as cursor:
        for sitting in sittings:
            cursor.execute(
                "WITH slots AS (SELECT a.id, a.academy_id, slot FROM exams_attempt a, unnest(a.slot_order) slot "
                "WHERE a.id = %(attempt)s), saved AS ("
                "INSERT INTO exams_response "
                "(academy_id, attempt_id, slot, sequence, answer, flagged, seconds, saved_at) "
                """SELECT academy_id, id, slot, 1, '{"choice": "a"}', false, 12, now() FROM slots) """
                "INSERT INTO exams_attemptstep (academy_id, attempt_id, kind, slot, sequence, body, recorded_at, mac) "
                """SELECT academy_id, id, 'answered', slot, 1, '{"answer": {"choice": "a"}}', now(), """
                "sha256(slot::text::bytea) FROM slots",
                {"attempt": sitting.attempt.pk},
            )


def make_history(form: Form, learners: Sequence[Membership], *, deliveries: int) -> list[Delivery]:
    """Deliveries that every learner has sat, with scores."""
    now = timezone.now()
    offered = [
        make_delivery(form, title=f"Mock exam {number}", created_at=now - timedelta(days=number))
        for number in range(deliveries)
    ]
    order = list(range(1, form.item_count + 1))
    attempts = Attempt.objects.bulk_create(
        Attempt(
            academy_id=form.academy_id,
            delivery=delivery,
            form=form,
            learner_id=learner.user_id,
            number=1,
            state=Attempt.State.RELEASED,
            seed=1,
            slot_order=order,
            open_to=len(order),
            started_at=delivery.created_at,
            submitted_at=delivery.created_at + timedelta(minutes=50),
            deadline_at=delivery.created_at + timedelta(hours=1),
            closed_by=Attempt.ClosedBy.LEARNER,
        )
        for delivery in offered
        for learner in learners
    )
    Score.objects.bulk_create(
        Score(
            academy_id=form.academy_id,
            attempt=attempt,
            fractions=[1.0] * len(order),
            answered=len(order),
            raw=len(order),
            raw_max=len(order),
            scaled=900,
            passed=True,
            conversion_id=form.conversion_id,
            marked_at=attempt.submitted_at,
        )
        for attempt in attempts
    )
    return offered


def signed_in(learner: Membership) -> dict[str, str]:
    """Headers of a browser in which the learner is signed in."""
    client = Client()
    client.force_login(learner.user)
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {"csrftoken": CSRF}
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()), "X-CSRFToken": CSRF}


def settle() -> None:
    """Statistics for the planner, and nothing left to write from what was just made."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


class Answers:
    """An endless supply of answers to save: attempts in turn, slot by slot, each with a higher sequence than before."""

    def __init__(self, sittings: Sequence[Sitting]) -> None:
        self._sittings = sittings
        self._made = 0

    def take(self, count: int) -> Iterator[bytes]:
        """The next requests."""
        for _ in range(count):
            sweep, index = divmod(self._made, len(self._sittings))
            sitting = self._sittings[index]
            items = len(sitting.attempt.slot_order)
            yield sitting.save(slot=sweep % items + 1, sequence=sweep // items + 1)
            self._made += 1


def _sitting(attempt: Attempt) -> Sitting:
    token = issue_token(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id)
    return Sitting(attempt=attempt, headers={"Authorization": f"Attempt {token}"})
