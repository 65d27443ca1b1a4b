"""The admin of academies, members and cohorts: what the platform's staff do, and where an academy's own staff end."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from academies.models import Academy, Cohort, CohortMember, Membership
from academies.tenancy.powers import Role
from accounts.identity.powers import StaffGroup
from accounts.journal.models import JournalEntry
from accounts.models import User
from tests.cast import AcademyCast, Cast, Person
from tests.factories.academies import CohortFactory, MembershipFactory
from tests.factories.accounts import UserFactory

MODELS = (Academy, Membership, Cohort)


def url(model: type[Any], page: str, *args: object) -> str:
    return reverse(f"admin:academies_{model._meta.model_name}_{page}", args=args)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def allow_everything(user: User) -> None:
    user.user_permissions.set(Permission.objects.filter(content_type__app_label__in=["academies", "accounts", "exams"]))


@pytest.fixture
def staff(cast: Cast) -> Client:
    """The platform's superuser."""
    return signed_in(cast.staff.account)


@pytest.fixture
def own_staff(cast: Cast) -> Client:
    """Harbour's owner, let into the admin with every permission on academies."""
    owner = cast.harbour.owner.account
    owner.is_staff = True
    owner.save()
    allow_everything(owner)
    return signed_in(owner)


def row_of(academy: AcademyCast, model: type[Any]) -> Any:
    return {Academy: academy.academy, Membership: academy.learner.membership, Cohort: academy.cohort}[model]


def names_in(answer: Any) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def cohort_form(academy: Academy, name: str, *members: Membership) -> dict[str, Any]:
    form: dict[str, Any] = {
        "academy": academy.pk,
        "name": name,
        "members-TOTAL_FORMS": len(members),
        "members-INITIAL_FORMS": 0,
    }
    return form | {f"members-{number}-member": member.pk for number, member in enumerate(members)}


# --- The platform's staff ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_staff_see_every_academy(cast: Cast, staff: Client, model: type[Any]) -> None:
    page = names_in(staff.get(url(model, "changelist")))
    expected = {
        Academy: ("Harbour Academy", "Meridian Institute"),
        Membership: ("Lena Novak", "Leo Paredes"),
        Cohort: ("Harbour Academy", "Meridian Institute"),
    }[model]
    assert all(name in page for name in expected)
    for academy in (cast.harbour, cast.meridian):
        for name in ("change", "history"):
            assert staff.get(url(model, name, row_of(academy, model).pk)).status_code == 200


def test_staff_in_the_platform_group_see_every_academy_with_the_permission(cast: Cast) -> None:
    helper = UserFactory(is_staff=True)
    helper.groups.add(Group.objects.get(name=StaffGroup.CONTENT))
    assert signed_in(helper).get(url(Academy, "changelist")).status_code == 403
    allow_everything(helper)
    assert "Meridian" in names_in(signed_in(helper).get(url(Academy, "changelist")))


def test_staff_make_an_academy(cast: Cast, staff: Client) -> None:
    form = {"name": "Delta School", "slug": "delta", "tier": "starter", "colour": "#112233", "time_zone": "UTC"}
    page = staff.post(url(Academy, "add"), form | inline("memberships"))
    assert page.status_code == 302, page.content.decode()
    academy = Academy.objects.get(slug="delta")
    entry = JournalEntry.objects.get(kind="academies.academy_changed")
    assert (entry.academy_id, entry.actor, entry.payload["is_new"]) == (academy.pk, cast.staff.account, True)


def test_a_time_zone_that_does_not_exist_is_refused(cast: Cast, staff: Client) -> None:
    academy = cast.harbour.academy
    form = {"name": "Harbour", "slug": "harbour", "tier": "starter", "colour": "#112233", "time_zone": "Mars/Base"}
    page = staff.post(url(Academy, "change", academy.pk), form | inline("memberships"))
    assert "There is no such time zone" in names_in(page)


def test_staff_suspend_and_reopen_an_academy(cast: Cast, staff: Client) -> None:
    for name, is_suspended in (("suspend", True), ("suspend", True), ("reopen", False)):
        staff.post(
            url(Academy, "changelist"), {"action": name, "_selected_action": [cast.harbour.academy.pk]}, follow=True
        )
        cast.harbour.academy.refresh_from_db()
        assert (cast.harbour.academy.suspended_at is not None) is is_suspended
    assert JournalEntry.objects.filter(kind="academies.academy_changed").count() == 2


def test_staff_add_a_member_through_the_action(cast: Cast, staff: Client) -> None:
    form = {"user": cast.outsider.account.pk, "academy": cast.harbour.academy.pk, "role": "instructor"}
    assert staff.post(url(Membership, "add"), form).status_code == 302
    member = Membership.objects.get(user=cast.outsider.account, academy=cast.harbour.academy)
    assert member.role == "instructor"
    assert JournalEntry.objects.get(kind="academies.member_joined").actor == cast.staff.account


def test_staff_change_a_role_and_the_history_tells(cast: Cast, staff: Client) -> None:
    member = cast.harbour.learner.membership
    assert staff.post(url(Membership, "change", member.pk), {"role": "instructor"}).status_code == 302
    member.refresh_from_db()
    assert member.role == "instructor"
    history = names_in(staff.get(url(Membership, "history", member.pk)))
    assert "Role changed from learner to instructor" in history
    assert "Ada Whitfield" in history


def test_what_the_domain_refuses_is_said_and_nothing_is_saved(cast: Cast, staff: Client) -> None:
    owner = cast.harbour.owner.membership
    page = staff.post(url(Membership, "change", owner.pk), {"role": "learner"}, follow=True)
    assert "An academy keeps at least one owner" in names_in(page)
    page = staff.post(url(Membership, "changelist"), {"action": "end", "_selected_action": [owner.pk]}, follow=True)
    assert "An academy keeps at least one owner" in names_in(page)
    owner.refresh_from_db()
    assert (owner.role, owner.ended_at) == ("owner", None)


def test_staff_end_memberships(cast: Cast, staff: Client) -> None:
    members = [cast.harbour.learner.membership.pk, cast.meridian.learner.membership.pk]
    staff.post(url(Membership, "changelist"), {"action": "end", "_selected_action": members})
    assert Membership.objects.filter(pk__in=members, ended_at=None).count() == 0
    assert JournalEntry.objects.filter(kind="academies.member_left").count() == 2


def test_staff_make_fill_and_change_a_cohort(cast: Cast, staff: Client) -> None:
    learner, other = cast.harbour.learner.membership, cast.harbour.other_learner.membership
    assert staff.post(url(Cohort, "add"), cohort_form(cast.harbour.academy, "Mornings", learner)).status_code == 302
    cohort = Cohort.objects.get(name="Mornings")
    row = CohortMember.objects.get(cohort=cohort)
    assert (row.member, row.academy) == (learner, cast.harbour.academy)
    form = {
        "name": "Early mornings",
        "members-TOTAL_FORMS": 2,
        "members-INITIAL_FORMS": 1,
        "members-0-id": row.pk,
        "members-0-cohort": cohort.pk,
        "members-0-member": learner.pk,
        "members-0-DELETE": "on",
        "members-1-cohort": cohort.pk,
        "members-1-member": other.pk,
    }
    page = staff.post(url(Cohort, "change", cohort.pk), form)
    assert page.status_code == 302, page.content.decode()
    cohort.refresh_from_db()
    assert cohort.name == "Early mornings"
    assert [each.member for each in CohortMember.objects.filter(cohort=cohort)] == [other]


def test_a_cohort_takes_nobody_from_another_academy(cast: Cast, staff: Client) -> None:
    form = cohort_form(cast.harbour.academy, "Mixed", cast.meridian.learner.membership)
    page = staff.post(url(Cohort, "add"), form, follow=True)
    assert "Both have to belong to the same academy" in names_in(page)
    assert not Cohort.objects.filter(name="Mixed").exists()


def test_staff_delete_a_cohort(cast: Cast, staff: Client) -> None:
    assert staff.post(url(Cohort, "delete", cast.harbour.cohort.pk), {"post": "yes"}).status_code == 302
    assert not Cohort.objects.filter(pk=cast.harbour.cohort.pk).exists()
    assert JournalEntry.objects.get(kind="academies.cohort_changed").payload["change"] == "deleted"


@pytest.mark.parametrize("model", [Academy, Membership])
def test_academies_and_memberships_are_never_deleted(cast: Cast, staff: Client, model: type[Any]) -> None:
    row = row_of(cast.harbour, model)
    assert staff.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    staff.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
    assert model.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_longer_lists_cost_no_more_queries(
    cast: Cast, staff: Client, model: type[Any], django_assert_max_num_queries: Any
) -> None:
    staff.get(url(model, "changelist"))
    with django_assert_max_num_queries(100) as few:
        staff.get(url(model, "changelist"))
    for _ in range(10):
        MembershipFactory(academy=CohortFactory().academy)
    with django_assert_max_num_queries(len(few)):
        staff.get(url(model, "changelist"))


# --- An academy's own staff -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_own_staff_list_their_academy_alone(cast: Cast, own_staff: Client, model: type[Any]) -> None:
    page = names_in(own_staff.get(url(model, "changelist")))
    assert {Academy: "Harbour", Membership: "Lena Novak", Cohort: "Evening group"}[model] in page
    for foreign in ("Meridian", "meridian.example", "Leo Paredes", str(row_of(cast.meridian, model).pk)):
        assert foreign not in page


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("query", [{"q": "meridian"}, {"q": "Leo"}, {"academy__slug": "meridian"}])
def test_own_staff_find_nothing_of_others(
    cast: Cast, own_staff: Client, model: type[Any], query: dict[str, str]
) -> None:
    answer = own_staff.get(url(model, "changelist"), query, follow=True)
    # 400 is Django's answer to a lookup that the page does not offer.
    assert answer.status_code in (200, 400)
    for foreign in ("Meridian Institute", "Leo Paredes", str(row_of(cast.meridian, model).pk)):
        assert foreign not in answer.content.decode()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_for_own_staff_rows_of_others_do_not_exist(cast: Cast, own_staff: Client, model: type[Any], page: str) -> None:
    row = row_of(cast.meridian, model)
    there = own_staff.get(url(model, page, row.pk))
    nowhere = own_staff.get(url(model, page, "01890a5d-ac96-774b-bcce-b302099a8057"))
    assert there.status_code == nowhere.status_code
    assert there.headers.get("Location") == nowhere.headers.get("Location")
    assert str(row) not in there.content.decode()
    own_staff.post(url(model, page, row.pk), {"post": "yes", "name": "Taken", "role": "owner", "slug": "taken"})
    before = str(row)
    row.refresh_from_db()
    assert str(row) == before


@pytest.mark.parametrize("model", MODELS)
def test_own_staff_open_their_own_rows(cast: Cast, own_staff: Client, model: type[Any]) -> None:
    for page in ("change", "history"):
        answer = names_in(own_staff.get(url(model, page, row_of(cast.harbour, model).pk)))
        assert "Meridian" not in answer


def test_own_staff_make_a_cohort_in_their_academy_and_in_no_other(cast: Cast, own_staff: Client) -> None:
    assert "Meridian" not in names_in(own_staff.get(url(Cohort, "add")))
    form = cohort_form(cast.harbour.academy, "Ours", cast.harbour.learner.membership)
    assert own_staff.post(url(Cohort, "add"), form).status_code == 302
    assert CohortMember.objects.filter(cohort__name="Ours").count() == 1
    for form in (
        cohort_form(cast.meridian.academy, "Theirs"),
        cohort_form(cast.harbour.academy, "Theirs", cast.meridian.learner.membership),
    ):
        assert "Select a valid choice" in names_in(own_staff.post(url(Cohort, "add"), form))
    assert not Cohort.objects.filter(name="Theirs").exists()


def test_own_staff_cannot_move_a_row_into_another_academy(cast: Cast, own_staff: Client) -> None:
    form = cohort_form(cast.meridian.academy, "Moved")
    own_staff.post(url(Cohort, "change", cast.harbour.cohort.pk), form)
    cast.harbour.cohort.refresh_from_db()
    assert cast.harbour.cohort.academy == cast.harbour.academy


def test_own_staff_change_a_role_in_their_academy(cast: Cast, own_staff: Client) -> None:
    member = cast.harbour.learner.membership
    assert own_staff.post(url(Membership, "change", member.pk), {"role": "instructor"}).status_code == 302
    member.refresh_from_db()
    assert member.role == "instructor"


@pytest.mark.parametrize(
    ("model", "field"), [("cohort", "academy"), ("cohortmember", "member"), ("membership", "user")]
)
def test_suggestions_are_those_of_the_own_academy(cast: Cast, own_staff: Client, model: str, field: str) -> None:
    answer = own_staff.get(
        reverse("admin:autocomplete"), {"app_label": "academies", "model_name": model, "field_name": field, "term": ""}
    )
    assert answer.status_code == (403 if field == "user" else 200)
    text = answer.content.decode()
    assert "Meridian" not in text
    assert "Leo Paredes" not in text


def test_actions_of_own_staff_reach_their_rows_alone(cast: Cast, own_staff: Client) -> None:
    ours, theirs = cast.harbour.learner.membership, cast.meridian.learner.membership
    own_staff.post(url(Membership, "changelist"), {"action": "end", "_selected_action": [ours.pk, theirs.pk]})
    ours.refresh_from_db()
    theirs.refresh_from_db()
    assert ours.ended_at is not None
    assert theirs.ended_at is None
    cohorts = [cast.harbour.cohort.pk, cast.meridian.cohort.pk]
    own_staff.post(url(Cohort, "changelist"), {"action": "delete_selected", "_selected_action": cohorts, "post": "yes"})
    assert list(Cohort.objects.filter(pk__in=cohorts)) == [cast.meridian.cohort]


@pytest.mark.parametrize(
    "path",
    [
        "/admin/academies/academy/add/",
        "/admin/academies/membership/add/",
        "/admin/accounts/user/",
        "/admin/accounts/journalentry/",
        "/admin/accounts/delivery/",
        "/admin/auth/group/",
    ],
)
def test_what_is_the_platforms_is_closed_to_own_staff(own_staff: Client, path: str) -> None:
    assert own_staff.get(path).status_code == 403


def test_own_staff_neither_change_their_plan_nor_close_their_academy(cast: Cast, own_staff: Client) -> None:
    academy = cast.harbour.academy
    form = {"name": "Harbour", "slug": "other", "tier": "enterprise", "colour": "#112233", "time_zone": "UTC"}
    page = own_staff.post(url(Academy, "change", academy.pk), form | inline("memberships"))
    assert page.status_code == 302, page.content.decode()
    own_staff.post(url(Academy, "changelist"), {"action": "suspend", "_selected_action": [academy.pk]})
    academy.refresh_from_db()
    assert (academy.name, academy.slug, academy.tier, academy.suspended_at) == (
        "Harbour",
        "harbour",
        "professional",
        None,
    )


def test_the_overview_counts_the_own_academy_alone(cast: Cast, own_staff: Client, staff: Client) -> None:
    def figures(client: Client) -> dict[str, int]:
        return {figure.title: figure.count for figure in client.get("/admin/").context["figures"]}

    assert figures(own_staff)["Academies"] == 1
    assert figures(own_staff)["Current members"] == 5
    assert "Events given up" not in figures(own_staff)
    assert figures(staff)["Academies"] == 3
    assert figures(staff)["Events given up"] == 0


@pytest.mark.parametrize("role", [Role.INSTRUCTOR, Role.LEARNER])
def test_staff_who_run_no_academy_see_none(cast: Cast, role: Role) -> None:
    person: Person = cast.harbour.people[role.value]
    person.account.is_staff = True
    person.account.save()
    allow_everything(person.account)
    for model in MODELS:
        page = names_in(signed_in(person.account).get(url(model, "changelist")))
        assert str(row_of(cast.harbour, model).pk) not in page


def test_who_no_longer_runs_the_academy_sees_it_no_longer(cast: Cast, own_staff: Client) -> None:
    Membership.objects.filter(pk=cast.harbour.owner.membership.pk).update(role=Role.INSTRUCTOR)
    assert "Evening group" not in names_in(own_staff.get(url(Cohort, "changelist")))


def inline(prefix: str) -> dict[str, Any]:
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}
