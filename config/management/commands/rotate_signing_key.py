"""`manage.py rotate_signing_key`: a new SECRET_KEY, while what the old one has signed stays valid."""

import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

ENV_FILE = Path(__file__).resolve().parents[3] / ".env"
NAMES = ("SECRET_KEY", "SECRET_KEY_FALLBACKS")

STARTED = """Restart every web, worker and beat process with these values.
Signed with the old key and still valid: sessions, links in letters, tokens of running attempts, seals of step logs.
Not told apart any more: failed sign-ins of unknown addresses, whose digests in the journal are made with the new key.
Run it with --finish when the longest of these has run out (docs/runbook/security.md), at once when the key leaked."""

FINISHED = """Restart every web, worker and beat process with these values.
What former keys have signed is worth nothing from then on: people sign in again, links in letters and tokens of running
attempts are refused, and step logs of that time cannot be proven."""


class Command(BaseCommand):
    """Prints the lines for the environment, or writes them into `.env`."""

    help = "Make a new SECRET_KEY and keep the old one among SECRET_KEY_FALLBACKS; --finish drops the old ones."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and which half."""
        parser.add_argument("--write", action="store_true", help=f"change {ENV_FILE.name} instead of printing")
        parser.add_argument("--finish", action="store_true", help="keep the key and drop the former ones")

    def handle(self, *_: Any, **options: Any) -> None:
        """Make the values."""
        if options["finish"]:
            current, former = settings.SECRET_KEY, []
        else:
            current, former = secrets.token_urlsafe(48), [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        if any("," in key for key in former):
            msg = "A former key has a comma in it, which separates them: it cannot be kept."
            raise CommandError(msg)
        values = dict(zip(NAMES, (current, ",".join(former)), strict=True))
        if options["write"]:
            write_values(ENV_FILE, values)
            self.stdout.write(f"Written into {ENV_FILE.name}.")
        else:
            self.stdout.write("\n".join(f"{name}={value}" for name, value in values.items()))
        self.stdout.write(FINISHED if options["finish"] else STARTED)


def write_values(path: Path, values: dict[str, str]) -> None:
    """Put the values into an environment file, whose other lines stay. It is there whole, or as it was."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    kept = [line for line in lines if line.partition("=")[0].strip() not in values]
    draft = path.with_name(f"{path.name}.new")
    draft.touch(mode=0o600)
    draft.write_text("\n".join([*kept, *(f"{name}={value}" for name, value in values.items()), ""]), encoding="utf-8")
    draft.replace(path)
