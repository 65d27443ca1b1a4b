"""The routes of exams: who gets what, and how their lists grow."""

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from exams.delivery.models import Accommodation, Attempt, Delivery
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection
from exams.marking.actions import submit_and_mark
from tests.architecture.access import Access, Given, access, harbour, members_only
from tests.cast import Cast
from tests.factories.academies import MembershipFactory
from tests.factories.accounts import UserFactory
from tests.factories.exams import claim_of, make_delivery, make_one_of_each, make_plain_form, start, token_of


def a_delivery(cast: Cast) -> Given:
    """A delivery of Harbour."""
    return _about(make_delivery(make_one_of_each(cast.harbour.academy)))


def a_running_attempt(cast: Cast) -> Given:
    """Harbour's learner sits a delivery."""
    return _attempt(_running(cast))


def a_marked_attempt(cast: Cast) -> Given:
    """Harbour's learner has handed in, and may see the result."""
    attempt = _running(cast)
    submit_and_mark(claim=claim_of(attempt), now=timezone.now())
    return _attempt(attempt)


def a_paused_attempt(cast: Cast) -> Given:
    """Harbour's learner is paused."""
    attempt = _running(cast)
    attempt.pause(message="Fire drill", now=timezone.now())
    return _attempt(attempt)


def an_accommodation(cast: Cast) -> Given:
    """More time for Harbour's learner."""
    held = Accommodation.objects.create(
        academy=cast.harbour.academy, member=cast.harbour.learner.membership, time_factor="1.5"
    )
    return Given(path={"slug": "harbour", "accommodation": held.pk})


def with_body(given: Callable[[Cast], Given], body: object) -> Callable[[Cast], Given]:
    """The same with a body."""
    return lambda cast: replace(given(cast), body=body)


def a_new_delivery(cast: Cast) -> Given:
    """What creating a delivery takes."""
    form = make_one_of_each(cast.harbour.academy)
    return Given(path={"slug": "harbour"}, body={"title": "New", "form": str(form.pk)})


def a_new_accommodation(cast: Cast) -> Given:
    """What granting an accommodation takes."""
    return Given(
        path={"slug": "harbour"}, body={"member": str(cast.harbour.learner.membership.pk), "time_factor": "1.25"}
    )


def a_regrade(cast: Cast) -> Given:
    """What a regrade takes."""
    delivery = make_delivery(make_one_of_each(cast.harbour.academy))
    return Given(path={"slug": "harbour"}, body={"delivery": str(delivery.pk)})


def with_token(given: Callable[[Cast], Given], body: object, **path: object) -> Callable[[Cast], Given]:
    """A request of the sitting lane: whoever bears the learner's token is the learner."""

    def made(cast: Cast) -> Given:
        found = given(cast)
        attempt = Attempt.objects.get(pk=found.path["attempt"])
        token = token_of(attempt)["HTTP_AUTHORIZATION"]
        return Given(path={"attempt": attempt.pk, **path}, body=body, headers={"Authorization": token})

    return made


def bearer(given: Callable[[Cast], Given], body: object, **path: object) -> Access:
    """A line of the sitting lane: the token counts, and nothing else."""
    return access(
        owner=200,
        manager=200,
        instructor=200,
        learner=200,
        foreign_owner=200,
        outsider=200,
        staff=200,
        anonymous=200,
        given=with_token(given, body, **path),
    )


def for_learners(status: int = 200, *, given: Callable[[Cast], Given] = harbour) -> Access:
    """A line of those who sit exams."""
    return members_only(owner=403, manager=403, instructor=403, learner=status, given=given)


def for_teachers(status: int = 200, *, given: Callable[[Cast], Given] = harbour) -> Access:
    """A line of those who teach."""
    return members_only(owner=status, manager=status, instructor=status, learner=403, given=given)


_ACADEMY = "/api/v1/academies/{slug}"
_REASON = {"reason": "Fire drill"}

TABLE: dict[str, Access] = {
    f"GET {_ACADEMY}/assigned/": for_learners(),
    f"GET {_ACADEMY}/assigned/{{delivery}}/": for_learners(given=a_delivery),
    f"POST {_ACADEMY}/assigned/{{delivery}}/attempts/": for_learners(201, given=with_body(a_delivery, {})),
    f"GET {_ACADEMY}/attempts/": for_learners(),
    f"GET {_ACADEMY}/attempts/{{attempt}}/": members_only(given=a_running_attempt),
    f"GET {_ACADEMY}/attempts/{{attempt}}/sitting/": for_learners(given=a_running_attempt),
    f"GET {_ACADEMY}/attempts/{{attempt}}/result/": members_only(given=a_marked_attempt),
    f"GET {_ACADEMY}/attempts/{{attempt}}/review/": members_only(given=a_marked_attempt),
    f"GET {_ACADEMY}/attempts/{{attempt}}/timeline/": for_teachers(given=a_running_attempt),
    f"POST {_ACADEMY}/attempts/{{attempt}}/extra-time/": for_teachers(
        given=with_body(a_running_attempt, {"minutes": 5, **_REASON})
    ),
    f"POST {_ACADEMY}/attempts/{{attempt}}/pause/": for_teachers(given=with_body(a_running_attempt, _REASON)),
    f"POST {_ACADEMY}/attempts/{{attempt}}/resume/": for_teachers(given=with_body(a_paused_attempt, {})),
    f"POST {_ACADEMY}/attempts/{{attempt}}/termination/": for_teachers(given=with_body(a_running_attempt, _REASON)),
    f"GET {_ACADEMY}/blueprints/": for_teachers(),
    f"GET {_ACADEMY}/forms/": for_teachers(),
    f"GET {_ACADEMY}/deliveries/": for_teachers(),
    f"POST {_ACADEMY}/deliveries/": for_teachers(201, given=a_new_delivery),
    f"GET {_ACADEMY}/deliveries/{{delivery}}/": for_teachers(given=a_delivery),
    f"PATCH {_ACADEMY}/deliveries/{{delivery}}/": for_teachers(given=with_body(a_delivery, {"title": "Other"})),
    f"POST {_ACADEMY}/deliveries/{{delivery}}/release/": for_teachers(given=with_body(a_delivery, {})),
    f"GET {_ACADEMY}/deliveries/{{delivery}}/attempts/": for_teachers(given=a_delivery),
    f"GET {_ACADEMY}/deliveries/{{delivery}}/results/": for_teachers(given=a_delivery),
    f"GET {_ACADEMY}/deliveries/{{delivery}}/results/export/": for_teachers(given=a_delivery),
    f"GET {_ACADEMY}/accommodations/": for_teachers(),
    f"POST {_ACADEMY}/accommodations/": for_teachers(201, given=a_new_accommodation),
    f"DELETE {_ACADEMY}/accommodations/{{accommodation}}/": for_teachers(204, given=an_accommodation),
    f"POST {_ACADEMY}/regrades/": for_teachers(given=a_regrade),
    "PUT /api/v1/sittings/{attempt}/responses/{slot}/": bearer(
        a_running_attempt, {"sequence": 1, "answer": {"choice": "a"}}, slot=1
    ),
    "POST /api/v1/sittings/{attempt}/steps/": bearer(a_running_attempt, {"steps": []}),
    "POST /api/v1/sittings/{attempt}/position/": bearer(a_running_attempt, {"position": 2}),
    "POST /api/v1/sittings/{attempt}/section/": bearer(
        lambda cast: _attempt(_running(cast, sections=2)), {"section": 0}
    ),
    "PUT /api/v1/sittings/{attempt}/notes/": bearer(a_running_attempt, {"sequence": 1, "notes": {}}),
    "POST /api/v1/sittings/{attempt}/submission/": bearer(a_running_attempt, {}),
}


def more_deliveries(cast: Cast, count: int) -> None:
    """Deliveries to everybody, each with an attempt of Harbour's learner."""
    for _ in range(count):
        form = make_plain_form(cast.harbour.academy, 2)
        start(make_delivery(form), cast.harbour.learner.membership, now=timezone.now())


def more_blueprints(cast: Cast, count: int) -> None:
    """Blueprints with a section and a cell each."""
    for number in range(count):
        form = make_plain_form(cast.harbour.academy, 2)
        domain = form.slots.all()[0].domain
        blueprint = Blueprint.objects.create(
            academy=cast.harbour.academy,
            bank=form.bank,
            title=f"Blueprint {number}",
            slug=f"blueprint-{form.bank.slug}",
            conversion=form.conversion,
        )
        section = BlueprintSection.objects.create(
            academy=cast.harbour.academy, blueprint=blueprint, position=0, title="All"
        )
        BlueprintCell.objects.create(academy=cast.harbour.academy, section=section, domain=domain, count=1)


def more_accommodations(cast: Cast, count: int) -> None:
    """Accommodations of different learners."""
    for _ in range(count):
        member = MembershipFactory(academy=cast.harbour.academy, user=UserFactory())
        Accommodation.objects.create(academy=cast.harbour.academy, member=member, time_factor="1.5")


def more_sitters(cast: Cast, count: int) -> None:
    """Learners who sit one delivery."""
    delivery = Delivery.objects.for_academy(cast.harbour.academy).first() or make_delivery(
        make_plain_form(cast.harbour.academy, 2)
    )
    for _ in range(count):
        member = MembershipFactory(academy=cast.harbour.academy, user=UserFactory())
        start(delivery, member, now=timezone.now())


LISTS: dict[str, Callable[[Cast, int], None]] = {
    f"GET {_ACADEMY}/assigned/": more_deliveries,
    f"GET {_ACADEMY}/attempts/": more_deliveries,
    f"GET {_ACADEMY}/blueprints/": more_blueprints,
    f"GET {_ACADEMY}/forms/": more_blueprints,
    f"GET {_ACADEMY}/deliveries/": more_deliveries,
    f"GET {_ACADEMY}/deliveries/{{delivery}}/attempts/": more_sitters,
    f"GET {_ACADEMY}/accommodations/": more_accommodations,
}


def _running(cast: Cast, *, sections: int = 1) -> Attempt:
    delivery = make_delivery(make_one_of_each(cast.harbour.academy, sections=sections))
    return start(delivery, cast.harbour.learner.membership, now=timezone.now())


def _about(delivery: Delivery) -> Given:
    return Given(path={"slug": "harbour", "delivery": delivery.pk})


def _attempt(attempt: Attempt) -> Given:
    return Given(path={"slug": "harbour", "attempt": attempt.pk})
