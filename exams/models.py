"""Index of the app's models."""

from exams.bank.models import Domain, Item, ItemBank, ItemVersion, Skill, Stimulus
from exams.delivery.models import Accommodation, Attempt, AttemptStep, Delivery, Response
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion, Section, Slot
from exams.marking.models import MarkedAnswer, RegradeRun, Score, SlotTreatment
from exams.practice.repetition.models import CardWatermark, ReviewCard, ReviewLog, ReviewParameters, ReviewSettings
from exams.practice.reports.models import ItemReport, ReportCase
from exams.practice.saved.models import Bookmark, Note
from exams.practice.sessions.models import PracticeAnswer, PracticeSession
from exams.psychometrics.models import ItemStatistics

__all__ = [
    "Accommodation",
    "Attempt",
    "AttemptStep",
    "Blueprint",
    "BlueprintCell",
    "BlueprintSection",
    "Bookmark",
    "CardWatermark",
    "Delivery",
    "Domain",
    "Form",
    "Item",
    "ItemBank",
    "ItemReport",
    "ItemStatistics",
    "ItemVersion",
    "MarkedAnswer",
    "Note",
    "PracticeAnswer",
    "PracticeSession",
    "RegradeRun",
    "ReportCase",
    "Response",
    "ReviewCard",
    "ReviewLog",
    "ReviewParameters",
    "ReviewSettings",
    "Score",
    "ScoreConversion",
    "Section",
    "Skill",
    "Slot",
    "SlotTreatment",
    "Stimulus",
]
