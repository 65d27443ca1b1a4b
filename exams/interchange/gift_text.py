"""Texts between GIFT and Markdown: GIFT's escapes, and the formats that Moodle's texts come in."""

import html
import re
from html.parser import HTMLParser

FORMATS = ("html", "moodle", "plain", "markdown")
_FORMAT = re.compile(rf"\s*\[({'|'.join(FORMATS)})\]", re.IGNORECASE)
_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]{2,8}|#[0-9]{1,6});")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>|~]|&(?=[#A-Za-z])|(?m:^\s*(?:[#+-]|[0-9]+[.)])(?=\s))")
_BLOCKS = frozenset({"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "ul", "ol", "table"})
_AROUND = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`", "tt": "`"}
_SILENT = frozenset({"script", "style", "head"})
_UNSUPPORTED = {"img": "an image", "table": "a table", "audio": "a recording", "video": "a video", "iframe": "a frame"}


class UnsupportedText(ValueError):
    """A text that Markdown cannot carry; its message says what is in it."""


def escape(text: str) -> str:
    """A text as GIFT writes it, with its line breaks."""
    return re.sub(r"([\\~=#{}:])", r"\\\1", text).replace("\n", "\\n")


def split_format(text: str, *, inherited: str) -> tuple[str, str]:
    """The format that a text names at its start, or the one of the text around it, and the rest."""
    found = _FORMAT.match(text)
    return (found[1].lower(), text[found.end() :]) if found else (inherited, text)


def to_markdown(text: str, *, inherited: str = "moodle") -> str:
    """A text of the file in Markdown. Without a format it is Moodle's own: HTML where there is any, else plain."""
    kind, text = split_format(text, inherited=inherited)
    if kind == "markdown":
        return text.strip()
    if kind == "html" or (kind == "moodle" and _HTML.search(text)):
        return _from_html(text)
    return _MARKDOWN.sub(lambda found: _literal(found[0]), text.strip())


def to_plain(text: str, *, inherited: str = "moodle") -> str:
    """An accepted answer: a line without any format."""
    kind, text = split_format(text, inherited=inherited)
    if kind == "html":
        text = html.unescape(re.sub(r"<[^<>]*>", "", text))
    return text.strip()


def _literal(found: str) -> str:
    marker = found.lstrip()
    escaped = f"{marker[:-1]}\\{marker[-1]}" if marker[0].isdigit() else f"\\{marker}"
    return found[: len(found) - len(marker)] + escaped


def _from_html(text: str) -> str:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    lines = "".join(reader.written).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip()


class _Reader(HTMLParser):
    """The few tags that question texts use. Others lose their tags and keep their words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._lists: list[int | None] = []
        self._links: list[str] = []
        self._silent = 0
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSUPPORTED:
            raise UnsupportedText(f"the text has {_UNSUPPORTED[tag]}, which cannot be imported")
        if tag in _SILENT:
            self._silent += 1
        elif tag == "br":
            self.written.append("\n" if self._verbatim else "\\\n")
        elif tag == "pre":
            self.written.append("\n\n```\n")
            self._verbatim += 1
        elif tag in ("ul", "ol"):
            self._lists.append(1 if tag == "ol" else None)
            self.written.append("\n\n")
        elif tag == "li":
            self.written.append(f"\n{self._bullet()} ")
        elif tag == "a":
            self._links.append(dict(attrs).get("href") or "")
            self.written.append("[")
        elif tag in _BLOCKS:
            heading = f"{'#' * int(tag[1])} " if tag[1:].isdigit() else ""
            self.written.append(f"\n\n{heading}{'> ' if tag == 'blockquote' else ''}")
        elif tag in _AROUND and not self._verbatim:
            self.written.append(_AROUND[tag])
            self._verbatim += tag in ("code", "tt")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "pre":
            self.written.append("\n```\n\n")
            self._verbatim = max(0, self._verbatim - 1)
        elif tag in ("ul", "ol"):
            self.written.append("\n\n")
            if self._lists:
                self._lists.pop()
        elif tag == "a" and self._links:
            self.written.append(f"]({self._links.pop()})")
        elif tag in _BLOCKS:
            self.written.append("\n\n")
        elif tag in ("code", "tt") and self._verbatim:
            self._verbatim -= 1
            self.written.append("`")
        elif tag in _AROUND and not self._verbatim:
            self.written.append(_AROUND[tag])

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._verbatim:
            self.written.append(data)
            return
        words = re.sub(r"\s+", " ", data.replace("\xa0", " "))
        self.written.append(_MARKDOWN.sub(lambda found: _literal(found[0]), words))

    def _bullet(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "-"
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}."
