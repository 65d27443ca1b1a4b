"""`manage.py verify_journal`: proves that the journal is as it was written."""

from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.journal.proof import prove_journal
from accounts.journal.seals import Head


def _head(text: str) -> Head:
    try:
        return Head.parse(text)
    except ValueError as error:
        msg = f"write it as in the log, POSITION:DIGEST ({error})"
        raise ArgumentTypeError(msg) from error


class Command(BaseCommand):
    """Fails with the first entry that was changed, moved, removed or left out of the chain."""

    help = "Prove the journal's hash chain. Fails and names the first broken entry when it does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--expect-head` finds a journal whose end was cut off or rewritten."""
        parser.add_argument(
            "--expect-head",
            type=_head,
            metavar="POSITION:DIGEST",
            help="a head that was logged earlier; the chain must still contain it",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Prove and say how far."""
        proof = prove_journal(expected=options["expect_head"])
        if proof.first_break is not None:
            msg = f"{proof.first_break.says} {proof.entries} entries before it are intact."
            raise CommandError(msg)
        self.stdout.write(f"{proof.entries} entries are intact. Head: {proof.head or 'none yet'}")
