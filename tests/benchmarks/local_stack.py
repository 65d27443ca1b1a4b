"""`manage.py up` over the benchmarks' own servers: `python -m tests.benchmarks.local_stack <port>`."""

import sys

import django
from django.core.management import call_command

from config.embedded import ensure
from tests.benchmarks.servers import HOME


def main(port: str) -> None:
    """Become the program that runs everything."""
    ensure(HOME)
    django.setup()
    from config.management.commands import up

    # Where the schedule of beat is kept, and whose servers are looked after.
    up.HOME = HOME
    call_command("up", port=int(port))


if __name__ == "__main__":
    main(sys.argv[1])
