"""Index of the app's models."""

from exams.bank.models import Domain, Item, ItemBank, ItemVersion, Skill, Stimulus
from exams.delivery.models import Accommodation, Attempt, AttemptStep, Delivery, Response
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion, Section, Slot
from exams.marking.models import MarkedAnswer, RegradeRun, Score, SlotTreatment
from exams.practice.repetition.models import ReviewCard
from exams.practice.saved.models import Bookmark, Note

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptStep",
    "Blueprint",
    "BlueprintCell",
    "BlueprintSection",
    "Bookmark",
    "Delivery",
    "Domain",
    "Form",
    "Item",
    "ItemBank",
    "ItemVersion",
    "MarkedAnswer",
    "Note",
    "RegradeRun",
    "Response",
    "ReviewCard",
    "Score",
    "ScoreConversion",
    "Section",
    "Skill",
    "Slot",
    "SlotTreatment",
    "Stimulus",
]
