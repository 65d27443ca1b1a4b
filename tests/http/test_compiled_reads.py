"""A compiled read gives what its queryset gives."""

from uuid import UUID, uuid4

import pytest

from academies.models import Membership
from accounts.models import User
from config.kernel.compiled import CompiledRead
from tests.factories.accounts import UserFactory

BY_NAME = CompiledRead(lambda *, name: User.objects.filter(name=name).defer("password").order_by("email"), name=str)
MEMBERS = CompiledRead(
    lambda *, academy: Membership.objects.filter(academy=academy).select_related("academy", "user").order_by("id"),
    academy=UUID,
)


@pytest.mark.django_db
def test_rows_are_instances_as_the_queryset_gives_them(cast, django_assert_num_queries):
    academy = cast.harbour.academy
    expected = list(Membership.objects.filter(academy=academy).select_related("academy", "user").order_by("id"))
    with django_assert_num_queries(1):
        rows = MEMBERS.rows(academy=academy.pk)
        assert rows == expected
        assert [(row.user.email, row.academy.name) for row in rows] == [
            (row.user.email, row.academy.name) for row in expected
        ]
    assert not rows[0]._state.adding
    assert MEMBERS.rows(academy=uuid4()) == []


@pytest.mark.django_db
def test_each_call_has_its_own_values_and_what_is_deferred_is_read_when_asked_for(django_assert_num_queries):
    first, second = UserFactory(name="O'Hara; --"), UserFactory(name="%s {} \\")
    assert BY_NAME.rows(name=first.name) == [first]
    assert BY_NAME.rows(name=second.name) == [second]
    found = BY_NAME.first(name=first.name)
    with django_assert_num_queries(1):
        assert found.password == first.password


@pytest.mark.django_db
def test_a_queryset_that_looks_at_its_parameter_is_found_out():
    peeking = CompiledRead(lambda *, name: User.objects.filter(name=name.upper()), name=str)
    with pytest.raises(ValueError, match="name"):
        peeking.rows(name="a")
