"""Mass assignment: fields that nobody offers change nothing, on any route that takes a body."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from tests.architecture.access import Given
from tests.architecture.permissions import TABLE
from tests.architecture.test_routes import Api, operations, resolved, send
from tests.cast import Cast

WRITES = sorted(route for route in TABLE if not route.startswith(("GET ", "DELETE ")))
OWN_APPS = ("academies", "exams", "tutoring", "gamification", "analytics")
RIGHTS = ("email", "is_staff", "is_superuser", "is_active")


def extras(cast: Cast) -> dict[str, Any]:
    """What somebody would like to add to a body."""
    other = cast.meridian
    return {
        "id": str(other.academy.pk),
        "academy": str(other.academy.pk),
        "academy_id": str(other.academy.pk),
        "slug": "meridian",
        "user": str(cast.staff.account.pk),
        "user_id": str(cast.staff.account.pk),
        "learner": str(other.learner.account.pk),
        "learner_id": str(other.learner.account.pk),
        "actor": str(cast.staff.account.pk),
        "role": "owner",
        "powers": ["manage_people"],
        "groups": [1],
        "email": "taken@evil.example",
        "is_staff": True,
        "is_superuser": True,
        "is_active": False,
        "is_verified": True,
        "created_at": "2000-01-01T00:00:00Z",
        "deadline_at": "2099-01-01T00:00:00Z",
        "state": "released",
        "__proto__": {"is_staff": True},
    }


def offered(route: str) -> set[str]:
    """The fields that the API document offers in the body of a route."""
    content = dict(operations())[route].get("requestBody", {}).get("content", {}).get("application/json", {})
    return set(resolved(content.get("schema", {})).get("properties", {}))


def rights() -> tuple[list[Any], list[Any]]:
    """What people are and may do."""
    members = apps.get_model("academies", "Membership").objects.values_list("academy__slug", "user__email", "role")
    return sorted(User.objects.values_list(*RIGHTS, "groups__name"), key=str), sorted(members)


def rows_of(academy: Any) -> dict[str, int]:
    """How many rows of each kind belong to an academy."""
    models: list[type[Model]] = [model for label in OWN_APPS for model in apps.get_app_config(label).get_models()]
    return {
        model._meta.label: model._default_manager.filter(academy=academy).count()
        for model in models
        if any(field.name == "academy" for field in model._meta.get_fields())
    }


@pytest.mark.parametrize("route", WRITES)
def test_fields_that_nobody_offers_change_nothing(cast: Cast, api: Api, route: str) -> None:
    line = TABLE[route]
    roles = ("owner", "learner", "staff", "anonymous")
    # Where the table has refusals alone, the same refusal is what counts.
    role = next((role for role in roles if 200 <= line.statuses[role] < 300), "learner")
    given = line.given(cast)
    plain = given.body if isinstance(given.body, dict) else {}
    more = {name: value for name, value in extras(cast).items() if name not in offered(route)}
    found = []
    for body in (plain, {**more, **plain}):
        with transaction.atomic():
            # What it does may end the session.
            answer = send(api(cast.everybody()[role]), route, Given(path=given.path, body=body, headers=given.headers))
            assert answer.status_code in (line.statuses[role], 400), answer.content
            found.append((rights(), rows_of(cast.meridian.academy)))
            transaction.set_rollback(True)
    assert found[0] == found[1]
