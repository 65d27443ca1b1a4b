"""Academies, memberships and cohorts."""

from typing import Any

import factory
from factory.django import DjangoModelFactory

from academies.models import Academy, Cohort, CohortMember, Membership
from academies.tenancy.powers import Role
from tests.factories.accounts import UserFactory


class AcademyFactory(DjangoModelFactory[Academy]):
    """An academy without people."""

    class Meta:
        model = Academy

    name: Any = factory.Sequence(lambda number: f"Academy {number}")
    slug: Any = factory.Sequence(lambda number: f"academy-{number}")


class MembershipFactory(DjangoModelFactory[Membership]):
    """A learner in an academy."""

    class Meta:
        model = Membership

    academy: Any = factory.SubFactory(AcademyFactory)
    user: Any = factory.SubFactory(UserFactory)
    role: Any = Role.LEARNER


class CohortFactory(DjangoModelFactory[Cohort]):
    """An empty cohort."""

    class Meta:
        model = Cohort

    academy: Any = factory.SubFactory(AcademyFactory)
    name: Any = factory.Sequence(lambda number: f"Cohort {number}")


class CohortMemberFactory(DjangoModelFactory[CohortMember]):
    """A learner in a cohort of the same academy."""

    class Meta:
        model = CohortMember

    cohort: Any = factory.SubFactory(CohortFactory)
    academy: Any = factory.SelfAttribute("cohort.academy")
    member: Any = factory.SubFactory(MembershipFactory, academy=factory.SelfAttribute("..academy"))
