"""The permission table: every route of the API document with what each role gets there.

A route that is not listed fails the test, and so does a line without a route. Each app's lines have a file of their
own; this one joins them.
"""

from tests.architecture import academy_routes, exam_routes, privacy_routes
from tests.architecture.access import Access

TABLE: dict[str, Access] = {**academy_routes.TABLE, **exam_routes.TABLE, **privacy_routes.TABLE}
