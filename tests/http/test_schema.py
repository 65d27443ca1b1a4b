"""The API document says everything that an operation may answer."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.test import Client

from config.http import api_docs


@pytest.fixture(autouse=True)
def own_routes(settings: LazySettings) -> None:
    """Describe the routes of these tests alone: the platform's take seconds."""
    settings.ROOT_URLCONF = "tests.http.own_urls"


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    """The document of the routes under test."""
    file = tmp_path / "openapi.yaml"
    call_command("openapi", file=file, stdout=StringIO())
    loaded: dict[str, Any] = yaml.safe_load(file.read_text())
    return loaded


def statuses(document: dict[str, Any], path: str, method: str) -> set[str]:
    return set(document["paths"][path][method]["responses"])


def test_operations_name_every_problem_that_they_answer_with(document: dict[str, Any]) -> None:
    always = {"200", "400", "405", "406", "429", "500", "503"}
    assert statuses(document, "/api/v1/open/", "get") == always | {"403"}
    assert statuses(document, "/api/v1/things/", "get") == always | {"401", "403", "409"} - {"409"}
    assert statuses(document, "/api/v1/things/", "post") == (always - {"200"}) | {
        "201",
        "401",
        "403",
        "409",
        "413",
        "415",
    }
    assert "404" in statuses(document, "/api/v1/academies/{slug}/things/{thing}/", "get")
    assert {"409", "422"} <= statuses(document, "/api/v1/making/", "post")


def test_every_problem_is_the_same_component(document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["Problem"]["required"]
    for response in document["components"]["responses"].values():
        assert response["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_refusals_of_the_domain_are_described(document: dict[str, Any]) -> None:
    assert "`cupboard_bare` (409): The cupboard is bare" in document["paths"]["/api/v1/things/"]["post"]["description"]


def test_who_may_ask(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert paths["/api/v1/things/"]["get"]["security"] == [{"sessionCookie": []}]
    assert paths["/api/v1/things/"]["post"]["security"] == [{"sessionCookie": [], "csrfToken": []}]
    assert {} in paths["/api/v1/open/"]["get"]["security"]
    assert paths["/api/v1/sittings/{attempt}/test/"]["put"]["security"] == [{"attemptToken": []}]
    assert set(document["components"]["securitySchemes"]) == {"sessionCookie", "csrfToken", "attemptToken"}


def test_names_of_operations_leave_out_what_all_have_in_common(document: dict[str, Any]) -> None:
    paths = document["paths"]
    assert paths["/api/v1/people/"]["get"]["operationId"] == "people_list"
    assert paths["/api/v1/people/"]["get"]["tags"] == ["people"]
    assert paths["/api/v1/academies/{slug}/things/{thing}/"]["get"]["operationId"].startswith("things_")


def test_pages_and_idempotency_keys_are_described(document: dict[str, Any]) -> None:
    listing = document["paths"]["/api/v1/people/"]["get"]
    assert {"cursor", "page_size", "ordering"} <= {each["name"] for each in listing["parameters"]}
    assert "-email" in next(each for each in listing["parameters"] if each["name"] == "ordering")["schema"]["enum"]
    assert "Idempotency-Key" in {each["name"] for each in document["paths"]["/api/v1/making/"]["post"]["parameters"]}


def test_a_document_that_is_out_of_date_is_found(tmp_path: Path) -> None:
    file = tmp_path / "openapi.yaml"
    call_command("openapi", file=file, stdout=StringIO())
    call_command("openapi", check=True, file=file, stdout=StringIO())
    file.write_text(file.read_text() + "\n")
    with pytest.raises(CommandError, match="out of date"):
        call_command("openapi", check=True, file=file, stdout=StringIO())


@pytest.mark.django_db
def test_the_document_is_served_and_made_once(
    visitor: Client, settings: LazySettings, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def get_schema(*_: object, **__: object) -> dict[str, Any]:
        made.append("once")
        return document

    api_docs.rendered.cache_clear()
    monkeypatch.setattr("drf_spectacular.generators.SchemaGenerator.get_schema", get_schema)
    settings.ROOT_URLCONF = "tests.http.urls"
    for _ in range(3):
        assert yaml.safe_load(visitor.get("/api/v1/schema/").content) == document
    as_json = visitor.get("/api/v1/schema/", headers={"Accept": "application/json"})
    assert as_json.json() == document
    assert len(made) == 2  # for each format
    api_docs.rendered.cache_clear()
