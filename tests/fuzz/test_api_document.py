"""Requests made up from the API document, as every role: no 500, no status and no body that it does not promise."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.cast import Cast, sign_in
from tests.factories.exams import make_delivery, make_one_of_each, start, token_of

ROLES = ("owner", "instructor", "learner", "foreign_owner", "outsider", "anonymous")
EXAMPLES = 8
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

schema = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(request=None, public=True))
schema.app = get_wsgi_application()
operations = [found.ok() for found in schema.get_all_operations()]


@pytest.fixture
def same_connection() -> Iterator[None]:
    """The application is called in this thread: it must not close the connection that holds the test's transaction."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.fixture
def world(cast) -> dict[str, Any]:
    """Real ids for the paths, so that requests come further than the first 404."""
    delivery = make_delivery(make_one_of_each(cast.harbour.academy))
    attempt = start(delivery, cast.harbour.learner.membership)
    ids = {"slug": "harbour", "delivery": str(delivery.pk), "attempt": str(attempt.pk), "slot": 1}
    return {"ids": ids, "token": token_of(attempt)["HTTP_AUTHORIZATION"]}


@pytest.mark.django_db
@pytest.mark.parametrize("operation", [pytest.param(each, id=each.label) for each in operations])
def test_api_keeps_its_document(operation, cast, world, same_connection):
    for role in roles_of(operation):
        # What one role has changed is not there for the next.
        with transaction.atomic():
            _keeps_its_document(operation, role, cast, world)
            transaction.set_rollback(True)


def roles_of(operation: Any) -> tuple[str, ...]:
    """Who asks. In the sitting lane only the attempt token counts, so one person stands for all."""
    return ("learner",) if "/sittings/" in operation.path else ROLES


def _keeps_its_document(operation: Any, role: str, cast: Cast, world: dict[str, Any]) -> None:
    wanted = {parameter.name for parameter in operation.path_parameters}
    known = {name: value for name, value in world["ids"].items() if name in wanted}
    path = known if known.keys() == wanted else None
    headers = _headers(sign_in(cast.everybody()[role]), operation.path, world["token"])
    cases = st.one_of(
        operation.as_strategy(GenerationMode.POSITIVE, path_parameters=path),
        operation.as_strategy(GenerationMode.NEGATIVE) if wanted or operation.body else st.nothing(),
    )

    @given(case=cases)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def fuzz(case: schemathesis.Case) -> None:
        case.validate_response(case.call(headers=headers), checks=CHECKS)

    try:
        fuzz()
    except Exception as error:
        error.add_note(f"Asked as: {role}")
        raise


def _headers(client: Any, path: str, token: str) -> dict[str, str]:
    """The session of a person with its CSRF token; in the sitting lane the learner's attempt token."""
    if "/sittings/" in path:
        return {"Authorization": token}
    session = client.cookies.get("sessionid")
    if session is None:
        return {}
    secret = "c" * 32
    return {"Cookie": f"sessionid={session.value}; csrftoken={secret}", "X-CSRFToken": secret}
