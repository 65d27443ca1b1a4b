"""Run a program that does not outlive its parent: `python tether.py SIGTERM <parent pid, or 0> -- program arguments…`.

A program of its own, because asking the kernel for it between fork and exec is not safe in a process with threads.
Uses the standard library alone and is run by its path. Where the kernel has no such signal (not Linux) the program
simply runs.
"""

import contextlib
import ctypes
import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def tethered(command: list[str], *, death_signal: signal.Signals, parent: int | None = None) -> list[str]:
    """The command line that runs `command` so that it gets `death_signal` when the thread that started it ends.

    `parent` is the process that must still be there when the program begins; None takes whoever starts it.
    """
    script = str(Path(__file__).resolve())
    return [sys.executable, "-I", "-S", script, death_signal.name, str(parent or 0), "--", *command]


def main(arguments: list[str]) -> None:
    """Ask for the signal, then become the program."""
    name, parent, _, *command = arguments
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.Signals[name].value, 0, 0, 0)
        # The parent may have died before the request was made; nobody would send the signal then.
        if int(parent) and os.getppid() != int(parent):
            sys.exit(1)
    # Python ignores these and what is ignored stays so across exec.
    for ignored in (signal.SIGPIPE, signal.SIGXFSZ):
        signal.signal(ignored, signal.SIG_DFL)
    try:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    except OSError as error:
        sys.exit(f"{command[0]} cannot be run: {error.strerror}")


if __name__ == "__main__":
    main(sys.argv[1:])
