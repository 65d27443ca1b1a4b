"""Practice sessions, as the API document has them."""

from typing import Any

from rest_framework import serializers

from config.http.serializers import Input, Query
from exams.bank.models import Difficulty
from exams.delivery.sitting_serializers import LARGEST_SEQUENCE, LONGEST_STAY, ItemOut, StimulusOut
from exams.marking.serializers import TruthOut
from exams.practice.sessions.choosing import ONLY
from exams.practice.sessions.models import PracticeSession

MOST_QUESTIONS = 100
# A whole domain or skill list of a bank is shorter than this.
MOST_PARTS = 200
SHORTEST_QUIZ_SECONDS = 30
LONGEST_QUIZ_SECONDS = 6 * 60 * 60


class PracticeSessionIn(Input):
    """What to practise. A filter that is left out or empty chooses nothing; `only` narrows by what you did before."""

    mode = serializers.ChoiceField(choices=PracticeSession.Mode.choices)
    bank = serializers.UUIDField()
    domains = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_PARTS, default=list)
    skills = serializers.ListField(child=serializers.UUIDField(), max_length=MOST_PARTS, default=list)
    difficulties = serializers.ListField(
        child=serializers.ChoiceField(choices=Difficulty.choices), max_length=len(Difficulty), default=list
    )
    only = serializers.ChoiceField(choices=list(ONLY), allow_null=True, default=None)
    count = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS, default=10)
    time_limit_seconds = serializers.IntegerField(
        min_value=SHORTEST_QUIZ_SECONDS,
        max_value=LONGEST_QUIZ_SECONDS,
        allow_null=True,
        default=None,
        help_text="Of a quiz; 90 seconds a question unless it is given.",
    )


class PracticeSessionQuery(Query):
    """Which sessions to list."""

    mode = serializers.ChoiceField(choices=PracticeSession.Mode.choices, required=False)
    state = serializers.ChoiceField(choices=PracticeSession.State.choices, required=False)


class PracticeFilterOut(serializers.Serializer[Any]):
    """What the questions of a session were chosen by."""

    domains = serializers.ListField(child=serializers.UUIDField())
    skills = serializers.ListField(child=serializers.UUIDField())
    difficulties = serializers.ListField(child=serializers.ChoiceField(choices=Difficulty.choices))
    only = serializers.ChoiceField(choices=list(ONLY), allow_null=True)


class PracticeBankRefOut(serializers.Serializer[Any]):
    """A bank by name."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class PracticeSessionOut(serializers.ModelSerializer[PracticeSession]):
    """A session. `answered`, `right` and `seconds` of a quiz are known once it is finished. Wants `bank`."""

    bank = PracticeBankRefOut(read_only=True)
    filter = PracticeFilterOut(read_only=True)
    items = serializers.SerializerMethodField(help_text="How many questions it has.")
    viewed = serializers.IntegerField(read_only=True, help_text="Of study: how many were answered or skipped.")

    class Meta:
        model = PracticeSession
        fields = (
            "id",
            "mode",
            "state",
            "bank",
            "filter",
            "items",
            "answered",
            "right",
            "viewed",
            "seconds",
            "time_limit_seconds",
            "deadline_at",
            "started_at",
            "finished_at",
        )

    def get_items(self, session: PracticeSession) -> int:
        """The number of questions."""
        return len(session.versions)


class StudyTruthOut(TruthOut):
    """What the answer was worth, 0–1, and what is right. `fraction` is null for a question without an answer."""

    fraction = serializers.FloatField(allow_null=True)


class PracticeItemOut(ItemOut):
    """A question of a session. `slot` is its position, too; `truth` is null until it may be told."""

    item = serializers.UUIDField()
    domain = serializers.UUIDField()
    sequence = serializers.IntegerField(help_text="Of the present answer; 0 where it has no number.")
    answer = serializers.DictField(allow_null=True)
    is_guess = serializers.BooleanField()
    seconds = serializers.IntegerField()
    is_skipped = serializers.BooleanField()
    truth = StudyTruthOut(allow_null=True)


class PracticeDomainOut(serializers.Serializer[Any]):
    """A domain of a session: how many questions, and how many were right as far as that may be told."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()
    items = serializers.IntegerField()
    right = serializers.IntegerField()


class PracticeSessionDetailOut(serializers.Serializer[Any]):
    """Everything that working through a session takes. The token is for the answers: `Authorization: Attempt …`."""

    session = PracticeSessionOut()
    token = serializers.CharField()
    server_time = serializers.DateTimeField()
    stimuli = serializers.DictField(child=StimulusOut())
    domains = PracticeDomainOut(many=True)
    items = PracticeItemOut(many=True)


class PracticeAnswerIn(Input):
    """An answer. `seconds` is the time spent on the question; `is_guess` what you say of it.

    `sequence` puts the answers of a quiz into their order, of several devices, too: above what the question has, or
    the answer is refused as an old one. Without a number it is the newest.
    """

    sequence = serializers.IntegerField(min_value=1, max_value=LARGEST_SEQUENCE, allow_null=True, default=None)
    answer = serializers.DictField(allow_null=True)
    seconds = serializers.IntegerField(min_value=0, max_value=LONGEST_STAY, default=0)
    is_guess = serializers.BooleanField(default=False)


class PracticeAnswerOut(serializers.Serializer[Any]):
    """The acknowledgement of an answer: it is in the database. `truth` is null in a quiz."""

    saved = serializers.BooleanField()
    position = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    truth = StudyTruthOut(allow_null=True)


class SkipIn(Input):
    """The question that is passed over, and the time spent on it."""

    position = serializers.IntegerField(min_value=1, max_value=MOST_QUESTIONS)
    seconds = serializers.IntegerField(min_value=0, max_value=LONGEST_STAY, default=0)


class FinishIn(Input):
    """Nothing: finishing takes no fields."""


class PracticeCountsOut(serializers.Serializer[Any]):
    """How many questions there are, and how many of them you saw, got wrong last time, bookmarked, or are due."""

    items = serializers.IntegerField()
    seen = serializers.IntegerField()
    wrong = serializers.IntegerField()
    bookmarked = serializers.IntegerField()
    due = serializers.IntegerField()


class PracticeSkillOut(PracticeCountsOut):
    """A skill to practise."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    title = serializers.CharField()


class PracticeDomainCountsOut(PracticeSkillOut):
    """A domain to practise, with its skills."""

    skills = PracticeSkillOut(many=True)


class PracticeDifficultyOut(serializers.Serializer[Any]):
    """How many questions of a difficulty there are."""

    difficulty = serializers.ChoiceField(choices=Difficulty.choices)
    items = serializers.IntegerField()


class PracticeBankOut(PracticeCountsOut):
    """A bank to practise from."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField()
    language = serializers.CharField()
    difficulties = PracticeDifficultyOut(many=True)
    domains = PracticeDomainCountsOut(many=True)
