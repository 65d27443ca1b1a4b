"""`@idempotent` for the methods of views that create or spend."""

import hashlib
import re
from collections.abc import Callable
from functools import wraps
from time import sleep
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.idempotency.actions import Intention, KeptAnswer, claim_key, drop_claim, find_answer, keep_answer
from accounts.idempotency.errors import IdempotencyInProgress, malformed_key

_KEY = re.compile(r"[!-~]{1,255}")
# A double click is answered as soon as the first click has been; somebody who waits longer is told so.
_PAUSES_SECONDS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.6)

AnyView = TypeVar("AnyView", bound=APIView)
Arguments = ParamSpec("Arguments")
Handler = Callable[Concatenate[AnyView, Any, Arguments], HttpResponseBase]


def idempotent(handler: Handler[AnyView, Arguments]) -> Handler[AnyView, Arguments]:
    """Carry out a request with the header `Idempotency-Key` once; repeat its answer for 24 hours.

    The work and the record of it are one transaction, so a crash leaves both or neither. Only success is kept: after a
    refusal the same key may be tried again. Without the header, or signed out, the method is just called.
    Raises IdempotencyKeyReused (422), IdempotencyInProgress (409), `Invalid` for a malformed key.
    """

    @wraps(handler)
    def once(view: AnyView, request: Any, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        intention = _intention(request)
        if intention is None:
            return handler(view, request, *args, **kwargs)
        for pause in (*_PAUSES_SECONDS, None):
            with transaction.atomic():
                claimed = claim_key(intention=intention, now=timezone.now())
                if claimed is not None:
                    response = handler(view, request, *args, **kwargs)
                    return _kept(response, claimed)
            if answer := find_answer(intention=intention):
                return _repeated(answer)
            if pause is not None:
                sleep(pause)
        raise IdempotencyInProgress

    once.is_idempotent = True  # type: ignore[attr-defined]  # read by config.http.schema
    return once


def _intention(request: Request) -> Intention | None:
    key = request.headers.get("Idempotency-Key")
    if key is None or not request.user.is_authenticated:
        return None
    if not _KEY.fullmatch(key):
        raise malformed_key()
    body = request._request.body  # noqa: SLF001  # Django's own request
    return Intention(
        user=request.user.pk,
        key=key,
        route=f"{request.method} {request.path}"[:500],
        digest=hashlib.sha256(body).digest(),
    )


def _kept(response: HttpResponseBase, claimed: int) -> HttpResponseBase:
    """The response as bytes, which are kept; one that is no success is not."""
    if not 200 <= response.status_code < 300 or not isinstance(response, HttpResponse):
        drop_claim(claimed=claimed)
        return response
    if isinstance(response, Response):
        body = JSONRenderer().render(response.data) if response.data is not None else b""
        plain = HttpResponse(body, status=response.status_code, content_type="application/json")
        for name, value in response.headers.items():
            if name != "Content-Type":
                plain.headers[name] = value
        response = plain
    keep_answer(claimed=claimed, answer=KeptAnswer(status=response.status_code, body=response.content.decode()))
    return response


def _repeated(answer: KeptAnswer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type="application/json")
    response.headers["Idempotency-Replayed"] = "true"
    return response
