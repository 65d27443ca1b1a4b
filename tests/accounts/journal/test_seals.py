"""The chain over the journal: what it proves and what it finds."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts.journal import seals
from accounts.journal.models import JournalEntry, Seal
from accounts.journal.proof import Flaw, Proof, prove_journal
from accounts.journal.record import record
from accounts.journal.seals import Head, seal_entries
from accounts.journal.tasks import seal_entries as seal_entries_task
from config.kernel.ids import new_id
from tests.accounts.journal.events import LampLit

Light = Callable[..., JournalEntry]


def run(sql: str, *parameters: object) -> None:
    """Do what only somebody with the database's password could do."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


@pytest.fixture
def chain(light: Light, now: datetime) -> list[int]:
    """The ids of six sealed entries."""
    entries = [light(watts=watts, academy=new_id()) for watts in range(6)]
    assert seal_entries(now=now) == 6
    return [entry.pk for entry in entries]


def flaw(proof: Proof) -> tuple[Flaw, int, int | None]:
    assert proof.first_break is not None
    assert not proof.is_intact
    return proof.first_break.flaw, proof.first_break.position, proof.first_break.entry_id


@pytest.mark.django_db
def test_an_empty_journal_is_intact() -> None:
    assert prove_journal() == Proof(entries=0, head=None, first_break=None)


@pytest.mark.django_db
def test_sealed_entries_are_proven_in_any_batch_size(chain: list[int], now: datetime) -> None:
    for batch in (1, 2, 4, 100):
        proof = prove_journal(batch=batch)
        assert proof.is_intact
        assert (proof.entries, proof.head) == (6, seals.head())


@pytest.mark.django_db
def test_positions_have_no_gaps_though_ids_have(light: Light, now: datetime) -> None:
    light()
    with transaction.atomic():
        light()
        transaction.set_rollback(True)
    light()
    assert seal_entries(now=now, batch=1) == 2
    light()
    assert seal_entries(now=now) == 1
    assert seal_entries(now=now) == 0
    assert list(Seal.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3]
    assert prove_journal().entries == 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        "payload = jsonb_set(payload, '{watts}', '5')",
        "occurred_at = occurred_at + interval '1 microsecond'",
        "academy_id = NULL",
        "kind = 'tests.other'",
        "version = 1",
        "subject_id = 'x'",
        "request_id = 'x'",
        "severity = 1",
        "place = '203.0.113.0'",
        "device = 'x'",
    ],
)
def test_a_changed_entry_is_named(chain: list[int], change: str) -> None:
    run(f"UPDATE accounts_journalentry SET {change} WHERE id = %s", chain[3])
    assert flaw(prove_journal()) == (Flaw.CHANGED, 4, chain[3])


@pytest.mark.django_db
def test_a_changed_time_of_sealing_is_named(chain: list[int]) -> None:
    run("UPDATE accounts_seal SET sealed_at = sealed_at - interval '1 day' WHERE position = 2")
    assert flaw(prove_journal()) == (Flaw.CHANGED, 2, chain[1])


@pytest.mark.django_db
def test_a_changed_seal_is_named(chain: list[int]) -> None:
    run("UPDATE accounts_seal SET digest = sha256('x') WHERE position = 4")
    assert flaw(prove_journal()) == (Flaw.CHANGED, 4, chain[3])


@pytest.mark.django_db
def test_a_removed_entry_leaves_a_gap(chain: list[int]) -> None:
    run("DELETE FROM accounts_seal WHERE position = 3")
    run("DELETE FROM accounts_journalentry WHERE id = %s", chain[2])
    assert flaw(prove_journal()) == (Flaw.MISSING, 3, None)


@pytest.mark.django_db
def test_closing_the_gap_does_not_help(chain: list[int]) -> None:
    run("DELETE FROM accounts_seal WHERE position = 3")
    run("UPDATE accounts_seal SET position = position - 1 WHERE position = 4")
    run("UPDATE accounts_seal SET position = position - 1 WHERE position = 5")
    run("UPDATE accounts_seal SET position = position - 1 WHERE position = 6")
    assert flaw(prove_journal())[:2] == (Flaw.CHANGED, 3)


@pytest.mark.django_db
def test_entries_that_changed_places_are_named(chain: list[int]) -> None:
    run("SET CONSTRAINTS ALL DEFERRED")
    run("UPDATE accounts_seal SET entry_id = 0 WHERE position = 2")
    run("UPDATE accounts_seal SET entry_id = %s WHERE position = 5", chain[1])
    run("UPDATE accounts_seal SET entry_id = %s WHERE position = 2", chain[4])
    assert flaw(prove_journal()) == (Flaw.MOVED, 2, chain[4])


@pytest.mark.django_db
def test_an_entry_that_is_slipped_into_the_chain_is_named(chain: list[int], light: Light, now: datetime) -> None:
    for position in (6, 5, 4, 3):
        run("UPDATE accounts_seal SET position = position + 1 WHERE position = %s", position)
    forged = light()
    Seal.objects.create(position=3, entry=forged, digest=bytes(32), sealed_at=now)
    assert flaw(prove_journal()) == (Flaw.CHANGED, 3, forged.pk)


@pytest.mark.django_db
def test_an_old_entry_without_a_seal_is_named(chain: list[int], light: Light, now: datetime) -> None:
    old = light(now=now - timedelta(days=3))
    light()
    run("UPDATE accounts_journalentry SET id = %s WHERE id = %s", -7, old.pk)
    assert flaw(prove_journal()) == (Flaw.UNSEALED, 7, -7)


@pytest.mark.django_db
def test_an_entry_that_waits_for_its_seal_is_no_flaw(chain: list[int], light: Light) -> None:
    light()
    assert prove_journal().is_intact


@pytest.mark.django_db
def test_a_cut_off_end_shows_against_a_head_that_was_kept(chain: list[int]) -> None:
    kept = seals.head()
    run("DELETE FROM accounts_seal WHERE position > 4")
    run("DELETE FROM accounts_journalentry WHERE id > %s", chain[3])
    assert prove_journal().is_intact
    assert flaw(prove_journal(expected=kept)) == (Flaw.CUT_OFF, 5, None)


@pytest.mark.django_db
def test_a_rewritten_chain_shows_against_a_head_that_was_kept(chain: list[int], light: Light, now: datetime) -> None:
    kept = seals.head()
    run("DELETE FROM accounts_seal")
    run("UPDATE accounts_journalentry SET kind = 'tests.other' WHERE id = %s", chain[3])
    seal_entries(now=now)
    light()
    seal_entries(now=now)
    assert prove_journal().is_intact
    assert flaw(prove_journal(expected=kept)) == (Flaw.CHANGED, 6, chain[5])


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_is_committed_late_is_sealed_later(light: Light, now: datetime) -> None:
    written, may_commit = Event(), Event()

    def slow_writer() -> int:
        try:
            with transaction.atomic():
                entry = record(LampLit(academy_id=None, lamp_id=new_id(), watts=1), actor=None, now=now)
                written.set()
                may_commit.wait()
            return entry.pk
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(slow_writer)
        written.wait()
        quick = light()
        assert seal_entries(now=now) == 1
        may_commit.set()
        late = slow.result()
    assert late < quick.pk
    assert seal_entries(now=now) == 1
    assert list(Seal.objects.order_by("position").values_list("entry", flat=True)) == [quick.pk, late]
    assert prove_journal().is_intact


@pytest.mark.django_db
def test_once_a_day_even_the_oldest_entries_are_looked_at(
    chain: list[int], light: Light, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "LOOK_BACK", 2)
    run("UPDATE accounts_journalentry SET id = -7 WHERE id = %s", light().pk)
    light()
    assert seal_entries(now=now) == 1
    assert seal_entries(now=now + timedelta(days=1)) == 1
    assert prove_journal().entries == 8


@pytest.mark.django_db(transaction=True)
def test_sealers_that_run_at_once_make_one_chain(light: Light, now: datetime) -> None:
    for _ in range(30):
        light()
    start = Barrier(3)

    def seal() -> int:
        try:
            start.wait()
            return seal_entries(now=now, batch=4)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        counts = [each.result() for each in [pool.submit(seal) for _ in range(3)]]
    assert sum(counts) + seal_entries(now=now) == 30
    assert prove_journal().entries == 30


@pytest.mark.django_db
def test_the_command_says_how_far_the_journal_is_intact(light: Light, capsys: pytest.CaptureFixture[str]) -> None:
    light()
    seal_entries_task()
    call_command("verify_journal")
    said = capsys.readouterr().out
    head = re.search(r"1 entries are intact\. Head: (1:[0-9a-f]{64})", said)
    assert head is not None
    call_command("verify_journal", f"--expect-head={head[1]}")


@pytest.mark.django_db
def test_the_command_fails_with_the_first_broken_entry(chain: list[int]) -> None:
    run("UPDATE accounts_journalentry SET version = 9 WHERE id IN (%s, %s)", chain[1], chain[4])
    with pytest.raises(CommandError, match=rf"Entry {chain[1]} at position 2 is not as it was sealed"):
        call_command("verify_journal")


@pytest.mark.parametrize("text", ["", "7", "7:abc", "x:" + "0" * 64, "7:" + "g" * 64])
def test_a_head_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Head.parse(text)
    with pytest.raises(CommandError, match="POSITION:DIGEST"):
        call_command("verify_journal", f"--expect-head={text}")
