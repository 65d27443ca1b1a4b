"""One JSON object a line, whoever wrote it, and nothing personal in it."""

import json
import subprocess
import sys
from typing import Any

import pytest

from config.http.logs import MASK, mask_personal_data

PROGRAM = """
import logging, structlog
from config.http.logs import configure, logging_config
from config.kernel import request_id
configure(logging_config(level="INFO", readable=False))
request_id.bind("request-1")
structlog.get_logger().info("ours", count=1)
logging.getLogger("library").warning("theirs to %s", "ada@harbour.example", extra={"password": "secret"})
logging.getLogger("library").debug("too quiet")
try:
    raise ValueError("for ada@harbour.example")
except ValueError:
    logging.getLogger("library").exception("failed")
logging.getLogger("django.request").error("the same once more")
"""


def test_our_lines_and_the_libraries_look_the_same() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    ours, theirs, failed = (json.loads(line) for line in done.stderr.splitlines())
    assert ours["event"] == "ours"
    assert theirs["event"] == f"theirs to {MASK}"
    assert theirs["password"] == MASK
    assert theirs["logger"] == "library"
    assert "ValueError" in failed["exception"]
    assert "ada@" not in failed["exception"]
    for line in (ours, theirs, failed):
        assert line["request_id"] == "request-1"
        assert line["timestamp"].endswith("Z")
        assert line["level"] in ("info", "warning", "error")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("email", "ada@harbour.example"),
        ("password", "secret"),
        ("new_password1", "secret"),
        ("Authorization", "Attempt abc"),
        ("HTTP_COOKIE", "sessionid=1"),
        ("csrf_token", "abc"),
        ("phone", "+34 600 000 000"),
        ("name", "Ada Lovelace"),
        ("ip_address", "192.0.2.1"),
    ],
)
def test_private_keys_are_masked_at_every_depth(key: str, value: str) -> None:
    event = mask_personal_data(None, "info", {"event": "x", key: value, "body": {"list": [{key: value, "kept": 1}]}})
    assert event == {"event": "x", key: MASK, "body": {"list": [{key: MASK, "kept": 1}]}}


def test_addresses_inside_texts_are_masked_and_the_rest_stays() -> None:
    event: dict[str, Any] = {"event": "mail to ada@harbour.example failed", "count": 3, "ratio": 0.5, "flag": True}
    masked = mask_personal_data(None, "info", event)
    assert masked == {"event": f"mail to {MASK} failed", "count": 3, "ratio": 0.5, "flag": True}


def test_a_structure_without_end_is_cut_off() -> None:
    endless: dict[str, Any] = {}
    endless["again"] = endless
    assert "[deep]" in json.dumps(mask_personal_data(None, "info", {"event": endless}))
