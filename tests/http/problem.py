"""What every problem document has to be."""

from typing import Any


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Check the form of a problem document and return it."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["code"] == code, body
    assert body["status"] == status
    assert body["type"] == f"/problems/{code}"
    assert body["title"]
    assert body["detail"]
    assert body["request_id"] == response.headers["X-Request-ID"]
    assert body["instance"].startswith("/")
    assert all(error.keys() == {"field", "code", "detail"} for error in body["errors"])
    return body


def csrf(client: Any) -> dict[str, str]:
    """The headers of a request with a CSRF token that counts."""
    client.cookies["csrftoken"] = "a" * 32
    return {"X-CSRFToken": "a" * 32}
