"""Index of the app's admin pages: importing a room's registers them."""

from exams.bank import admin as bank
from exams.delivery import admin as delivery
from exams.formats import admin as formats
from exams.interchange import admin as interchange
from exams.marking import admin as marking

__all__ = ["bank", "delivery", "formats", "interchange", "marking"]
