#!/usr/bin/env python
"""Django's command line."""

import os
import sys

from django.core.management import execute_from_command_line

from config.embedded import EmbeddedError


def main() -> None:
    """Run a command with the settings of a local installation, unless others are named."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
    if sys.argv[1:2] == ["services"]:
        # Asking about the servers must not start them.
        os.environ.setdefault("LOCAL_SERVERS", "off")
    try:
        execute_from_command_line(sys.argv)
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
