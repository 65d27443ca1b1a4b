"""An item version as staff see it: what the learner sees, with the key and the reasons beside it."""

import re
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from exams.bank.models import ItemVersion


@dataclass(frozen=True, kw_only=True)
class Part:
    """One row: an option, a prompt, a gap. `html` and `why` were cleaned when the version was made."""

    label: str
    html: SafeString
    key: str
    why: SafeString
    is_right: bool = False


def excerpt_of(stem: str) -> str:
    """The start of a stem on one line, without the signs of Markdown that lists would show."""
    return Truncator(" ".join(re.sub(r"[*`]+|^#+ ", "", stem[:400], flags=re.MULTILINE).split())).chars(90)


def preview_of(version: ItemVersion) -> SafeString:
    """The preview as HTML."""
    return render_to_string(
        "admin/exams/itemversion/preview.html",
        {
            "version": version,
            "stem": _html(version.stem_html),
            "text": _html(version.question.get("html", "")),
            "parts": _parts(version),
            "choices": version.question.get("choices"),
            "explanation": _html(version.rationale.get("explanation_html", "")),
            "stimulus": version.stimulus,
            "stimulus_html": _html(version.stimulus.body_html if version.stimulus else ""),
        },
    )


def _parts(version: ItemVersion) -> list[Part]:
    question, key, why = version.question, version.key, version.rationale.get("why", {})
    if "options" in question and "prompts" not in question:
        right = {key["choice"]} if "choice" in key else set(key.get("choices", ()))
        order = {option: place for place, option in enumerate(key.get("order", ()), start=1)}
        options = sorted(question["options"], key=lambda option: order.get(option["id"], 0))
        return [
            Part(
                label=str(order.get(option["id"], option["id"])),
                html=_html(option.get("html", option.get("label", ""))),
                key="right" if option["id"] in right else "",
                why=_html(why.get(option["id"], "")),
                is_right=option["id"] in right,
            )
            for option in options
        ]
    if "prompts" in question:
        texts = {option["id"]: option["html"] for option in question["options"]}
        pairs = key["pairs"]
        parts = [
            Part(
                label=prompt["id"],
                html=_html(f"{prompt['html']} → {texts[pairs[prompt['id']]]}"),
                key="",
                why=_html(why.get(prompt["id"], "")),
            )
            for prompt in question["prompts"]
        ]
        spare = [option for option in question["options"] if option["id"] not in pairs.values()]
        return parts + [Part(label="", html=_html(option["html"]), key="not used", why=_html("")) for option in spare]
    if "gaps" in key:
        return [
            Part(label=gap, html=_html(""), key=" / ".join(accepted), why=_html(why.get(gap, "")))
            for gap, accepted in key["gaps"].items()
        ]
    return [Part(label="answer", html=_html(""), key=_written(key), why=_html(why.get("answer", "")))]


def _written(key: dict[str, Any]) -> str:
    if "accepted" in key:
        return " / ".join(key["accepted"])
    number = f"{key['number']} {key['unit'] or ''}".strip()
    if key["tolerance"] == "0":
        return number
    return f"{number} ± {key['tolerance']}{' of it' if key['tolerance_kind'] == 'relative' else ''}"


def _html(text: str) -> SafeString:
    # Everything that comes here was rendered and cleaned by config.kernel.markdown when the version was made.
    return mark_safe(text)  # noqa: S308  # nosec B308 B703
