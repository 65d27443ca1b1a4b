"""The fixed cast of the tests: the people of the demonstration, in their academies."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from rest_framework.response import Response
from rest_framework.test import APIClient
from zeal import zeal_context

from academies.models import Academy, Cohort, Membership
from accounts.models import User
from config import demo
from tests.factories.academies import AcademyFactory, CohortFactory, CohortMemberFactory, MembershipFactory
from tests.factories.accounts import UserFactory


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who asks for something."""

    key: str
    user: User | AnonymousUser
    member: Membership | None = None

    @property
    def account(self) -> User:
        """The user. Fails for an anonymous visitor."""
        assert isinstance(self.user, User)
        return self.user

    @property
    def membership(self) -> Membership:
        """The membership of the academy that the person stands for. Fails for those who have none."""
        assert self.member is not None
        return self.member


@dataclass(frozen=True, kw_only=True)
class AcademyCast:
    """The people of one academy and a cohort with its learners."""

    academy: Academy
    cohort: Cohort
    people: dict[str, Person]

    @property
    def owner(self) -> Person:
        """Who may do everything here."""
        return self.people["owner"]

    @property
    def manager(self) -> Person:
        """Who runs the academy for the owner."""
        return self.people["manager"]

    @property
    def instructor(self) -> Person:
        """Who teaches."""
        return self.people["instructor"]

    @property
    def learner(self) -> Person:
        """Who sits exams, and is in the cohort."""
        return self.people["learner"]

    @property
    def other_learner(self) -> Person:
        """A second learner, of Harbour alone, in the cohort too."""
        return self.people["other_learner"]


@dataclass(frozen=True, kw_only=True)
class Cast:
    """Everybody."""

    harbour: AcademyCast
    meridian: AcademyCast
    house: Academy
    # Signed in, and a member of the house academy alone.
    outsider: Person
    # The platform's own: a superuser without any membership.
    staff: Person
    anonymous: Person

    def everybody(self) -> dict[str, Person]:
        """Who appears in permission tables, by the name used there, seen from Harbour Academy."""
        harbour = self.harbour
        return {
            "owner": harbour.owner,
            "manager": harbour.manager,
            "instructor": harbour.instructor,
            "learner": harbour.learner,
            "foreign_owner": self.meridian.owner,
            "outsider": self.outsider,
            "staff": self.staff,
            "anonymous": self.anonymous,
        }


def _person(who: demo.DemoPerson, academies: dict[str, Academy]) -> Person:
    user = UserFactory(
        email=who.email,
        name=who.name,
        locale=who.locale,
        time_zone=who.time_zone,
        is_staff=who.is_staff,
        is_superuser=who.is_staff,
    )
    member = MembershipFactory(user=user, academy=academies[who.academy], role=who.role) if who.role else None
    return Person(key=who.key, user=user, member=member)


def _academy(academy: Academy, people: dict[str, Person]) -> AcademyCast:
    cohort = CohortFactory(academy=academy, name=demo.COHORT)
    for key, person in people.items():
        if key.endswith("learner"):
            CohortMemberFactory(cohort=cohort, member=person.membership)
    return AcademyCast(academy=academy, cohort=cohort, people=people)


def make_cast() -> Cast:
    """Bring everybody into the database."""
    academies = {
        each.slug: AcademyFactory(
            name=each.name,
            slug=each.slug,
            colour=each.colour,
            time_zone=each.time_zone,
            tier=each.tier,
            is_house=each.is_house,
        )
        for each in demo.ACADEMIES
    }
    people: dict[str, dict[str, Person]] = {slug: {} for slug in ("", *academies)}
    for who in demo.PEOPLE:
        people[who.academy][who.key] = _person(who, academies)
    return Cast(
        harbour=_academy(academies["harbour"], people["harbour"]),
        meridian=_academy(academies["meridian"], people["meridian"]),
        house=academies[demo.HOUSE.slug],
        outsider=people[demo.HOUSE.slug]["outsider"],
        staff=people[""]["staff"],
        anonymous=Person(key="anonymous", user=AnonymousUser()),
    )


class WatchedClient(APIClient):
    """A client that speaks JSON and fails where a request repeats a query for each row (N + 1)."""

    def request(self, **kwargs: object) -> Response:
        """Send the request under watch."""
        with zeal_context():
            response: Response = super().request(**kwargs)
        return response


def sign_in(person: Person) -> WatchedClient:
    """A client with the person's session; without one for an anonymous visitor."""
    client = WatchedClient()
    client.default_format = "json"
    if isinstance(person.user, User):
        # As the person is now: a session rests on the password and the factors.
        client.force_login(User.objects.get(pk=person.user.pk))
    return client
