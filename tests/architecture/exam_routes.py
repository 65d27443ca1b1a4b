"""The routes of exams: who gets what, and how their lists grow."""

from collections.abc import Callable

from tests.architecture.access import Access
from tests.cast import Cast

TABLE: dict[str, Access] = {}

LISTS: dict[str, Callable[[Cast, int], None]] = {}
