"""Benchmarks of requests: saving, listing, starting, handing in, all beside the bare view."""

from collections.abc import Callable, Iterable

from django.test import Client
from django.utils import timezone

from exams.delivery.actions import start_attempt
from exams.delivery.autosave import save_response
from exams.delivery.models import Delivery
from exams.delivery.paper import paper_of
from exams.marking.actions import submit_and_mark
from tests.benchmarks.bench import Bench, Statements
from tests.benchmarks.figures import interleave
from tests.benchmarks.load import request_of
from tests.benchmarks.world import (
    CONNECTIONS,
    Answers,
    answer_everything,
    make_academy,
    make_form_of,
    make_history,
    make_sittings,
    settle,
    signed_in,
)
from tests.factories.exams import claim_of, make_delivery


def measure_autosave(bench: Bench) -> None:
    """One answer saved, with its step in the log."""
    academy, learners = make_academy("autosave", learners=201)
    sittings = make_sittings(make_form_of(academy, 90), learners)
    spare = sittings.pop()
    settle()
    answers = Answers(sittings)
    bare, saved = interleave(
        [bench.bare_variant(), bench.variant("save an answer", lambda _: answers.take(bench.size.autosaves))],
        rounds=bench.size.rounds,
    )
    bench.report.add_costs(bare)
    bench.report.add_costs(saved, bare=bare)
    bench.report.add_ratio("save an answer: CPU", saved.ratio_to(bare), most=1.5, unit="× bare")
    claim = claim_of(spare.attempt)
    numbers = set()
    for sequence in (1, 2):
        with Statements() as statements:
            save_response(
                claim=claim,
                slot=1,
                sequence=sequence,
                answer={"choice": "a"},
                flagged=False,
                seconds=1,
                now=timezone.now(),
            )
        numbers.add(statements.count)
    bench.report.add_goal(
        "save an answer: statements", " or ".join(map(str, sorted(numbers))), goal="exactly 1", is_met=numbers == {1}
    )


def measure_lists(bench: Bench) -> None:
    """An ordinary detail and two lists of 25 rows, signed in."""
    academy, learners = make_academy("lists", learners=200)
    make_history(make_form_of(academy, 90), learners, deliveries=30)
    browsers = [signed_in(learner) for learner in learners[:CONNECTIONS]]
    settle()

    def asking(path: str) -> Callable[[int], Iterable[bytes]]:
        requests = [request_of("GET", path, headers=browser) for browser in browsers]
        return lambda _: (requests[index % CONNECTIONS] for index in range(bench.size.lists))

    home = "/api/v1/academies/lists/"
    paths = {name: f"{home}{name}/" for name in ("assigned", "attempts")}
    variants = [bench.variant(f"list `{name}/`, 25 rows", asking(path)) for name, path in paths.items()]
    bare, detail, *listed = interleave(
        [bench.bare_variant(), bench.variant("detail `academies/{slug}/`", asking(home)), *variants],
        rounds=bench.size.rounds,
    )
    bench.report.add_costs(detail, bare=bare)
    bench.report.add_ratio("detail `academies/{slug}/`: CPU", detail.ratio_to(bare), most=3.5, unit="× bare")
    client = Client()
    client.force_login(learners[0].user)
    for (name, path), costs in zip(paths.items(), listed, strict=True):
        bench.report.add_costs(costs, bare=bare)
        bench.report.add_ratio(f"list `{name}/`: CPU", costs.ratio_to(bare), most=3.5, unit="× bare")
        _statements_of(client, path)  # what a process keeps in memory is not what is asked about
        numbers = {size: _statements_of(client, f"{path}?page_size={size}") for size in (1, 25)}
        bench.report.add_goal(
            f"list `{name}/`: statements",
            f"{numbers[1]} for 1 row, {numbers[25]} for 25",
            goal="the same",
            is_met=numbers[1] == numbers[25],
        )


def measure_start(bench: Bench) -> None:
    """An attempt started, of 10 and of 200 items."""
    academy, learners = make_academy("start", learners=CONNECTIONS + 1)
    browsers = [signed_in(learner) for learner in learners[:CONNECTIONS]]
    each = bench.size.starts // CONNECTIONS
    variants, numbers = [], {}
    for items in (10, 200):
        form = make_form_of(academy, items)
        pattern = make_delivery(form, shuffle_items=True, shuffle_options=True)
        offered = _copies(pattern, (bench.size.rounds + 1) * each)
        variants.append(bench.variant(f"start, {items} items", _starting(browsers, offered, each), status=201))
        paper_of(form.pk)  # in memory, as in a process that has started one attempt at it
        with Statements() as statements:
            start_attempt(delivery=pattern.pk, actor=learners[-1], now=timezone.now())
        numbers[items] = statements.count
    settle()
    bare, few, many = interleave([bench.bare_variant(), *variants], rounds=bench.size.rounds)
    bench.report.add_costs(few, bare=bare)
    bench.report.add_costs(many, bare=bare)
    bench.report.add_goal(
        "start: statements for 10 and 200 items",
        f"{numbers[10]}, {numbers[200]}",
        goal="the same, ≤ 4",
        is_met=numbers[10] == numbers[200] <= 4,
    )
    bench.report.add_goal("start: CPU of 200 items to 10", f"{many.ratio_to(few):.2f} ×")


def measure_submit(bench: Bench) -> None:
    """An attempt handed in and scored, of 20, 90 and 200 items, beside saving an answer."""
    per_round, rounds = bench.size.submissions, bench.size.rounds + 1
    academy, learners = make_academy("submit", learners=per_round * rounds + 1)
    answers = Answers(make_sittings(make_form_of(academy, 90), learners[:200]))
    variants, numbers = [], {}
    for items in (20, 90, 200):
        sittings = make_sittings(make_form_of(academy, items), learners)
        answer_everything(sittings)
        spare = sittings.pop()
        with Statements() as statements:
            submit_and_mark(claim=claim_of(spare.attempt), now=timezone.now())
        numbers[items] = statements.count
        requests = [sitting.submit() for sitting in sittings]
        variants.append(
            bench.variant(
                f"hand in and score, {items} items",
                lambda number, requests=requests: requests[number * per_round : (number + 1) * per_round],
            )
        )
    settle()
    saving = bench.variant("save an answer (beside)", lambda _: answers.take(bench.size.autosaves))
    saved, *submitted = interleave([saving, *variants], rounds=bench.size.rounds)
    for costs in submitted:
        bench.report.add_costs(costs)
    bench.report.add_goal(
        "hand in and score: statements for 20, 90, 200 items",
        ", ".join(map(str, numbers.values())),
        goal="the same",
        is_met=len(set(numbers.values())) == 1,
    )
    bench.report.add_ratio(
        "hand in and score, 90 items: CPU", submitted[1].ratio_to(saved), most=3, unit="× saving an answer"
    )
    bench.report.add_goal("hand in and score: CPU of 200 items to 20", f"{submitted[2].ratio_to(submitted[0]):.2f} ×")


def _statements_of(client: Client, path: str) -> int:
    with Statements() as statements:
        response = client.get(path)
    assert response.status_code == 200, response.content
    return statements.count


def _copies(pattern: Delivery, count: int) -> list[Delivery]:
    fields = {field.attname: getattr(pattern, field.attname) for field in Delivery._meta.fields if field.name != "id"}
    return Delivery.objects.bulk_create(Delivery(**fields) for _ in range(count))


def _starting(browsers: list[dict[str, str]], offered: list[Delivery], each: int) -> Callable[[int], Iterable[bytes]]:
    def requests(number: int) -> Iterable[bytes]:
        for delivery in offered[number * each : (number + 1) * each]:
            path = f"/api/v1/academies/start/assigned/{delivery.pk}/attempts/"
            for browser in browsers:
                yield request_of("POST", path, body={}, headers=browser)

    return requests
