"""`manage.py up` as a person meets it: one terminal, one Ctrl-C."""

import json
import os
import signal
import socket
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import pytest

from config.embedded.port import port_problem
from config.embedded.stack import Stack, _read
from config.embedded.supervisor import Program
from tests.embedded.homes import LAUNCH, PREAMBLE, ROOT, kill_all, processes_of

pytestmark = pytest.mark.crash

# A web server that is ready at once, standing in for the platform.
WEB = """
import http.server, sys
class Ready(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 404)
        self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Ready).serve_forever()
"""
BECOME = """
from embedded.stack import Stack, become
from embedded.supervisor import Program
program = Program("web", ({python!r}, "-c", {web!r}, "{port}"), grace_seconds=2)
sign_ins = [("Owner", "o@example.org", "secret")]
address = "http://localhost:{port}"
become(Stack("127.0.0.1", {port}, address, programs=[program], home=str(home), sign_ins=sign_ins))
"""


def test_ctrl_c_leaves_nothing(home: Path) -> None:
    stack = _start(home, _free_port())
    lines = _until(stack, "Ctrl-C stops it.")
    assert any("ProficientHub is ready: http://localhost:" in line for line in lines)
    assert any("Owner  o@example.org  secret" in line for line in lines)
    assert processes_of(home)

    # The terminal sends it to the whole group; the servers are not in it.
    os.killpg(stack.pid, signal.SIGINT)
    rest, _ = stack.communicate(timeout=20)

    assert rest.strip().endswith("Stopped.")
    assert stack.returncode == 0
    assert processes_of(home) == []


def test_killed_keeper_is_noticed_and_replaced(home: Path) -> None:
    stack = _start(home, _free_port())
    _until(stack, "Ctrl-C stops it.")

    kill_all(home)
    _until(stack, "had ended and were started again")

    stack.terminate()
    stack.communicate(timeout=20)
    assert processes_of(home) == []


def test_taken_port_is_named_together_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert port_problem(port) == f"Port {port} is already in use. Choose another: make run PORT={port + 1}"
        program = [sys.executable, str(ROOT / "config" / "embedded" / "port.py"), str(port)]
        asked = subprocess.run(program, capture_output=True, text=True, check=False)
    assert asked.returncode == 1
    assert asked.stderr.strip() == f"Port {port} is already in use. Choose another: make run PORT={port + 1}"
    assert port_problem(port) is None
    assert port_problem(70000) == "70000 is not a port. Choose another: make run PORT=8001"


def test_description_survives_the_way_through_the_pipe() -> None:
    described = Stack(
        "127.0.0.1",
        8000,
        "http://localhost:8000",
        [Program("web", ["true"], death_signal=signal.SIGKILL)],
        sign_ins=[("a", "b", "c")],
    )
    sent = json.loads(json.dumps(asdict(described)))
    assert _read(sent) == described


def _start(home: Path, port: int) -> subprocess.Popen[str]:
    code = PREAMBLE.format(launch=str(LAUNCH), home=str(home)) + BECOME.format(
        python=sys.executable, web=WEB, port=port
    )
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True)


def _until(process: subprocess.Popen[str], text: str) -> list[str]:
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port
