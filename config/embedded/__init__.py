"""PostgreSQL and Valkey for a machine that has neither: started on demand, stopped when nobody uses them.

Only for a developer's or evaluator's machine. `DATABASE_URL` and `REDIS_URL`, where set, always win. Nothing here
imports Django, because the settings ask for the addresses before Django is ready; and imports inside the package are
relative, because the keeper runs it without the rest of `config` (see `launch.py`).
"""

from .errors import EmbeddedError
from .holding import Services, ensure, is_used_here, release
from .layout import Layout
from .urls import Urls, for_tests, local_urls

__all__ = [
    "EmbeddedError",
    "Layout",
    "Services",
    "Urls",
    "ensure",
    "for_tests",
    "is_used_here",
    "local_urls",
    "release",
]
