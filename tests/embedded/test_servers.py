"""The local servers come with their first user and go with their last, however that one ends."""

import os
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
import redis

from config.embedded import EmbeddedError, Layout, control, ensure, is_used_here, release
from config.embedded.holding import running
from tests.embedded.homes import kill_all, processes_of, program, run, start, stop, temporary_home, wait_for

pytestmark = pytest.mark.crash

HOLD = """
print(ensure(home).keeper, flush=True)
time.sleep(60)
"""


def test_servers_start_cold_and_stop_with_their_only_user(home: Path) -> None:
    services = ensure(home)

    with psycopg.connect(services.database_url) as connection:
        who = connection.execute(
            "select current_user, rolsuper, rolbypassrls, rolcreatedb from pg_roles where rolname = current_user"
        ).fetchone()
        assert who == ("proficienthub", False, False, True)
        assert connection.execute("select upper('ñ'), current_setting('server_encoding')").fetchone() == ("Ñ", "UTF8")
        owner = connection.execute("select pg_get_userbyid(datdba) from pg_database where datname = 'proficienthub'")
        assert owner.fetchone() == ("proficienthub",)
    assert redis.Redis.from_url(services.redis_url).ping()

    assert is_used_here(home)
    assert release(home) == []
    assert processes_of(home) == []
    assert not Layout(home).record.exists()


def test_superuser_cannot_sign_in(home: Path) -> None:
    services = ensure(home)

    with pytest.raises(psycopg.OperationalError, match=r"no pg_hba\.conf entry"):
        psycopg.connect(services.database_url, user="postgres")
    release(home)


def test_secrets_and_sockets_are_closed_to_others(home: Path) -> None:
    services = ensure(home)
    layout = Layout(home)

    for folder in (home, layout.run, layout.log, layout.postgres, layout.valkey):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700, folder
    secrets = [layout.record, layout.postgres / "password", layout.valkey / "password", layout.run / "valkey.conf"]
    for file in secrets:
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    visible = " ".join(" ".join(process.cmdline()) for process in processes_of(home))
    assert services.database_url.split(":")[2].split("@")[0] not in visible
    assert services.redis_url.split(":")[2].split("@")[0] not in visible
    release(home)


def test_second_process_uses_the_servers_of_the_first(home: Path) -> None:
    services = ensure(home)

    other = run(home, "services = ensure(home); print(services.keeper, services.redis_url)")

    assert other == f"{services.keeper} {services.redis_url}"
    assert running(Layout(home)) == services, "a process that used them briefly took them away"
    release(home)


def test_four_processes_at_once_start_one_server(home: Path) -> None:
    body = "print(ensure(home).keeper, flush=True); time.sleep(1)"
    together = [subprocess.Popen(program(home, body), stdout=subprocess.PIPE, text=True) for _ in range(4)]

    keepers = {process.communicate(timeout=60)[0].strip() for process in together}

    assert len(keepers) == 1
    postmasters = [one for one in processes_of(home) if "-D" in one.cmdline()]
    assert len(postmasters) == 1
    stop(home)


def test_killing_the_last_user_leaves_nothing_running(home: Path) -> None:
    user = start(home, HOLD)
    assert user.stdout is not None
    user.stdout.readline()
    assert processes_of(home)

    user.kill()
    user.communicate()

    assert wait_for(lambda: not processes_of(home))


def test_killing_everything_keeps_the_data(home: Path) -> None:
    services = ensure(home)
    with psycopg.connect(services.database_url) as connection:
        connection.execute("create table kept (word text)")
        connection.execute("insert into kept values ('still here')")

    kill_all(home)
    assert wait_for(lambda: not processes_of(home))
    again = ensure(home)

    assert again.keeper != services.keeper
    with psycopg.connect(again.database_url) as connection:
        assert connection.execute("select word from kept").fetchone() == ("still here",)
    release(home)
    assert processes_of(home) == []


def test_killing_the_keeper_alone_ends_the_servers(home: Path) -> None:
    services = ensure(home)

    os.kill(services.keeper, signal.SIGKILL)

    assert wait_for(lambda: not processes_of(home))
    release(home)


def test_killed_server_is_started_again(home: Path) -> None:
    services = ensure(home)
    valkey = next(one for one in processes_of(home) if "valkey.conf" in " ".join(one.cmdline()))

    valkey.kill()

    def answers() -> bool:
        now = running(Layout(home))
        return now is not None and now.keeper == services.keeper and valkey not in processes_of(home)

    assert wait_for(answers)
    assert redis.Redis.from_url(ensure(home).redis_url).ping()
    release(home)


def test_number_of_a_dead_server_that_another_process_has_now_is_no_obstacle(home: Path) -> None:
    ensure(home)
    kill_all(home)
    assert wait_for(lambda: not processes_of(home))
    # As after a restart of the machine: the number in the files is somebody else's, here the test runner's.
    for file in (home / "postgres" / "data" / "postmaster.pid", home / "run" / ".s.PGSQL.5432.lock"):
        _, rest = file.read_text().split("\n", 1)
        file.write_text(f"{os.getpid()}\n{rest}")

    with psycopg.connect(ensure(home).database_url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    release(home)


def test_first_start_cut_short_is_made_good(home: Path) -> None:
    user = start(home, HOLD)
    assert wait_for(lambda: any(home.glob("postgres.new-*/data/PG_VERSION")))
    kill_all(home)
    user.kill()
    user.communicate()
    assert wait_for(lambda: not processes_of(home))
    assert not (home / "postgres").exists()

    services = ensure(home)

    with psycopg.connect(services.database_url) as connection:
        assert connection.execute("select current_user").fetchone() == ("proficienthub",)
    assert not list(home.glob("postgres.new-*"))
    release(home)


def test_long_path_gets_a_short_socket_folder() -> None:
    with tempfile.TemporaryDirectory(prefix="ph ") as short:
        deep = Path(short) / ("folder with a long name " * 4).strip() / "and one more, for good measure"
        deep.mkdir(parents=True)
        with temporary_home(below=deep) as home:
            services = ensure(home)
            with psycopg.connect(services.database_url) as connection:
                assert connection.execute("select 1").fetchone() == (1,)
            sockets = (home / "run" / "sockets").readlink()
            assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
            release(home)
            assert not sockets.exists()


def test_throw_away_servers_do_not_wait_for_the_disk_and_survive_spoilt_data(home: Path) -> None:
    services = ensure(home, durable=False)
    with psycopg.connect(services.database_url) as connection:
        assert connection.execute("show fsync").fetchone() == ("off",)
    release(home)
    (home / "postgres" / "data" / "global" / "pg_control").write_bytes(b"spoilt")

    with psycopg.connect(ensure(home, durable=False).database_url) as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    release(home)


def test_spoilt_data_that_matters_is_reported_and_left_alone(home: Path) -> None:
    ensure(home)
    release(home)
    control_file = home / "postgres" / "data" / "global" / "pg_control"
    control_file.write_bytes(b"spoilt")

    with pytest.raises(EmbeddedError, match=r"PostgreSQL did not start; .*postgres\.log"):
        ensure(home)

    assert control_file.read_bytes() == b"spoilt"
    assert processes_of(home) == []


def test_services_that_are_started_stay_until_they_are_stopped(home: Path) -> None:
    run(home, "from embedded import control; print(control.start(home))")
    assert "until `manage.py services stop`" in control.status(home)

    user = start(home, HOLD)
    assert user.stdout is not None
    user.stdout.readline()
    with pytest.raises(EmbeddedError, match=rf"in use \(processes {user.pid}\)"):
        control.stop(home)
    user.kill()
    user.communicate()

    assert control.stop(home) in ("PostgreSQL and Valkey are stopped.", "PostgreSQL and Valkey were not running.")
    assert processes_of(home) == []
    assert control.status(home) == "PostgreSQL and Valkey are not running."
