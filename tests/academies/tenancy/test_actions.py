"""Joining, changing and leaving."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from academies.models import Academy, CohortMember, Membership
from academies.roster.actions import add_to_cohort, create_cohort, remove_from_cohort, rename_cohort
from academies.tenancy.actions import change_role, end_membership, ensure_home, house_academy, join_academy
from academies.tenancy.errors import AlreadyMember, LastOwner, WrongAcademy
from academies.tenancy.powers import Role
from accounts.identity.actions import create_user, update_profile
from accounts.journal import relay
from accounts.journal.models import JournalEntry
from tests.cast import Cast
from tests.factories.academies import AcademyFactory, CohortFactory, MembershipFactory
from tests.factories.accounts import UserFactory

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def kinds() -> list[str]:
    return [
        kind.removeprefix("academies.") for kind in JournalEntry.objects.order_by("id").values_list("kind", flat=True)
    ]


def test_somebody_joins(cast: Cast) -> None:
    user, actor = cast.outsider.account, cast.harbour.owner.account
    member = join_academy(academy=cast.harbour.academy, user=user, role=Role.INSTRUCTOR, actor=actor, now=NOW)
    assert (member.role, member.created_at, member.ended_at) == ("instructor", NOW, None)
    entry = JournalEntry.objects.get()
    assert (entry.kind, entry.actor, entry.academy_id) == ("academies.member_joined", actor, cast.harbour.academy.pk)
    assert entry.subject_id == str(member.pk)


def test_joining_again_changes_nothing(cast: Cast) -> None:
    learner = cast.harbour.learner
    member = join_academy(academy=cast.harbour.academy, user=learner.account, role=Role.LEARNER, actor=None, now=NOW)
    assert member == learner.membership
    assert kinds() == []


def test_joining_with_another_role_is_refused(cast: Cast) -> None:
    with pytest.raises(AlreadyMember):
        join_academy(
            academy=cast.harbour.academy, user=cast.harbour.learner.account, role=Role.OWNER, actor=None, now=NOW
        )


def test_who_left_can_come_back(cast: Cast) -> None:
    member = cast.harbour.instructor.membership
    assert end_membership(membership=member.pk, actor=None, now=NOW).ended_at == NOW
    end_membership(membership=member.pk, actor=None, now=NOW + timedelta(days=1))
    assert not Membership.objects.active().filter(pk=member.pk).exists()
    again = join_academy(academy=member.academy, user=member.user, role=Role.MANAGER, actor=None, now=NOW)
    assert (again.pk, again.role, again.ended_at) == (member.pk, "manager", None)
    # In between they belonged to the house.
    assert kinds() == ["member_left", "member_joined", "member_joined"]


def test_a_role_changes(cast: Cast) -> None:
    member = cast.harbour.learner.membership
    change_role(membership=member.pk, role=Role.LEARNER, actor=None, now=NOW)
    assert kinds() == []
    change_role(membership=member.pk, role=Role.INSTRUCTOR, actor=None, now=NOW)
    member.refresh_from_db()
    assert member.role == "instructor"
    payload = JournalEntry.objects.get().payload
    assert (payload["before"], payload["after"]) == ("learner", "instructor")


def test_the_last_owner_stays_owner(cast: Cast) -> None:
    owner = cast.harbour.owner.membership
    with pytest.raises(LastOwner):
        change_role(membership=owner.pk, role=Role.MANAGER, actor=None, now=NOW)
    with pytest.raises(LastOwner):
        end_membership(membership=owner.pk, actor=None, now=NOW)
    # Neither somebody who left nor somebody who cannot sign in counts.
    MembershipFactory(academy=owner.academy, role=Role.OWNER, ended_at=NOW)
    MembershipFactory(academy=owner.academy, role=Role.OWNER, user__is_active=False)
    with pytest.raises(LastOwner):
        change_role(membership=owner.pk, role=Role.MANAGER, actor=None, now=NOW)
    MembershipFactory(academy=owner.academy, role=Role.OWNER)
    assert end_membership(membership=owner.pk, actor=None, now=NOW).ended_at == NOW


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_both_leave() -> None:
    academy = AcademyFactory()
    owners = MembershipFactory.create_batch(2, academy=academy, role=Role.OWNER)
    start = Barrier(2)

    def leave(owner: Membership) -> bool:
        try:
            start.wait()
            end_membership(membership=owner.pk, actor=None, now=NOW)
        except LastOwner:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        left = list(pool.map(leave, owners))
    assert sorted(left) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_joining_twice_at_once_is_joining_once() -> None:
    academy, user = AcademyFactory(), UserFactory()
    start = Barrier(2)

    def join(_: int) -> Membership:
        try:
            start.wait()
            return join_academy(academy=academy, user=user, role=Role.LEARNER, actor=None, now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert len({member.pk for member in pool.map(join, range(2))}) == 1
    assert kinds() == ["member_joined"]


@pytest.mark.django_db
def test_there_is_one_house_academy() -> None:
    assert house_academy() == house_academy()
    with pytest.raises(IntegrityError), transaction.atomic():
        AcademyFactory(is_house=True)
    assert Academy.objects.count() == 1


def test_who_belongs_nowhere_belongs_to_the_house(cast: Cast) -> None:
    homeless = UserFactory()
    home = ensure_home(user=homeless, actor=None, now=NOW)
    assert (home.academy, home.role) == (cast.house, "learner")
    assert ensure_home(user=homeless, actor=None, now=NOW) == home
    assert ensure_home(user=cast.harbour.learner.account, actor=None, now=NOW) == cast.harbour.learner.membership


def test_who_leaves_their_only_academy_goes_to_the_house(cast: Cast) -> None:
    learner = cast.harbour.learner
    end_membership(membership=learner.membership.pk, actor=None, now=NOW)
    home = Membership.objects.active().get(user=learner.account)
    assert (home.academy, home.role) == (cast.house, "learner")
    end_membership(membership=home.pk, actor=None, now=NOW)
    assert not Membership.objects.active().filter(user=learner.account).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("is_staff", "homes"), [(False, 1), (True, 0)])
def test_a_new_learner_gets_a_home_and_staff_need_none(is_staff: bool, homes: int) -> None:
    house_academy()
    user = create_user(email="new@example.org", name="", password=None, is_staff=is_staff, actor=None, now=NOW)
    assert relay.deliver_due(now=NOW).failed == 0
    assert Membership.objects.filter(user=user).count() == homes
    update_profile(user=user, changes={"name": "New"}, actor=user, now=NOW)
    relay.deliver_due(now=NOW)
    assert Membership.objects.filter(user=user).count() == homes


def test_cohorts_are_made_filled_renamed_and_emptied(cast: Cast) -> None:
    cohort = create_cohort(academy=cast.harbour.academy, name="Mornings", actor=None, now=NOW)
    members = [cast.harbour.learner.membership, cast.harbour.other_learner.membership]
    assert add_to_cohort(cohort=cohort, members=members[:1], actor=None, now=NOW) == 1
    assert add_to_cohort(cohort=cohort, members=[*members, members[1]], actor=None, now=NOW) == 1
    assert add_to_cohort(cohort=cohort, members=members, actor=None, now=NOW) == 0
    rename_cohort(cohort=cohort.pk, name="Early mornings", actor=None, now=NOW)
    assert remove_from_cohort(cohort=cohort, members=members[:1], actor=None, now=NOW) == 1
    assert remove_from_cohort(cohort=cohort, members=members[:1], actor=None, now=NOW) == 0
    assert list(CohortMember.objects.filter(cohort=cohort).values_list("member", flat=True)) == [members[1].pk]
    assert kinds() == ["cohort_changed", *["cohort_members_changed"] * 2, "cohort_changed", "cohort_members_changed"]


def test_a_cohort_takes_nobody_from_another_academy(cast: Cast) -> None:
    with pytest.raises(WrongAcademy):
        add_to_cohort(
            cohort=CohortFactory(academy=cast.harbour.academy),
            members=[cast.meridian.learner.membership],
            actor=None,
            now=NOW,
        )
