"""The exams of the demonstration: packs, deliveries and a class that has sat one of them. Made through the same actions
as real use; a second call changes nothing.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random
from typing import Any

from academies.models import Cohort, Membership
from academies.roster.actions import add_to_cohort
from academies.tenancy.actions import house_academy, join_academy
from academies.tenancy.powers import Role
from accounts.models import User
from exams.delivery.actions import start_attempt
from exams.delivery.autosave import save_response
from exams.delivery.models import Attempt, Delivery
from exams.delivery.offering import create_delivery, grant_accommodation
from exams.delivery.paper import paper_of
from exams.delivery.tokens import AttemptClaim
from exams.demo_answers import right_answer, wrong_answer
from exams.formats.models import Blueprint, Form
from exams.interchange.packs import load_pack
from exams.marking.actions import submit_and_mark

PACKS = ("security_foundations", "academic_reading")

FULL_MOCK = "Security Foundations: full mock exam"
SHORT_TEST = "Security Foundations: short test"
READING = "Academic reading, paper 1"
FINAL = "Security Foundations: end of term exam"

CLASSMATES = (
    "Amara Okafor",
    "Bruno Keller",
    "Chiara Moretti",
    "Daniel Brandt",
    "Elif Yilmaz",
    "Farid Haddad",
    "Greta Lindqvist",
    "Hana Suzuki",
    "Ivan Petrov",
    "Joana Martins",
    "Kofi Mensah",
    "Laila Rahman",
    "Mateo Vargas",
    "Nora Eklund",
)


def seed_exams(*, now: datetime, say: Callable[[str], None]) -> None:
    """Packs into the house academy; deliveries and results into Harbour, one delivery into Meridian."""
    for pack in PACKS:
        say(f"Content pack {pack}")
        load_pack(name=pack, academy=house_academy(), actor=None, now=now)
    instructor = Membership.objects.select_related("academy", "user").get(
        academy__slug="harbour", role=Role.INSTRUCTOR, user__email="instructor@harbour.example"
    )
    say("Deliveries")
    short = _offer(
        SHORT_TEST, instructor, now=now - timedelta(days=12), blueprint="security-foundations-short", attempts_allowed=5
    )
    _offer(
        FULL_MOCK, instructor, now=now - timedelta(days=2), blueprint="security-foundations-full", attempts_allowed=3
    )
    _offer(
        READING,
        instructor,
        now=now - timedelta(days=1),
        form="academic-reading-1",
        attempts_allowed=3,
        display="section",
        shuffle_items=False,
        shuffle_options=False,
    )
    _offer(
        FINAL,
        instructor,
        now=now,
        blueprint="security-foundations-full",
        opens_at=now + timedelta(days=14),
        closes_at=now + timedelta(days=16),
        review_when=Delivery.ReviewWhen.ON_RELEASE,
    )
    _seat_class(short, instructor, now=now, say=say)
    owner = Membership.objects.select_related("academy", "user").get(
        academy__slug="meridian", user__email="instructor@meridian.example"
    )
    _offer(SHORT_TEST, owner, now=now, blueprint="security-foundations-short", attempts_allowed=3)


def _offer(
    title: str, actor: Membership, *, now: datetime, blueprint: str = "", form: str = "", **conditions: Any
) -> Delivery:
    existing = Delivery.objects.for_academy(actor.academy).filter(title=title).first()
    if existing is not None:
        return existing
    house = house_academy()
    return create_delivery(
        title=title,
        actor=actor,
        now=now,
        seed=2026 if blueprint else None,
        blueprint=Blueprint.objects.get(academy=house, slug=blueprint).pk if blueprint else None,
        form=Form.objects.filter(academy=house, code=form).order_by("-created_at")[0].pk if form else None,
        **conditions,
    )


def _seat_class(delivery: Delivery, actor: Membership, *, now: datetime, say: Callable[[str], None]) -> None:
    """A class of classmates sits the short test, each with an ability of their own; Lena sits it, too."""
    if delivery.attempts.exists():
        return
    say("A class that has sat the short test")
    random = Random(60)
    learners = [_classmate(name, actor, now=now) for name in CLASSMATES]
    cohort = Cohort.objects.for_academy(actor.academy).order_by("name").first()
    if cohort is not None:
        add_to_cohort(cohort=cohort, members=learners, actor=actor.user, now=now)
    lena = Membership.objects.select_related("academy", "user").get(
        academy=actor.academy, user__email="learner@harbour.example"
    )
    luis = Membership.objects.get(academy=actor.academy, user__email="learner2@harbour.example")
    grant_accommodation(
        member=luis.pk,
        time_factor="1.25",
        extra_attempts=0,
        note="25 % more time, agreed with the academy.",
        delivery=None,
        actor=actor,
        now=now,
    )
    for number, learner in enumerate([*learners, lena]):
        _sit(
            delivery,
            learner,
            ability=random.uniform(0.45, 0.95),
            began_at=now - timedelta(days=10 - number % 7, minutes=17 * number),
            random=random,
        )


def _classmate(name: str, actor: Membership, *, now: datetime) -> Membership:
    email = f"{name.lower().replace(' ', '.')}@harbour.example"
    user = User.objects.filter(email=email).first() or User.objects.create_user(email, name=name)
    return join_academy(academy=actor.academy, user=user, role=Role.LEARNER, actor=actor.user, now=now)


def _sit(delivery: Delivery, learner: Membership, *, ability: float, began_at: datetime, random: Random) -> Attempt:
    attempt = start_attempt(delivery=delivery.pk, actor=learner, now=began_at).attempt
    claim = AttemptClaim(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id)
    clock = began_at
    for sequence, slot in enumerate(paper_of(attempt.form_id).slots, start=1):
        seconds = random.randint(20, 95)
        clock += timedelta(seconds=seconds)
        answer = right_answer(slot) if random.random() < ability else wrong_answer(slot)
        save_response(
            claim=claim,
            slot=slot.number,
            sequence=sequence,
            answer=answer,
            flagged=random.random() < 0.1,
            seconds=seconds,
            now=clock,
        )
    return submit_and_mark(claim=claim, now=clock + timedelta(seconds=30))
