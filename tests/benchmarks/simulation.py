"""A thousand learners sit an exam at the same time and each saves an answer every ten seconds."""

import random

from tests.benchmarks.bench import Bench
from tests.benchmarks.figures import Costs, cost_of
from tests.benchmarks.load import closed_loop, paced, spread
from tests.benchmarks.world import CONNECTIONS, Answers, make_academy, make_form_of, make_sittings, settle

LEARNERS = 1000
SECONDS_BETWEEN_ANSWERS = 10.0


def measure_simulation(bench: Bench) -> None:
    """The load comes when it comes, answered or not; latencies count from when a request was due."""
    academy, learners = make_academy("simulation", learners=LEARNERS)
    sittings = make_sittings(make_form_of(academy, 90), learners)
    settle()
    closed_loop(bench.platform.port, spread(Answers(sittings).take(200), CONNECTIONS), expected=frozenset({200}))
    chance = random.Random(7)
    schedule = []
    for sitting in sittings:
        at, sequence = chance.uniform(0, SECONDS_BETWEEN_ANSWERS), 2
        while at < bench.size.simulated_seconds:
            schedule.append((at, sitting.save(slot=sequence % 90 + 1, sequence=sequence)))
            at += SECONDS_BETWEEN_ANSWERS
            sequence += 1
    before = bench.platform.cpu()
    load = paced(bench.platform.port, schedule, expected=frozenset({200}))
    cpu = bench.platform.cpu().since(before)
    cost = cost_of(load, cpu)
    bench.report.add_costs(Costs(name=f"{LEARNERS:,} learners, an answer every 10 s", rounds=[cost]))
    bench.report.add_goal(
        f"{LEARNERS:,} learners for {bench.size.simulated_seconds} s: p50, p95, p99",
        ", ".join(f"{load.percentile(share):.1f}" for share in (0.5, 0.95, 0.99)) + " ms",
    )
    errors = sum(count for status, count in load.statuses.items() if status != 200)
    bench.report.add_goal(
        f"{LEARNERS:,} learners: answers not acknowledged",
        f"{len(schedule) - load.count + errors} of {len(schedule):,}",
        goal="0",
        is_met=load.count == len(schedule) and not errors,
    )
    bench.report.add_goal(
        f"{LEARNERS:,} learners: processor used", f"{100 * cpu.total / load.seconds:.0f} % of one core"
    )
