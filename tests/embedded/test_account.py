"""PostgreSQL never runs as root, whatever the machine allows."""

import os
import shutil
from pathlib import Path

import psycopg
import pytest

from config.embedded import Layout, account, outside
from config.embedded.binaries import PostgresBinaries, find_postgres
from config.embedded.postgres import Postgres
from tests.embedded.homes import wait_for

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


@as_root
def test_without_namespaces_root_becomes_another_user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(account, "_in_a_namespace", lambda: None)
    layout = Layout(home)
    layout.make()
    server = Postgres(layout, durable=False)
    try:
        server.prepare()
        server.start()
        assert wait_for(server.is_ready)

        assert server.process is not None
        assert Path(f"/proc/{server.process.pid}").stat().st_uid not in (0, -1)
        assert server.data.stat().st_uid == server.account.uid
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("select current_user").fetchone() == ("proficienthub",)
        # Found again by who owns the data, also when namespaces become possible later.
        monkeypatch.undo()
        assert account.choose_account(layout).uid == server.account.uid
    finally:
        server.stop()
        shutil.rmtree(outside._base(layout))


@as_root
def test_programs_that_the_other_user_cannot_read_are_copied(home: Path) -> None:
    layout = Layout(home)
    layout.make()
    somebody = account._as_somebody_else(None)
    found = find_postgres()
    closed = home / "closed" / found.folder.parents[1].name
    shutil.copytree(found.folder.parent, closed / found.folder.parent.name)
    libraries = found.folder.parents[1].with_name(f"{found.folder.parents[1].name}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, closed.with_name(libraries.name))
    try:
        copied = outside.reachable(
            PostgresBinaries(closed / found.folder.parent.name / "bin", found.major), layout=layout, account=somebody
        )
        assert not str(copied.folder).startswith(str(home))
    finally:
        shutil.rmtree(outside._base(layout))
