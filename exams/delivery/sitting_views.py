"""`/api/v1/sittings/…`: what the learner's browser does while an exam is sat, on the strength of the attempt token.

These views stand in the sitting lane: no session, no cookie, a lean dispatch (docs/adr/0006-the-sitting-lane.md).
"""

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated, ValidationError

from config.http.lanes import LaneView
from config.http.parsing import read_json
from config.http.serializers import Input, Parsed
from config.kernel.errors import DomainError, FieldError, Invalid
from exams.bank.answers import MalformedAnswer
from exams.delivery.actions import close_section, log_steps, move_to_position, save_notes
from exams.delivery.autosave import save_response
from exams.delivery.errors import AttemptClosed, AttemptPaused, SectionClosed, StaleSequence
from exams.delivery.sitting import clock_of
from exams.delivery.sitting_serializers import (
    LARGEST_SEQUENCE,
    LONGEST_NOTES,
    LONGEST_STAY,
    ClockOut,
    NotesIn,
    NotesSavedOut,
    PositionIn,
    ResponseIn,
    SavedOut,
    SectionIn,
    StepsIn,
)
from exams.delivery.tokens import AttemptClaim, TokenInvalid, read_token


class SittingView(LaneView):
    """A view that answers the bearer of an attempt token."""

    def claim(self, request: HttpRequest, attempt: UUID) -> AttemptClaim:
        """What the token says. Raises NotAuthenticated with code `token_invalid`."""
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        try:
            if scheme != "Attempt":
                raise TokenInvalid
            return read_token(token.strip(), attempt=attempt)
        except TokenInvalid as error:
            raise NotAuthenticated("The attempt token is missing or not valid.", code="token_invalid") from error


class ResponseView(SittingView):
    """PUT sittings/{attempt}/responses/{slot}/: the busiest route of the platform."""

    refuses = (StaleSequence, AttemptClosed, AttemptPaused, SectionClosed)

    @extend_schema(request=ResponseIn, responses=SavedOut, operation_id="save_response")
    def put(self, request: HttpRequest, attempt: UUID, slot: int) -> HttpResponse:
        """Save the answer in one slot. A repeat of what is stored is fine; anything older is refused as stale."""
        claim = self.claim(request, attempt)
        now = received_at(request)
        try:
            saved = save_response(claim=claim, slot=slot, now=now, **_answer_of(read_json(request)))
        except MalformedAnswer as error:
            raise Invalid(errors=(FieldError(field="answer", code="malformed", detail=str(error)),)) from error
        except DomainError as error:
            error.members.setdefault("server_time", now)
            raise
        return _json(
            {
                "saved": True,
                "slot": saved.slot,
                "sequence": saved.sequence,
                "server_time": now,
                "deadline_at": saved.deadline_at,
                "section_deadline_at": saved.section_deadline_at,
                "state": "in_progress",
            }
        )


class StepsView(SittingView):
    """POST sittings/{attempt}/steps/"""

    @extend_schema(request=StepsIn, responses=ClockOut, operation_id="log_steps")
    def post(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """Report what the browser noticed, and read the clock; with an empty list only the latter."""
        claim, now = self.claim(request, attempt), received_at(request)
        wanted = parse_input(StepsIn, request)
        return _json(clock_of(log_steps(claim=claim, steps=wanted.steps, now=now), now=now))


class PositionView(SittingView):
    """POST sittings/{attempt}/position/"""

    refuses = (AttemptClosed, AttemptPaused, SectionClosed)

    @extend_schema(request=PositionIn, responses=ClockOut, operation_id="move_to_position")
    def post(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """Go to another item; where navigation is linear, earlier ones close."""
        claim, now = self.claim(request, attempt), received_at(request)
        wanted = parse_input(PositionIn, request)
        return _json(clock_of(move_to_position(claim=claim, position=wanted.position, now=now), now=now))


class SectionView(SittingView):
    """POST sittings/{attempt}/section/"""

    refuses = (AttemptClosed, AttemptPaused, SectionClosed)

    @extend_schema(request=SectionIn, responses=ClockOut, operation_id="close_section")
    def post(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """Leave a section for good and open the next."""
        claim, now = self.claim(request, attempt), received_at(request)
        wanted = parse_input(SectionIn, request)
        return _json(clock_of(close_section(claim=claim, section=wanted.section, now=now), now=now))


class NotesView(SittingView):
    """PUT sittings/{attempt}/notes/"""

    refuses = (StaleSequence, AttemptClosed, AttemptPaused)

    @extend_schema(request=NotesIn, responses=NotesSavedOut, operation_id="save_notes")
    def put(self, request: HttpRequest, attempt: UUID) -> HttpResponse:
        """Keep the learner's highlights and strike-throughs, so that another device has them too."""
        claim, now = self.claim(request, attempt), received_at(request)
        if len(request.body) > LONGEST_NOTES:
            raise Invalid(
                errors=(FieldError(field="notes", code="too_long", detail=f"At most {LONGEST_NOTES} bytes."),)
            )
        wanted = parse_input(NotesIn, request)
        save_notes(claim=claim, sequence=wanted.sequence, notes=wanted.notes, now=now)
        return _json({"saved": True, "sequence": wanted.sequence})


def received_at(request: HttpRequest) -> datetime:
    """When the request came in: the `now` of everything that it causes."""
    received: datetime = request.received_at  # type: ignore[attr-defined]  # set by RequestMiddleware
    return received


def parse_input(kind: type[Input], request: HttpRequest) -> Parsed:
    """The checked body of a request of the lane. Raises ValidationError."""
    given = kind(data=read_json(request))
    given.is_valid(raise_exception=True)
    return Parsed(given.validated_data)


def _answer_of(body: Any) -> dict[str, Any]:
    """The checked fields of `ResponseIn`, without the cost of a serializer on the busiest route."""
    if not isinstance(body, dict):
        raise ValidationError({"non_field_errors": ["An object is expected."]})
    errors = [
        FieldError(field=name, code="unknown_field", detail="This field does not exist.")
        for name in body.keys() - {"sequence", "answer", "flagged", "seconds"}
    ]
    sequence, seconds, flagged = body.get("sequence"), body.get("seconds", 0), body.get("flagged", False)
    if type(sequence) is not int or not 1 <= sequence <= LARGEST_SEQUENCE:
        errors.append(FieldError(field="sequence", code="invalid", detail=f"An integer from 1 to {LARGEST_SEQUENCE}."))
    if type(seconds) is not int or not 0 <= seconds <= LONGEST_STAY:
        errors.append(FieldError(field="seconds", code="invalid", detail=f"An integer from 0 to {LONGEST_STAY}."))
    if type(flagged) is not bool:
        errors.append(FieldError(field="flagged", code="invalid", detail="True or false."))
    if "answer" not in body:
        errors.append(FieldError(field="answer", code="required", detail="An answer, or null for none."))
    if errors:
        raise Invalid(errors=tuple(errors))
    return {"sequence": sequence, "answer": body["answer"], "flagged": flagged, "seconds": seconds}


def _json(body: dict[str, Any]) -> HttpResponse:
    return HttpResponse(_encode(body), content_type="application/json")


def _moment(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    return str(value)


# Made once: `json.dumps` makes an encoder at each call that is not all defaults.
_encode = json.JSONEncoder(default=_moment).encode
