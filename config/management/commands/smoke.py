"""`manage.py smoke`: goes a learner's way through a running installation over HTTP, as a browser would.

It starts or resumes a real attempt and saves a real answer; only `--submit` ends it. For use after a deployment.
"""

import os
from typing import Any
from uuid import uuid4

import httpx
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.http.smoke import Failure, Journey


class Command(BaseCommand):
    """Prints each step with its milliseconds; the first that fails ends it with exit code 1."""

    help = "Walk through a running installation as a learner: sign in, start, answer, reload, sign out."
    requires_system_checks: list[str] = []  # it asks another process, not this one

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--url", default="http://127.0.0.1:8000", help="Where the installation is.")
        parser.add_argument("--email", required=True, help="A learner with an exam that is open.")
        parser.add_argument(
            "--password", default=os.environ.get("SMOKE_PASSWORD", ""), help="Or the variable SMOKE_PASSWORD."
        )
        parser.add_argument(
            "--academy", default="", help="Slug of the academy (default: the first where they sit exams)."
        )
        parser.add_argument("--submit", action="store_true", help="Submit the attempt, which cannot be undone.")
        parser.add_argument("--timeout", type=float, default=10.0, help="Seconds to wait for each answer.")

    def handle(
        self, *, url: str, email: str, password: str, academy: str, submit: bool, timeout: float, **_: Any
    ) -> None:
        with httpx.Client(
            base_url=url, timeout=timeout, trust_env=False, headers={"Accept": "application/json"}
        ) as client:
            journey = Journey(client=client, say=self.stdout.write, intention=str(uuid4()))
            try:
                journey.go(email=email, password=password, academy=academy, submit=submit)
            except Failure as failure:
                raise CommandError(str(failure)) from failure
        self.stdout.write(self.style.SUCCESS("Everything works."))
