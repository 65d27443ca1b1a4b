"""`PUT /api/v1/sittings/{session}/answers/{position}/`: answers of practice, in the sitting lane.

A learner answers in practice as often as in an exam, so it may cost no more than that: the token that came with the
session opens it (docs/adr/0006-the-sitting-lane.md).
"""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError

from config.http.parsing import read_json
from config.kernel.errors import FieldError, Invalid
from exams.bank.answers import MalformedAnswer
from exams.delivery.errors import StaleSequence
from exams.delivery.sitting_serializers import LARGEST_SEQUENCE, LONGEST_STAY
from exams.delivery.sitting_views import SittingView, received_at
from exams.practice.sessions.answering import Given, answer_question
from exams.practice.sessions.errors import AlreadyAnswered, PracticeOver
from exams.practice.sessions.serializers import PracticeAnswerIn, PracticeAnswerOut

_FIELDS = frozenset({"sequence", "answer", "seconds", "is_guess"})


class PracticeAnswerView(SittingView):
    """PUT sittings/{session}/answers/{position}/"""

    refuses = (AlreadyAnswered, StaleSequence, PracticeOver)

    @extend_schema(request=PracticeAnswerIn, responses=PracticeAnswerOut, operation_id="answer_practice_question")
    def put(self, request: HttpRequest, session: UUID, position: int) -> HttpResponse:
        """Answer a question. In study you are told at once and the answer stands; in a quiz it may be changed."""
        claim, now = self.claim(request, session), received_at(request)
        try:
            truth = answer_question(
                session=session,
                learner=claim.learner,
                position=position,
                given=_given(read_json(request)),
                now=now,
            )
        except MalformedAnswer as error:
            raise Invalid(errors=(FieldError(field="answer", code="malformed", detail=str(error)),)) from error
        body = {"saved": True, "position": position, "server_time": now.isoformat(), "truth": truth}
        return HttpResponse(json.dumps(body), content_type="application/json")


def _given(body: Any) -> Given:
    """The checked fields of `PracticeAnswerIn`, without the cost of a serializer on a busy route."""
    if not isinstance(body, dict):
        raise ValidationError({"non_field_errors": ["An object is expected."]})
    errors = [
        FieldError(field=name, code="unknown_field", detail="This field does not exist.")
        for name in body.keys() - _FIELDS
    ]
    sequence, seconds, is_guess = body.get("sequence"), body.get("seconds", 0), body.get("is_guess", False)
    if sequence is not None and (type(sequence) is not int or not 1 <= sequence <= LARGEST_SEQUENCE):
        errors.append(FieldError(field="sequence", code="invalid", detail=f"An integer from 1 to {LARGEST_SEQUENCE}."))
    if type(seconds) is not int or not 0 <= seconds <= LONGEST_STAY:
        errors.append(FieldError(field="seconds", code="invalid", detail=f"An integer from 0 to {LONGEST_STAY}."))
    if type(is_guess) is not bool:
        errors.append(FieldError(field="is_guess", code="invalid", detail="True or false."))
    if "answer" not in body:
        errors.append(FieldError(field="answer", code="required", detail="An answer, or null for none."))
    if errors:
        raise Invalid(errors=tuple(errors))
    return Given(answer=body["answer"], seconds=seconds, is_guess=is_guess, sequence=sequence)
