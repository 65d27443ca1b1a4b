"""How much memory the platform takes: idle as `make run` starts it, while importing, and after many requests."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.load import closed_loop, request_of, spread
from tests.benchmarks.servers import HOME, ROOT, Servers, end, free_port, proportional_bytes, wait_until_answered
from tests.benchmarks.figures import Report
from tests.benchmarks.world import (
    CONNECTIONS,
    Answers,
    make_academy,
    make_form_of,
    make_history,
    make_sittings,
    settle,
    signed_in,
)

MEGABYTE = 1024 * 1024
# Long enough for every program to have started and for beat to have sent its first tasks.
IDLE_SECONDS = 15


def measure_stack(servers: Servers, report: Report) -> None:
    """Web, worker, beat, what runs them, PostgreSQL and Valkey, a moment after the start."""
    port = free_port()
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.local_stack", str(port)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_until_answered(port, "/health", process)
        time.sleep(IDLE_SECONDS)
        used = proportional_bytes([process.pid, servers.keeper]) / MEGABYTE
    finally:
        end(process)
    report.add_goal("whole local stack, idle: memory", f"{used:.0f} MB", goal="< 700 MB", is_met=used < 700)


def measure_growth(bench: Bench) -> None:
    """Resident memory of the web processes after some requests and after ten times as many."""
    academy, learners = make_academy("growth", learners=200)
    form = make_form_of(academy, 90)
    make_history(form, learners[:CONNECTIONS], deliveries=30)
    answers = Answers(make_sittings(form, learners))
    browsers = [signed_in(learner) for learner in learners[:CONNECTIONS]]
    settle()
    lists = [request_of("GET", "/api/v1/academies/growth/attempts/", headers=browser) for browser in browsers]

    def send(count: int) -> None:
        # One in ten is a list, the others save answers.
        requests = list(answers.take(count - count // 10))
        for index in range(count // 10):
            requests.insert(index * 10, lists[index % CONNECTIONS])
        closed_loop(bench.platform.port, spread(requests, CONNECTIONS), expected=frozenset({200}))

    few, many = bench.size.few_requests, bench.size.many_requests
    send(few)
    early = bench.platform.resident_bytes()
    for _ in range(9):
        send((many - few) // 9)
    late = bench.platform.resident_bytes()
    growth = 100 * (late - early) / early
    bench.report.add_goal(
        f"web processes after {few:,} and {many:,} requests: memory",
        f"{early / MEGABYTE:.0f} MB, {late / MEGABYTE:.0f} MB ({growth:+.1f} %)",
        goal="< 5 % more",
        is_met=growth < 5,
    )


def measure_import(bench: Bench) -> None:
    """The most memory that importing a spreadsheet of items takes."""
    academy, _ = make_academy("importing", learners=1)
    file = HOME / "items.csv"
    _write_items(file, bench.size.imported_items)
    raise NotImplementedError(academy)


def _write_items(file: Path, count: int) -> None:
    columns = ["code", "domain", "difficulty", "type", "stem", "explanation", *(f"option_{x}" for x in "abcd"), "correct"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(columns)
        for number in range(count):
            writer.writerow(
                [
                    f"IMPORT-{number}",
                    str(number % 5 + 1),
                    ("easy", "medium", "hard")[number % 3],
                    "single_choice",
                    f"Question {number}: which of these statements about subject {number % 97} holds in general?",
                    f"The first one holds, as chapter {number % 31} shows.",
                    *(f"Statement {letter} about subject {number % 97}, as found on page {number}" for letter in "ABCD"),
                    "a",
                ]
            )
