"""Wait for the web server to say that everything it needs is there."""

import http.client
import threading
import time
from collections.abc import Callable

FIRST_PAUSE_SECONDS = 0.3
LONGEST_PAUSE_SECONDS = 3.0


def when_ready(
    host: str, port: int, *, then: Callable[[], None], late: Callable[[str], None], seconds: float = 60
) -> None:
    """Ask `/ready` in the background until it answers 200, then call `then` once.

    `late` is called once with the last answer when that takes longer than `seconds`; the asking goes on.
    """
    threading.Thread(target=_ask, args=(host, port, then, late, seconds), daemon=True, name="readiness").start()


def _ask(host: str, port: int, then: Callable[[], None], late: Callable[[str], None], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    pause = FIRST_PAUSE_SECONDS
    is_late = False
    while True:
        status, answer = _answer(host, port)
        if status == 200:
            then()
            return
        if not is_late and time.monotonic() > deadline:
            is_late = True
            late(answer)
        time.sleep(pause)
        # Every question is a line in the log of the web server.
        pause = min(pause * 1.2, LONGEST_PAUSE_SECONDS)


def _answer(host: str, port: int) -> tuple[int, str]:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/ready")
        response = connection.getresponse()
        return response.status, f"{response.status} {response.read(300).decode(errors='replace')}".strip()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error) or type(error).__name__
    finally:
        connection.close()
