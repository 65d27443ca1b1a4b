"""Delivery: at least once, once in effect, and not for ever."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from accounts.journal import relay
from accounts.journal.events import Event
from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.subscriptions import subscribe, unsubscribe
from accounts.journal.tasks import deliver_due, deliver_entry
from accounts.models import User
from config.kernel.ids import new_id
from tests.accounts.journal.events import LampLit
from tests.factories.accounts import UserFactory

Light = Callable[..., JournalEntry]


class Killed(BaseException):
    """The process is gone."""


@contextmanager
def subscriber(handler: Callable[[LampLit, JournalEntry], None], name: str = "tests.handler") -> Iterator[None]:
    subscribe(LampLit, name=name)(handler)
    try:
        yield
    finally:
        unsubscribe(name)


def write_user(event: Event, entry: JournalEntry) -> None:
    UserFactory(email=f"entry-{entry.pk}-{new_id()}@example.org")


@pytest.mark.django_db
def test_a_subscriber_gets_the_event_as_it_was_recorded(light: Light, heard: list[LampLit], now: datetime) -> None:
    light(watts=60)
    assert relay.deliver_due(now=now) == relay.Round(done=1)
    assert [event.watts for event in heard] == [60]
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.tries, delivery.done_at) == ("done", 1, now)


@pytest.mark.django_db
def test_what_is_delivered_is_not_delivered_again(light: Light, heard: list[LampLit], now: datetime) -> None:
    entry = light()
    relay.deliver_entry(entry_id=entry.pk, now=now)
    relay.deliver_entry(entry_id=entry.pk, now=now)
    relay.deliver_due(now=now + timedelta(days=1))
    assert len(heard) == 1


@pytest.mark.django_db
def test_the_tasks_deliver(light: Light, heard: list[LampLit]) -> None:
    deliver_entry(light().pk)
    light()
    deliver_due()
    assert len(heard) == 2


@pytest.mark.django_db
def test_a_round_has_a_limit(light: Light, heard: list[LampLit], now: datetime) -> None:
    for _ in range(5):
        light()
    assert relay.deliver_due(now=now, limit=3).done == 3
    assert relay.deliver_due(now=now, limit=3).done == 2


@pytest.mark.django_db
def test_a_failing_handler_leaves_nothing_behind_and_is_tried_later(light: Light, now: datetime) -> None:
    fails = True

    def handler(event: LampLit, entry: JournalEntry) -> None:
        write_user(event, entry)
        if fails:
            msg = "the lamp is broken"
            raise ValueError(msg)

    with subscriber(handler):
        light()
        assert relay.deliver_due(now=now) == relay.Round(failed=1)
        assert not User.objects.exists()
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.tries) == ("pending", 1)
        assert delivery.last_error == "ValueError: the lamp is broken"
        assert delivery.due_at == now + relay.pause_after(1)

        fails = False
        assert relay.deliver_due(now=now + timedelta(seconds=1)) == relay.Round()
        assert relay.deliver_due(now=delivery.due_at) == relay.Round(done=1)
        assert User.objects.count() == 1


@pytest.mark.django_db
def test_one_failing_handler_does_not_stop_the_others(light: Light, heard: list[LampLit], now: datetime) -> None:
    def handler(event: LampLit, entry: JournalEntry) -> None:
        raise ValueError

    with subscriber(handler, name="tests.fails"):
        light()
        light()
        assert relay.deliver_due(now=now) == relay.Round(done=2, failed=2)
    assert len(heard) == 2


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_after_the_handler_has_done_nothing(light: Light, now: datetime) -> None:
    dies = True

    def handler(event: LampLit, entry: JournalEntry) -> None:
        write_user(event, entry)
        if dies:
            raise Killed

    with subscriber(handler):
        light()
        with pytest.raises(Killed):
            relay.deliver_due(now=now)
        assert not User.objects.exists()
        dies = False
        assert relay.deliver_due(now=now + relay.pause_after(1)).done == 1
        assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_that_kills_every_worker_is_given_up(light: Light, now: datetime) -> None:
    def handler(event: LampLit, entry: JournalEntry) -> None:
        raise Killed

    with subscriber(handler):
        light()
        for _ in range(relay.MAX_TRIES):
            with pytest.raises(Killed):
                relay.deliver_due(now=now)
            now += relay.LONGEST_PAUSE
        assert relay.deliver_due(now=now).failed == 1
    assert Delivery.objects.get().state == "dead"


@pytest.mark.django_db
def test_after_so_many_failures_it_is_given_up_until_somebody_asks_again(light: Light, now: datetime) -> None:
    fails = True

    def handler(event: LampLit, entry: JournalEntry) -> None:
        if fails:
            raise ValueError

    with subscriber(handler):
        light()
        for _ in range(relay.MAX_TRIES):
            assert relay.deliver_due(now=now).failed == 1
            now += relay.LONGEST_PAUSE
        assert Delivery.objects.get().state == "dead"
        assert relay.deliver_due(now=now) == relay.Round()

        fails = False
        assert Delivery.objects.all().requeue(now=now) == 1
        assert relay.deliver_due(now=now).done == 1


@pytest.mark.django_db
def test_a_subscriber_that_is_gone_is_waited_for(light: Light, now: datetime) -> None:
    with subscriber(write_user):
        light()
    assert relay.deliver_due(now=now).failed == 1
    assert Delivery.objects.get().last_error == "NoSubscriber: tests.handler"
    with subscriber(write_user):
        assert relay.deliver_due(now=now + relay.pause_after(1)).done == 1


def test_pauses_double_up_to_a_limit() -> None:
    pauses = [relay.pause_after(tries) for tries in range(1, 100)]
    assert pauses[:4] == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 240)]
    assert max(pauses) == pauses[-1] == relay.LONGEST_PAUSE


@pytest.mark.django_db(transaction=True)
def test_relays_that_run_at_once_deliver_once(light: Light, now: datetime) -> None:
    start = Barrier(3)

    def run() -> int:
        try:
            start.wait()
            return relay.deliver_due(now=now).done
        finally:
            connection.close()

    with subscriber(write_user):
        for _ in range(20):
            light()
        with ThreadPoolExecutor(3) as pool:
            rounds = [pool.submit(run) for _ in range(3)]
            assert sum(each.result() for each in rounds) == 20
    assert User.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_a_slow_handler_is_not_started_again_meanwhile(light: Light, now: datetime) -> None:
    rounds: list[relay.Round] = []

    def another_relay() -> relay.Round:
        try:
            return relay.deliver_due(now=now + timedelta(hours=1))
        finally:
            connection.close()

    def handler(event: LampLit, entry: JournalEntry) -> None:
        with ThreadPoolExecutor(1) as pool:
            rounds.append(pool.submit(another_relay).result())

    with subscriber(handler):
        light()
        assert relay.deliver_due(now=now).done == 1
    assert rounds == [relay.Round()]
