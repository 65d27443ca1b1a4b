"""What a letter says: a text template per language whose first line is the subject, and the HTML made from it.

Templates are `mail/{locale}/{kind}.txt`. They are plain text in paragraphs, with blank lines between them; an address
that stands alone on a line becomes a button in the HTML, and a line that starts with `# ` (a code) is set large.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import translation

LINK = ("https://", "http://")
CODE = "# "


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A letter as it is sent."""

    subject: str
    text: str
    html: str


def write_letter(*, kind: str, locale: str, context: Mapping[str, Any]) -> Letter:
    """The letter `kind` in this language. Raises `TemplateDoesNotExist`."""
    with translation.override(locale):
        template = Engine.get_default().get_template(f"mail/{locale}/{kind}.txt")
        # It is plain text; the HTML made of it escapes by itself.
        written = template.render(Context({**context, "site": settings.SITE_NAME}, autoescape=False))
        # A header must be one line, whatever a name in it contains.
        subject, _, body = written.strip().partition("\n")
        body = body.strip()
        blocks = [_block(text) for text in body.split("\n\n")]
        html = render_to_string(
            "mail/letter.html",
            {"subject": subject, "blocks": blocks, "locale": locale, "site": settings.SITE_NAME},
        )
    return Letter(subject=" ".join(subject.split()), text=body.replace(f"\n{CODE}", "\n") + "\n", html=html)


def _block(text: str) -> dict[str, str]:
    text = text.strip()
    if text.startswith(LINK) and len(text.split()) == 1:
        return {"kind": "link", "text": text}
    if text.startswith(CODE):
        return {"kind": "code", "text": text.removeprefix(CODE)}
    return {"kind": "words", "text": text}
