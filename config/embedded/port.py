"""Say early, and in one line, that the web port is taken. Also a program: `python port.py 8000`."""

import socket
import sys

HOST = "127.0.0.1"
# What people open: browsers make passkeys for a name, not for a number.
NAME = "localhost"


def port_problem(port: int) -> str | None:
    """What is wrong with serving on `port`, in one line, or None."""
    if not 1 <= port <= 65535:
        return f"{port} is not a port. Choose another: make run PORT=8001"
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As the web server will: a port that closed a moment ago is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            return f"Port {port} is reserved for root. Choose another: make run PORT=8001"
        except OSError:
            other = port + 1 if port < 65535 else 8001
            return f"Port {port} is already in use. Choose another: make run PORT={other}"
    return None


if __name__ == "__main__":
    argument = sys.argv[1]
    sys.exit(
        port_problem(int(argument)) if argument.isdigit() else f"{argument!r} is not a port. Try: make run PORT=8001"
    )
