"""Index of the app's admin pages: importing a room's registers them."""

from exams.bank import admin as bank
from exams.delivery import admin as delivery
from exams.formats import admin as formats
from exams.interchange import admin as interchange
from exams.marking import admin as marking
from exams.practice.repetition import admin as repetition
from exams.practice.reports import admin as reports
from exams.practice.sessions import admin as practice_sessions
from exams.psychometrics import admin as psychometrics

__all__ = [
    "bank",
    "delivery",
    "formats",
    "interchange",
    "marking",
    "practice_sessions",
    "psychometrics",
    "repetition",
    "reports",
]
