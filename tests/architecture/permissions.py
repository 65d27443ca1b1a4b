"""The permission table: every route of the API document with what each role gets there.

A route that is not listed fails the test, and so does a line without a route. Each app's lines have a file of their
own; this one joins them.
"""

from tests.architecture import (
    academy_routes,
    account_routes,
    exam_routes,
    factor_routes,
    privacy_routes,
    session_routes,
)
from tests.architecture.access import Access

TABLE: dict[str, Access] = {
    **academy_routes.TABLE,
    **account_routes.TABLE,
    **exam_routes.TABLE,
    **factor_routes.TABLE,
    **privacy_routes.TABLE,
    **session_routes.TABLE,
}
