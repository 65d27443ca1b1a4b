"""`manage.py up`: the whole platform in one terminal, until Ctrl-C."""

import argparse
import importlib
import os
import signal
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from config.embedded import is_used_here
from config.embedded.port import HOST, NAME, port_problem
from config.embedded.stack import Stack, become
from config.embedded.supervisor import Program
from config.embedded.urls import HOME

QUEUES = "default,ai,sandbox,labs,mail"


class Command(BaseCommand):
    """Runs web, worker and beat with their output side by side, starts again what dies, and stops all on Ctrl-C."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Where to listen."""
        parser.add_argument("--port", type=int, default=os.environ.get("PORT", "8000"), help="port of the web server")

    def handle(self, *, port: int, **_: object) -> None:
        """Refuse a taken port; else become the process that runs everything."""
        problem = port_problem(port)
        if problem is not None:
            sys.exit(problem)
        beat = HOME / "beat"
        beat.mkdir(mode=0o700, parents=True, exist_ok=True)
        # What is started must see the same settings; config.wsgi alone would take those of production.
        os.environ["DJANGO_SETTINGS_MODULE"] = str(settings.SETTINGS_MODULE)
        # Links in letters lead here.
        address = os.environ.setdefault("SITE_URL", f"http://{NAME}:{port}")
        become(
            Stack(
                host=HOST,
                port=port,
                address=address,
                programs=_programs(port, schedule=beat / "schedule"),
                home=str(HOME) if is_used_here(HOME) else None,
                sign_ins=_sign_ins(),
                is_coloured=sys.stdout.isatty() and "NO_COLOR" not in os.environ,
            )
        )


def _programs(port: int, *, schedule: Path) -> list[Program]:
    # Stopped in this order: first nobody asks for new work, then none is planned, then what was begun is finished.
    # Quiet: no banner, and no warning that root runs it, as in a container it may.
    no_warning = ("-W", "ignore:You're running the worker with superuser")
    celery = (sys.executable, *no_warning, "-m", "celery", "--app", "config", "--quiet")
    web = (
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"{HOST}:{port}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "8", "--timeout", "60", "--no-control-socket"),
    )
    # A lost worker's tasks are delivered again, so it may be killed with its parent.
    worker = (
        *(*celery, "worker", "--pool", "threads", "--concurrency", "4", "--queues", QUEUES),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    # Without a pid file: one that a crash left would keep beat from starting.
    beat = (*celery, "beat", "--schedule", str(schedule), "--pidfile=")
    return [
        Program("web", web, "green", grace_seconds=10),
        Program("beat", beat, "magenta", grace_seconds=5, death_signal=signal.SIGKILL),
        Program("worker", worker, "cyan", grace_seconds=10, death_signal=signal.SIGKILL),
    ]


def _sign_ins() -> list[tuple[str, str, str]]:
    """Role, e-mail and password of the demo accounts, where there is a demo."""
    try:
        demo = importlib.import_module("config.demo")
    except ModuleNotFoundError as error:
        if error.name != "config.demo":
            raise
        return []
    # Names of roles may be translations that are worked out when they are needed.
    return [(str(role), str(email), str(password)) for role, email, password in demo.sign_ins()]
