"""The front end's own texts, so that the tests look for what people read in either language."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

LOCALES = Path(__file__).resolve().parents[2] / "frontend" / "src" / "locales"
_VARIABLE = re.compile(r"{{(\w+)}}")


@cache
def _catalogue(locale: str, namespace: str) -> dict[str, Any]:
    name = f"{locale}.{namespace}.json" if namespace else f"{locale}.json"
    catalogue: dict[str, Any] = json.loads((LOCALES / name).read_text(encoding="utf-8"))
    return catalogue


class Words:
    """Texts of one language by their key; those of the instructors' pages stand behind `manage:`."""

    def __init__(self, locale: str) -> None:
        self.locale = locale

    def __call__(self, key: str, **values: object) -> str:
        """The text with its variables filled in; `count` chooses singular or plural. Raises KeyError."""
        namespace, _, path = key.rpartition(":")
        *folders, name = path.split(".")
        at = _catalogue(self.locale, namespace)
        for folder in folders:
            at = at[folder]
        if name not in at:
            name = f"{name}_{'one' if values.get('count') == 1 else 'other'}"
        text: str = at[name]
        return _VARIABLE.sub(lambda found: str(values[found[1]]), text)
