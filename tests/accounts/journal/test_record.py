"""Recording: with the change or not at all."""

from collections.abc import Callable
from datetime import datetime

import pytest
from celery import current_app
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoCaptureOnCommitCallbacks

from accounts.journal.models import Delivery, JournalEntry
from accounts.journal.querysets import AppendOnly
from accounts.journal.record import DELIVER_ENTRY, record
from accounts.models import User
from config.kernel import request_id
from config.kernel.ids import new_id
from tests.accounts.journal.events import LampLit
from tests.factories.accounts import UserFactory

Light = Callable[..., JournalEntry]


def lamp(watts: int = 40) -> LampLit:
    return LampLit(academy_id=new_id(), lamp_id=new_id(), watts=watts)


@pytest.mark.django_db
def test_the_entry_says_who_what_when_and_in_which_request(now: datetime) -> None:
    actor: User = UserFactory()
    event = lamp()
    token = request_id.bind("request-7")
    try:
        entry = record(event, actor=actor, now=now)
    finally:
        request_id.release(token)
    entry.refresh_from_db()
    assert (entry.kind, entry.version, entry.academy_id) == ("tests.lamp_lit", 2, event.academy_id)
    assert (entry.actor, entry.occurred_at, entry.request_id) == (actor, now, "request-7")
    assert entry.subject_id == str(event.lamp_id)
    assert entry.payload == {"lamp_id": str(event.lamp_id), "watts": 40}


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(now: datetime) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        record(lamp(), actor=None, now=now)
    assert not JournalEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry_and_no_delivery(now: datetime, heard: list[LampLit]) -> None:
    with transaction.atomic():
        record(lamp(), actor=None, now=now)
        transaction.set_rollback(True)
    assert not JournalEntry.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_without_subscribers_an_entry_is_one_statement(now: datetime) -> None:
    with CaptureQueriesContext(connection) as queries:
        record(lamp(), actor=None, now=now)
    assert len(queries) == 1


@pytest.mark.django_db
def test_each_subscriber_gets_a_delivery(light: Light, heard: list[LampLit], now: datetime) -> None:
    entry = light()
    delivery = Delivery.objects.get()
    assert (delivery.entry, delivery.subscriber, delivery.state) == (entry, "tests.listener", "pending")
    assert delivery.due_at == now


@pytest.mark.django_db
def test_a_worker_is_asked_after_the_commit(
    light: Light,
    heard: list[LampLit],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sent: list[tuple[str, list[int]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: sent.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        entry = light()
        assert sent == []
    assert sent == [(DELIVER_ENTRY, [entry.pk])]


@pytest.mark.django_db
def test_without_a_broker_the_change_still_succeeds(
    light: Light,
    heard: list[LampLit],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    from config.celery import app

    with app.connection_for_write("redis://127.0.0.1:1/0") as nowhere, monkeypatch.context() as patched:
        send = app.send_task
        patched.setattr(current_app, "send_task", lambda *a, **k: send(*a, **k, connection=nowhere))
        with django_capture_on_commit_callbacks(execute=True):
            entry = light()
    assert entry.deliveries.get().state == "pending"


@pytest.mark.django_db
def test_an_entry_cannot_be_changed_or_deleted(light: Light) -> None:
    entry = light()
    entry.kind = "tests.other"
    with pytest.raises(AppendOnly):
        entry.save()
    with pytest.raises(AppendOnly):
        entry.delete()
    with pytest.raises(AppendOnly):
        JournalEntry.objects.update(kind="tests.other")
    with pytest.raises(AppendOnly):
        JournalEntry.objects.all().delete()
    assert JournalEntry.objects.get().kind == "tests.lamp_lit"
