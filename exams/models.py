"""Index of the app's models."""

from exams.bank.models import Domain, Item, ItemBank, ItemVersion, Skill, Stimulus
from exams.delivery.models import Accommodation, Attempt, AttemptStep, Delivery, Response
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion, Section, Slot
from exams.marking.models import RegradeRun, Score, SlotTreatment

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptStep",
    "Blueprint",
    "BlueprintCell",
    "BlueprintSection",
    "Delivery",
    "Domain",
    "Form",
    "Item",
    "ItemBank",
    "ItemVersion",
    "RegradeRun",
    "Response",
    "Score",
    "ScoreConversion",
    "Section",
    "Skill",
    "Slot",
    "SlotTreatment",
    "Stimulus",
]
