"""What everything is compared with: one Django view without middleware that runs one prepared upsert.

The same gunicorn, driver and pool as the platform's; no sessions, no checks, no log.
"""

import json
import os
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

TABLE = """
CREATE TABLE IF NOT EXISTS bare_answer (
    attempt uuid, slot smallint, sequence bigint NOT NULL, answer jsonb, saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (attempt, slot)
)
"""
_SAVE = """
INSERT INTO bare_answer (attempt, slot, sequence, answer) VALUES (%s, %s, %s, %s::jsonb)
ON CONFLICT (attempt, slot) DO UPDATE
    SET sequence = excluded.sequence, answer = excluded.answer, saved_at = excluded.saved_at
"""


def save(request: HttpRequest, attempt: str, slot: int) -> HttpResponse:
    """PUT answers/{attempt}/{slot}"""
    body = json.loads(request.body)
    with connection.cursor() as cursor:
        cursor.execute(_SAVE, [attempt, slot, body["sequence"], json.dumps(body["answer"])])
    content = json.dumps({"saved": True, "sequence": body["sequence"]})
    return HttpResponse(content, content_type="application/json", headers={"Content-Length": str(len(content))})


def board(request: HttpRequest, academy: str, learner: str) -> HttpResponse:
    """GET boards/{academy}/{learner}: what the leaderboard asks Redis, and nothing else."""
    from gamification.leaderboards import projection
    from gamification.leaderboards.boards import Board

    found = projection.read(Board(academy_id=UUID(academy)), learner=UUID(learner))
    assert found is not None
    rows = [[row.rank, row.learner_id.hex, row.points] for row in (*found.top, *found.around)]
    content = json.dumps({"size": found.size, "rows": rows})
    return HttpResponse(content, content_type="application/json", headers={"Content-Length": str(len(content))})


urlpatterns = [path("answers/<str:attempt>/<int:slot>", save), path("boards/<str:academy>/<str:learner>", board)]


def _database() -> dict[str, Any]:
    import environ

    found: dict[str, Any] = environ.Env().db_url_config(os.environ["DATABASE_URL"])
    options = {
        **found.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5},
        # What makes a statement a prepared one, from its first use on.
        "server_side_binding": True,
        "prepare_threshold": 0,
    }
    return {**found, "CONN_MAX_AGE": 0, "OPTIONS": options}


if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": _database()},
        LOGGING_CONFIG=None,
        MIDDLEWARE=[],
        REDIS_URL=os.environ.get("REDIS_URL", ""),
        ROOT_URLCONF=__name__,
        SECRET_KEY="bare",
        USE_TZ=True,
    )

application = get_wsgi_application()
