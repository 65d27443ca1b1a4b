"""`python -m tests.benchmarks [name …] [--quick] [--write]`: measure, and say which goals are met.

Ends with status 0 also when a goal is missed: this is a report. Any other status means that something is broken.
"""

import argparse
import os
import secrets
import sys
import time

from tests.benchmarks.figures import Report
from tests.benchmarks.servers import ROOT, Servers, servers, web
from tests.benchmarks.sizes import FULL, QUICK, Size

DOCUMENT = ROOT / "docs" / "benchmarks.md"
NAMES = (
    "stack",
    "autosave",
    "lists",
    "start",
    "submit",
    "study",
    "sign_in",
    "session",
    "enumeration",
    "reviews",
    "boards",
    "growth",
    "simulation",
    "import",
    "kept",
    "statistics",
    "rollups",
)


def main(arguments: list[str]) -> int:
    """Run the benchmarks that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], metavar="name", help=f"of: {', '.join(NAMES)}")
    parser.add_argument("--quick", action="store_true", help="a smaller run, for while the code is being changed")
    parser.add_argument("--write", action="store_true", help=f"put what was measured into {DOCUMENT.relative_to(ROOT)}")
    wanted = parser.parse_args(arguments)
    if wanted.write and wanted.quick:
        parser.error("--write takes a run that is not quick")
    for name in ("SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "BLIND_INDEX_KEY"):
        os.environ[name] = secrets.token_urlsafe(48)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"
    started = time.monotonic()
    report = Report()
    try:
        with servers() as running:
            _run(wanted.names or list(NAMES), running, size=QUICK if wanted.quick else FULL, report=report)
    finally:
        # An hour of figures is not lost with the one that fails.
        print(report.tables())
    print(f"\n{time.monotonic() - started:.0f} s")
    if wanted.write:
        report.write(DOCUMENT, is_whole=not wanted.names)
    return 0


def _run(names: list[str], running: Servers, *, size: Size, report: Report) -> None:
    # Only now do the settings find the addresses of the servers.
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from tests.benchmarks import (
        boards,
        enumeration,
        identity,
        item_statistics,
        memory,
        practice,
        repetition,
        rollups,
        serving,
        simulation,
    )
    from tests.benchmarks.bare import TABLE
    from tests.benchmarks.bench import Bench

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    if "stack" in names:
        # First: afterwards PostgreSQL's cache is full of what the others have made.
        _say("stack")
        memory.measure_stack(running, report)
    measures = {
        "autosave": serving.measure_autosave,
        "lists": serving.measure_lists,
        "start": serving.measure_start,
        "submit": serving.measure_submit,
        "study": practice.measure_study,
        "sign_in": identity.measure_sign_in,
        "session": identity.measure_session,
        "reviews": repetition.measure_reviews,
        "growth": memory.measure_growth,
        "simulation": simulation.measure_simulation,
        "enumeration": enumeration.measure_enumeration,
        # Last: what these bring into the database is a burden to the others.
        "boards": boards.measure_boards,
        "import": memory.measure_import,
        "kept": item_statistics.measure_kept,
        "statistics": item_statistics.measure_statistics,
        "rollups": rollups.measure_rollups,
    }
    for name, measure in measures.items():
        if name not in names:
            continue
        _say(name)
        # Fresh processes for each: what one benchmark has loaded is no burden to the next.
        with (
            web("tests.benchmarks.bare:application", running, ready_path="/") as bare,
            web("config.wsgi:application", running, ready_path="/health") as platform,
        ):
            measure(Bench(servers=running, platform=platform, bare=bare, size=size, report=report))
    connection.close()
    connection.close_pool()


def _say(name: str) -> None:
    print(f"measuring {name} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
