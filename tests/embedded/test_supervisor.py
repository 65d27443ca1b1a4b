"""Programs side by side: the dead are started again and all end together."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

import psutil
import pytest

from config.embedded.supervisor import Program, Supervisor
from tests.embedded.homes import ROOT, wait_for

pytestmark = pytest.mark.crash

PATIENT = "import time\nprint('here', flush=True)\ntime.sleep(60)"
DEAF = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('here', flush=True)\ntime.sleep(60)"
CHILD = "import time; print('child', flush=True); time.sleep(61)"
PARENT = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {CHILD!r}])"


def python(name: str, code: str, *, grace_seconds: float = 5) -> Program:
    return Program(name, (sys.executable, "-c", code), grace_seconds=grace_seconds)


def supervise(programs: Sequence[Program], *, until: Sequence[str], times: int = 1) -> list[str]:
    """Run the programs until each of `until` has stood in a line for the nth time; returns every line."""
    said: list[str] = []

    def say(line: str) -> None:
        said.append(line)
        if all(sum(text in line for line in said) >= times for text in until):
            supervisor.stop()

    supervisor = Supervisor(programs, say, first_pause_seconds=0.1)
    alarm = threading.Timer(20, supervisor.stop)
    alarm.start()
    supervisor.run()
    alarm.cancel()
    return said


def test_output_carries_the_name_of_its_program() -> None:
    said = supervise(
        [python("web", PATIENT), python("worker", "print('half a line', end='')")], until=["worker ended", "here"]
    )

    assert "web    | here" in said
    assert "worker | half a line" in said


def test_dead_program_is_started_again_and_it_is_said() -> None:
    said = supervise([python("beat", "import sys\nprint('up')\nsys.exit(3)")], until=["up"], times=3)

    assert said.count("beat | up") >= 3
    assert "beat ended (exit status 3); starting it again in 0.1 s." in said
    assert "beat ended (exit status 3); starting it again in 0.2 s." in said


def test_program_that_does_not_stop_is_killed_in_bounded_time() -> None:
    began = time.monotonic()
    said = supervise([python("deaf", DEAF, grace_seconds=0.3)], until=["here"])

    assert "deaf does not stop: killing it." in said
    assert time.monotonic() - began < 10


def test_what_a_program_started_ends_with_it() -> None:
    supervise([python("parent", PARENT)], until=["child"])

    def left() -> list[psutil.Process]:
        return [one for one in psutil.process_iter() if "time.sleep(61)" in " ".join(_command(one))]

    # The signal is on its way when the program has ended.
    assert wait_for(lambda: not left(), seconds=5)


def test_programs_do_not_outlive_a_killed_supervisor() -> None:
    code = (
        "import sys\nfrom config.embedded.supervisor import Program, Supervisor\n"
        "code = 'import os, time; print(os.getpid(), flush=True); time.sleep(60)'\n"
        "program = Program('it', (sys.executable, '-c', code))\n"
        "Supervisor([program], lambda line: print(line, flush=True)).run()"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert supervisor.stdout is not None
    number = int(supervisor.stdout.readline().split("|")[1])

    supervisor.send_signal(signal.SIGKILL)
    supervisor.communicate()

    assert wait_for(lambda: not _lives(number), seconds=5)


def _lives(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() if process.pid != os.getpid() else []
    except psutil.Error:
        return []
