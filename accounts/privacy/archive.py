"""The file with everything about a person: JSON for programs and CSV for people, a pair for each subject.

Written row by row into a ZIP, so that memory does not grow with the person's history.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import translation
from rest_framework.utils.encoders import JSONEncoder

from accounts.identity.models import User
from accounts.privacy.registry import Holding, holdings

# What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_archive(target: IO[bytes], *, user: User, now: datetime) -> None:
    """Write the ZIP."""
    subjects = [holding for holding in holdings() if holding.exported]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        with translation.override(user.locale):
            context = {"person": user, "subjects": sorted(each.subject for each in subjects), "now": now}
            readme = render_to_string(f"privacy/{user.locale}/README.txt", context)
        archive.writestr("README.txt", readme)
        for holding in subjects:
            _write_json(archive, holding, user)
            _write_csv(archive, holding, user)


def _write_json(archive: zipfile.ZipFile, holding: Holding, user: User) -> None:
    with _member(archive, f"{holding.subject}.json") as file:
        separator = "[\n"
        for row in holding.values(user):
            file.write(separator + json.dumps(_named(row), cls=JSONEncoder, ensure_ascii=False))
            separator = ",\n"
        file.write("\n]\n" if separator == ",\n" else "[]\n")


def _write_csv(archive: zipfile.ZipFile, holding: Holding, user: User) -> None:
    with _member(archive, f"{holding.subject}.csv") as file:
        # The mark tells spreadsheets that it is UTF-8.
        file.write("\ufeff")
        writer = csv.writer(file)
        writer.writerow(_named(dict.fromkeys(holding.exported)))
        writer.writerows(_cells(holding.values(user)))


def _member(archive: zipfile.ZipFile, name: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(archive.open(name, "w", force_zip64=True), encoding="utf-8", newline="")


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "_"): value for name, value in row.items()}


def _cells(rows: Iterator[dict[str, Any]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row.values()]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = json.dumps(value, cls=JSONEncoder, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text
