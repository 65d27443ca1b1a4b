"""`manage.py services start|status|stop`: the local PostgreSQL and Valkey, apart from the life of any one command."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from config.embedded import EmbeddedError, control
from config.embedded.urls import HOME

ACTIONS = {"start": control.start, "status": control.status, "stop": control.stop}


class Command(BaseCommand):
    """Starts, shows or stops the local servers. They otherwise come and go with the processes that use them."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """One word says what to do."""
        parser.add_argument("action", choices=ACTIONS)

    def handle(self, *, action: str, **_: object) -> None:
        """Do it and say what came of it."""
        try:
            self.stdout.write(ACTIONS[action](HOME))
        except EmbeddedError as error:
            raise CommandError(str(error)) from error
