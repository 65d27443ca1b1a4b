"""`manage.py erd`: draws each app's models as a Mermaid diagram, so that a change of them shows in review."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Field, ForeignKey, ManyToManyField, Model, OneToOneField

DEFAULT = settings.ROOT / "docs" / "erd"


class Command(BaseCommand):
    """Only the platform's own apps; what they point to elsewhere appears without its columns."""

    help = "Write docs/erd/<app>.md, or with --check compare the files with the present models."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail when a file is out of date.")
        parser.add_argument("--folder", type=Path, default=DEFAULT, help="The folder (default: docs/erd).")

    def handle(self, *, check: bool, folder: Path, **_: Any) -> None:
        pages = {folder / f"{app.label}.md": page(app) for app in own_apps()}
        if check:
            old = [
                path.name
                for path, text in pages.items()
                if not path.exists() or path.read_text(encoding="utf-8") != text
            ]
            old += [path.name for path in folder.glob("*.md") if path not in pages]
            if old:
                raise CommandError(f"Out of date: {', '.join(sorted(old))}. Run `manage.py erd`.")
            self.stdout.write(f"{len(pages)} diagrams are up to date.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in pages.items():
            path.write_text(text, encoding="utf-8")
        self.stdout.write(f"Wrote {len(pages)} diagrams to {folder}.")


def own_apps() -> list[AppConfig]:
    """The platform's apps that have models."""
    return [app for app in apps.get_app_configs() if Path(app.path).parent == settings.ROOT and any(app.get_models())]


def page(app: AppConfig) -> str:
    """The Markdown page of one app."""
    lines = [f"# Models of {app.label}", "", "Written by `manage.py erd`.", "", "```mermaid", "erDiagram"]
    models = sorted(app.get_models(), key=lambda model: model.__name__)
    for model in models:
        lines += _entity(model)
    for model in models:
        lines += _relations(model)
    return "\n".join([*lines, "```", ""])


def _entity(model: type[Model]) -> Iterator[str]:
    yield f"    {_name(model, model)} {{"
    for field in model._meta.concrete_fields:
        if field.column is None:
            continue  # a key made of other columns, which are all there
        marks = ",".join(_marks(field))
        comment = ' "null"' if field.null else ""
        yield f"        {_kind(field)} {field.name}{f' {marks}' if marks else ''}{comment}"
    yield "    }"


def _marks(field: "Field[Any, Any]") -> Iterator[str]:
    if field.primary_key:
        yield "PK"
    if isinstance(field, ForeignKey):
        yield "FK"
    if field.unique and not field.primary_key:
        yield "UK"


def _kind(field: "Field[Any, Any]") -> str:
    """The kind of a column in one word, in the words of the models."""
    if isinstance(field, ForeignKey):
        return _kind(field.target_field)
    return field.get_internal_type().removesuffix("Field")


def _relations(model: type[Model]) -> Iterator[str]:
    source = _name(model, model)
    for field in model._meta.concrete_fields:
        if isinstance(field, ForeignKey):
            many = "o|" if isinstance(field, OneToOneField) else "o{"
            one = "|o" if field.null else "||"
            yield f"    {_name(field.related_model, model)} {one}--{many} {source} : {field.name}"
    for field in model._meta.local_many_to_many:
        if isinstance(field, ManyToManyField):
            yield f"    {_name(field.related_model, model)} }}o--o{{ {source} : {field.name}"


def _name(model: Any, within: type[Model]) -> str:
    """The model's name, with its app's where that is another one."""
    if model._meta.app_label == within._meta.app_label:
        return str(model.__name__)
    return f"{model._meta.app_label}_{model.__name__}"
