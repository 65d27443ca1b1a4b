"""The permission table: every route of the API document with what each role gets there.

A route that is not listed fails the test, and so does a line without a route. Each app's lines have a file of their
own; this one joins them.
"""

from tests.architecture import (
    academy_routes,
    account_routes,
    boards_routes,
    exam_routes,
    factor_routes,
    insight_routes,
    practice_session_routes,
    privacy_routes,
    repetition_routes,
    saved_routes,
    session_routes,
    xp_routes,
)
from tests.architecture.access import Access

TABLE: dict[str, Access] = {
    **academy_routes.TABLE,
    **account_routes.TABLE,
    **boards_routes.TABLE,
    **exam_routes.TABLE,
    **factor_routes.TABLE,
    **practice_session_routes.TABLE,
    **insight_routes.TABLE,
    **privacy_routes.TABLE,
    **repetition_routes.TABLE,
    **saved_routes.TABLE,
    **session_routes.TABLE,
    **xp_routes.TABLE,
}
