"""Reports in JSON."""

from typing import Any

from django.utils.translation import gettext
from rest_framework import serializers

from config.http.serializers import Input
from exams.practice.reports.models import ItemReport, ReportCase
from exams.practice.saved.serializers import BookmarkOut, NoteOut, QuestionOut


class ReportIn(Input):
    """What is wrong with a question. `other` says it in the comment."""

    reason = serializers.ChoiceField(choices=ItemReport.Reason.choices)
    comment = serializers.CharField(max_length=2000, default="", allow_blank=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """`other` alone says nothing."""
        if attrs["reason"] == ItemReport.Reason.OTHER and not attrs["comment"]:
            raise serializers.ValidationError({"comment": gettext("Say what is wrong.")}, code="required")
        return attrs


class ReportOut(serializers.Serializer[Any]):
    """A report, and what came of it. `reply` is empty until staff have decided, and may stay so."""

    id = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=ItemReport.Reason.choices)
    comment = serializers.CharField()
    state = serializers.ChoiceField(source="case.state", choices=ReportCase.State.choices)
    reply = serializers.CharField(source="case.reply")
    created_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(source="case.decided_at", allow_null=True)


class ReportedOut(ReportOut):
    """A report with its question."""

    question = QuestionOut(source="*")


class MyItemOut(serializers.Serializer[Any]):
    """What the learner keeps about a question, and their last reports of it."""

    bookmark = BookmarkOut(allow_null=True)
    note = NoteOut(allow_null=True)
    reports = ReportOut(many=True)
