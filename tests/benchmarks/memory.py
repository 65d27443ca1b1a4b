"""How much memory the platform takes: idle as `make run` starts it, while importing, and after many requests."""

import csv
import os
import subprocess
import sys
import time
from pathlib import Path

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Report
from tests.benchmarks.load import closed_loop, request_of, spread
from tests.benchmarks.servers import HOME, ROOT, Servers, end, free_port, proportional_bytes, wait_until_answered
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
from tests.factories.exams import make_bank

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE
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
    bank, items = make_bank(academy, slug="importing"), bench.size.imported_items
    file = HOME / "items.csv"
    _write_items(file, items)
    command = [sys.executable, "manage.py", "import_items", str(file), "--academy", academy.slug, "--bank", bank.slug]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.local"},
        )
        started = time.monotonic()
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, most_memory(process.pid))
            time.sleep(0.05)
        seconds = time.monotonic() - started
    finally:
        process.kill()
        file.unlink()
    if process.returncode or bank.items.count() != items:
        raise RuntimeError(f"the import ended with status {process.returncode} after {bank.items.count()} items")
    bench.report.add_goal(
        f"import of {items:,} items: most memory", f"{peak:.0f} MB", goal="< 300 MB", is_met=peak < 300
    )
    bench.report.add_goal(f"import of {items:,} items: time", f"{seconds:.0f} s")


def most_memory(process: int) -> float:
    """The most resident memory that a process has had so far, in megabytes; 0 when it has just ended.

    Not `ru_maxrss` of the child's end: that begins with what its parent had.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    found = [int(line.split()[1]) for line in lines if line.startswith("VmHWM:")]
    return found[0] / KILOBYTE if found else 0.0


def _write_items(file: Path, count: int) -> None:
    letters = "abcd"
    leading = ["code", "domain", "difficulty", "type", "stem", "explanation", "correct"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(
            [*leading, *(f"option_{letter}" for letter in letters), *(f"why_{letter}" for letter in letters)]
        )
        for number in range(count):
            subject, page = number % 97, number % 211
            writer.writerow(
                [
                    f"IMPORT-{number}",
                    str(number % 2 + 1),
                    ("easy", "medium", "hard")[number % 3],
                    "single_choice",
                    f"Question {number}: which of these **statements** about subject {subject} holds in general?",
                    f"The first one holds, as chapter {number % 31} shows.",
                    "a",
                    *(f"Statement {letter} about subject {subject}, as found on page {page}" for letter in letters),
                    *(f"Page {page} says what there is to say of statement {letter}" for letter in letters),
                ]
            )
