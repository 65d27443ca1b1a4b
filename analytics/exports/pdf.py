"""A learner's progress on paper: one page, or two for somebody who learns a lot at once."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape  # nosec B406 - writes, and parses nothing

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from analytics.exports.progress import Progress
from config.kernel.dejavu import BOLD, PLAIN, load_fonts

# As many as two pages hold.
MOST_DOMAINS = 40

load_fonts()
_BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9, leading=12, splitLongWords=True)
_HEAD = ParagraphStyle("head", _BODY, fontName=BOLD)
_SECTION = ParagraphStyle("section", _HEAD, fontSize=13, leading=18, spaceAfter=4)
_TITLE = ParagraphStyle("title", _HEAD, fontSize=18, leading=24, spaceAfter=4)
_LOOK = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, colors.HexColor("#c3c9d3")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
    ]
)


def as_pdf(progress: Progress) -> bytes:
    """The file, in the language of the reader."""
    member, totals = progress.member, progress.totals()
    title = gettext("Progress of {name}").format(name=member.user.display_name)
    parts: list[Any] = [
        _text(title, _TITLE),
        _text(f"{member.academy.name} · {_period(progress)}"),
        Spacer(0, 6 * mm),
        _text(
            gettext("{answers} answers, {percent} right, {hours} hours.").format(
                answers=number_format(totals["answers"]),
                percent=_percent(totals["percent"]),
                hours=number_format(round(totals["seconds"] / 3600, 1)),
            )
        ),
        *_section(
            gettext("Domains"),
            (gettext("Bank"), gettext("Domain"), gettext("Answers"), gettext("Right")),
            (
                (row["bank"], f"{row['code']} {row['domain']}", number_format(row["answers"]), _percent(row["percent"]))
                for row in islice(progress.domains(), MOST_DOMAINS)
            ),
            (56, 62, 30, 26),
        ),
        *_section(
            gettext("Readiness"),
            (gettext("Exam"), gettext("Probability of passing")),
            ((row["exam"]["title"], _chance(row)) for row in progress.readiness()),
            (84, 90),
        ),
    ]
    file = BytesIO()
    SimpleDocTemplate(
        file, pagesize=A4, title=title, author=member.academy.name, leftMargin=18 * mm, rightMargin=18 * mm
    ).build(parts)
    return file.getvalue()


def _section(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> list[Any]:
    """A heading and a table; nothing where there are no rows."""
    cells = [[_text(cell) for cell in row] for row in rows]
    names = [_text(head, _HEAD) for head in heads]
    if not cells:
        return []
    table = Table([names, *cells], colWidths=[width * mm for width in widths], repeatRows=1, hAlign="LEFT")
    table.setStyle(_LOOK)
    return [Spacer(0, 6 * mm), _text(title, _SECTION), table]


def _text(text: str, style: ParagraphStyle = _BODY) -> Paragraph:
    # A paragraph reads markup; what people wrote is none.
    return Paragraph(escape(text), style)


def _period(progress: Progress) -> str:
    end = date_format(progress.end, "DATE_FORMAT")
    if progress.start is None:
        return gettext("everything up to {end}").format(end=end)
    return gettext("{start} to {end}").format(start=date_format(progress.start, "DATE_FORMAT"), end=end)


def _chance(row: dict[str, Any]) -> str:
    if row["probability"] is None:
        return gettext("Not enough answers yet: {count} more.").format(count=row["answers_needed"])
    return gettext("{probability}, between {low} and {high} with a certainty of 90%").format(
        probability=_percent(row["probability"]), low=_percent(row["low"]), high=_percent(row["high"])
    )


def _percent(value: float | None) -> str:
    return "–" if value is None else gettext("{number}%").format(number=round(value))
