"""What the API document says beyond what drf-spectacular sees by itself: problems, who may ask, names of operations."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from rest_framework.permissions import SAFE_METHODS, AllowAny

from config.http.problems import CONTENT_TYPE
from config.kernel.errors import DomainError

SESSION_SCHEME = "sessionCookie"
CSRF_SCHEME = "csrfToken"

# Schemes that no authentication class stands for; views name them in `security_scheme`.
SCHEMES: Mapping[str, dict[str, Any]] = {
    "attemptToken": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`Attempt <token>`, with the token that came with the sitting.",
    },
}

# What stands for a status in `components.responses`.
RESPONSES: Mapping[int, tuple[str, str]] = {
    400: ("BadRequest", "The request cannot be understood, or some fields are not right"),
    401: ("NotAuthenticated", "Not signed in, or the token is not valid"),
    403: ("Forbidden", "Not allowed, or the CSRF token is missing"),
    404: ("NotFound", "There is nothing here, or nothing that this person may see"),
    405: ("MethodNotAllowed", "The method is not allowed here"),
    406: ("NotAcceptable", "The answer has no format that the client accepts"),
    409: ("Conflict", "The present state does not allow it"),
    413: ("PayloadTooLarge", "The body is too large"),
    415: ("UnsupportedMediaType", "The body is not application/json"),
    422: ("IdempotencyKeyReused", "The idempotency key was used for another request"),
    429: ("Throttled", "Too many requests; Retry-After says how long to wait"),
    500: ("ServerError", "Something went wrong on the platform's side"),
    503: ("Unavailable", "A part of the platform is down; Retry-After says how long to wait"),
}

PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "A refusal (RFC 9457). Some codes have further members; programs decide by `code`.",
    "required": ["type", "title", "status", "detail", "code", "instance", "request_id", "errors"],
    "additionalProperties": True,
    "properties": {
        "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/validation_error"]},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "code": {"type": "string", "examples": ["validation_error"]},
        "instance": {"type": "string", "format": "uri-reference"},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": {"type": "string", "description": "Dotted path; empty for the whole."},
                    "code": {"type": "string"},
                    "detail": {"type": "string"},
                },
            },
        },
    },
}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself, untyped
    """The session cookie and, for everything that changes something, the CSRF token."""

    target_class = "config.http.authentication.SessionAuthentication"
    name = [SESSION_SCHEME, CSRF_SCHEME]

    def get_security_definition(self, _auto_schema: AutoSchema) -> list[dict[str, Any]]:
        """The two schemes, in the order of their names."""
        return [
            {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME},
            {
                "type": "apiKey",
                "in": "header",
                "name": "X-CSRFToken",
                "description": f"The value of the cookie `{settings.CSRF_COOKIE_NAME}`.",
            },
        ]

    def get_security_requirement(self, auto_schema: AutoSchema) -> dict[str, list[Any]]:
        """Both together, or the cookie alone for reads."""
        if auto_schema.method in SAFE_METHODS:
            return {SESSION_SCHEME: []}
        return {SESSION_SCHEME: [], CSRF_SCHEME: []}


class Schema(AutoSchema):
    """Describes a view.

    A view says which errors of the domain its methods answer with: `refuses = (AttemptClosed,)`, or by method
    `refuses = {"POST": (NoAttemptsLeft,)}`.
    """

    def _tokenize_path(self) -> list[str]:
        # What operation ids and tags are made of: without what all have in common.
        tokens: list[str] = super()._tokenize_path()
        return tokens[1:] if len(tokens) > 1 and tokens[0] == "academies" else tokens

    def get_tags(self) -> list[str]:
        """The subject: the first word of the path that is not common to all."""
        return self._tokenize_path()[:1]

    def get_auth(self) -> list[dict[str, Any]]:
        """The view's own scheme if it names one, else what follows from its authentication classes."""
        name = getattr(self.view, "security_scheme", None)
        if name is None:
            return list(super().get_auth())
        self.registry.register_on_missing(
            ResolvedComponent(  # type: ignore[no-untyped-call]
                name=name, type=ResolvedComponent.SECURITY_SCHEMA, object=name, schema=SCHEMES[name]
            )
        )
        return [{name: []}]

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """The operation with every problem that it may answer with, and the parameters of an idempotent one."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        refusals = list(self._refusals())
        statuses = {*self._statuses(operation), *(int(kind.status) for kind in refusals)}
        for status in sorted(statuses):
            operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/{RESPONSES[status][0]}"})
        operation["responses"] = dict(sorted(operation["responses"].items()))
        if refusals:
            lines = [f"- `{kind.code}` ({int(kind.status)}): {kind.title}" for kind in refusals]
            operation["description"] = "\n".join(
                [operation.get("description", ""), "", "Refused with:", *lines]
            ).strip()
        return operation

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        if getattr(self._handler(), "is_idempotent", False):
            parameters.append(
                {
                    "name": "Idempotency-Key",
                    "in": "header",
                    "description": "Names this intention. The same request with the same key within 24 hours is not "
                    "carried out again: it gets the first one's answer.",
                    "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
                }
            )
        return parameters

    def _handler(self) -> Any:
        name = getattr(self.view, "action", None) or self.method.lower()
        return getattr(self.view, name, None)

    def _refusals(self) -> Iterable[type[DomainError]]:
        refuses = getattr(self.view, "refuses", ())
        yield from refuses.get(self.method, ()) if isinstance(refuses, Mapping) else refuses
        for permission in self.view.get_permissions():
            if hasattr(permission, "refusals"):
                yield from permission.refusals(self.view, self.method)

    def _statuses(self, operation: Mapping[str, Any]) -> set[int]:
        """What follows from how the view is built."""
        statuses = {400, 405, 406, 500, 503}
        is_open = any(isinstance(permission, AllowAny) for permission in self.view.get_permissions())
        has_session = bool(self.view.get_authenticators())
        if hasattr(self.view, "security_scheme"):
            statuses |= {401}
        elif has_session:
            statuses |= {403} if is_open else {401, 403}
        if "{" in self.path:
            statuses.add(404)
        if "requestBody" in operation:
            statuses |= {413, 415}
        if self.view.get_throttles():
            statuses.add(429)
        if getattr(self._handler(), "is_idempotent", False):
            statuses |= {409, 422}
        return statuses


def add_problem_responses(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Add the components that the operations refer to: one schema for all problems, one response a status."""
    components = result.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = PROBLEM
    components["schemas"] = dict(sorted(components["schemas"].items()))
    used = {
        int(code)
        for path in result["paths"].values()
        for operation in path.values()
        if isinstance(operation, dict)
        for code, response in operation.get("responses", {}).items()
        if response.get("$ref", "").startswith("#/components/responses/")
    }
    components["responses"] = {
        RESPONSES[status][0]: {
            "description": RESPONSES[status][1],
            "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted(used)
    }
    return result
