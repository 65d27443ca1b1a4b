"""What the sitting says and takes, as the API document has it."""

from typing import Any

from rest_framework import serializers

from config.http.serializers import Input
from exams.delivery.models import AttemptStep
from exams.delivery.serializers import AttemptOut, PositionRangeOut
from exams.formats.models import Display, Navigation

REPORTED_KINDS = (
    AttemptStep.Kind.VIEWED,
    AttemptStep.Kind.FOCUS_LOST,
    AttemptStep.Kind.FOCUS_GAINED,
    AttemptStep.Kind.WENT_OFFLINE,
    AttemptStep.Kind.CAME_ONLINE,
    AttemptStep.Kind.FULLSCREEN_LEFT,
)
# What JavaScript counts exactly.
LARGEST_SEQUENCE = 2**53
LONGEST_STAY = 1_000_000
LONGEST_STEPS = 50
LONGEST_NOTES = 64 * 1024


class StimulusOut(serializers.Serializer[Any]):
    """What several items refer to."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(choices=["passage", "exhibit", "image", "audio"])
    title = serializers.CharField()
    html = serializers.CharField()
    file_url = serializers.CharField(allow_null=True)
    attribution = serializers.CharField()


class SectionOut(serializers.Serializer[Any]):
    """A section; `first` and `last` are positions."""

    index = serializers.IntegerField()
    title = serializers.CharField()
    instructions_html = serializers.CharField()
    time_limit_seconds = serializers.IntegerField(allow_null=True)
    first = serializers.IntegerField()
    last = serializers.IntegerField()


class ItemOut(serializers.Serializer[Any]):
    """An item as shown. `question` depends on `type`; its options stand in the order of the attempt."""

    position = serializers.IntegerField()
    slot = serializers.IntegerField()
    section = serializers.IntegerField()
    type = serializers.CharField()
    stimulus = serializers.CharField(allow_null=True)
    stem_html = serializers.CharField()
    points = serializers.IntegerField()
    question = serializers.DictField()


class ResponseOut(serializers.Serializer[Any]):
    """A saved answer."""

    sequence = serializers.IntegerField()
    answer = serializers.DictField(allow_null=True)
    flagged = serializers.BooleanField()
    seconds = serializers.IntegerField()
    seen = serializers.BooleanField()


class ClockOut(serializers.Serializer[Any]):
    """What the learner's clock needs to be right."""

    server_time = serializers.DateTimeField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    section_deadline_at = serializers.DateTimeField(allow_null=True)
    state = serializers.CharField()
    paused = serializers.BooleanField()
    message = serializers.CharField(allow_null=True)
    current_section = serializers.IntegerField()
    open_positions = PositionRangeOut()


class SittingOut(ClockOut):
    """Everything that sitting an exam takes. `responses` are keyed by slot."""

    attempt = AttemptOut()
    token = serializers.CharField()
    grace_seconds = serializers.IntegerField()
    navigation = serializers.ChoiceField(choices=Navigation.choices)
    display = serializers.ChoiceField(choices=Display.choices)
    sections = SectionOut(many=True)
    stimuli = serializers.DictField(child=StimulusOut())
    items = ItemOut(many=True)
    responses = serializers.DictField(child=ResponseOut())
    notes = serializers.DictField()
    notes_sequence = serializers.IntegerField()


class ResponseIn(Input):
    """An answer to save. `sequence` grows with every change of the answer; `seconds` is the time spent on the item."""

    sequence = serializers.IntegerField(min_value=1, max_value=LARGEST_SEQUENCE)
    answer = serializers.DictField(allow_null=True)
    flagged = serializers.BooleanField(default=False)
    seconds = serializers.IntegerField(min_value=0, max_value=LONGEST_STAY, default=0)


class SavedOut(serializers.Serializer[Any]):
    """The acknowledgement of an answer: it is in the database."""

    saved = serializers.BooleanField()
    slot = serializers.IntegerField()
    sequence = serializers.IntegerField()
    server_time = serializers.DateTimeField()
    deadline_at = serializers.DateTimeField(allow_null=True)
    section_deadline_at = serializers.DateTimeField(allow_null=True)
    state = serializers.CharField()


class StepIn(Input):
    """Something the browser noticed; `at` is the browser's own time and proves nothing."""

    kind = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in REPORTED_KINDS])
    slot = serializers.IntegerField(min_value=1, max_value=1000, allow_null=True, default=None)
    at = serializers.CharField(max_length=40, required=False)
    detail = serializers.CharField(max_length=200, allow_blank=True, required=False)


class StepsIn(Input):
    """Up to 50 steps; none is a look at the clock."""

    steps = serializers.ListField(child=StepIn(), max_length=LONGEST_STEPS)


class PositionIn(Input):
    """Where the learner goes."""

    position = serializers.IntegerField(min_value=1, max_value=1000)


class SectionIn(Input):
    """The index of the section that the learner leaves."""

    section = serializers.IntegerField(min_value=0, max_value=100)


class NotesIn(Input):
    """The learner's own highlights and strike-throughs, in whatever shape the browser keeps them."""

    sequence = serializers.IntegerField(min_value=1, max_value=LARGEST_SEQUENCE)
    notes = serializers.DictField()


class NotesSavedOut(serializers.Serializer[Any]):
    """The acknowledgement of notes."""

    saved = serializers.BooleanField()
    sequence = serializers.IntegerField()


class SubmissionIn(Input):
    """Nothing: handing in takes no fields."""


class SubmissionOut(serializers.Serializer[Any]):
    """What was handed in."""

    attempt = AttemptOut()
    answered = serializers.IntegerField()
    total = serializers.IntegerField()
