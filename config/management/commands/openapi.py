"""`manage.py openapi`: writes the API document, or checks that the one in the repository is the present one."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer
from drf_spectacular.validation import validate_schema

DEFAULT = settings.ROOT / "docs" / "openapi.yaml"


class Command(BaseCommand):
    """Any warning is an error: what the generator has to guess, nobody should have to rely on."""

    help = "Write docs/openapi.yaml, or with --check compare it with the present routes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when the file is out of date.")
        parser.add_argument("--file", type=Path, default=DEFAULT, help="The file (default: docs/openapi.yaml).")

    def handle(self, *, check: bool, file: Path, **_: Any) -> None:
        text = self._generate()
        if check:
            if not file.exists() or file.read_bytes() != text:
                raise CommandError(f"{file.name} is out of date: run `manage.py openapi` and look at the difference.")
            self.stdout.write(f"{file.name} is up to date.")
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text)
        self.stdout.write(f"Wrote {file}.")

    def _generate(self) -> bytes:
        GENERATOR_STATS.reset()
        GENERATOR_STATS.enable_trace_lineno()
        document = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
        if GENERATOR_STATS:
            GENERATOR_STATS.emit_summary()
            raise CommandError("The API document has warnings, see above.")
        validate_schema(document)  # type: ignore[no-untyped-call]
        rendered: bytes = OpenApiYamlRenderer().render(document, renderer_context={})  # type: ignore[no-untyped-call]
        return rendered
