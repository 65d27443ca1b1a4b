"""A certificate as a PDF: A4 across, the same bytes for the same certificate."""

from io import BytesIO

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, override
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from config.kernel.dejavu import BOLD, PLAIN, load_fonts
from gamification.certificates.codes import written
from gamification.certificates.models import Certificate

_WIDTH, _HEIGHT = landscape(A4)
_MARGIN = 64
_QR = 96
_INK, _QUIET = HexColor("#1c2430"), HexColor("#4a5565")
_BAND = 18
_SMALLEST = 12
# Of a size: how high its capitals are, and how far its lines are apart.
_RISE, _LEADING = 0.73, 1.25


def document_of(certificate: Certificate) -> bytes:
    """The file, in the language of the day on which it was issued."""
    load_fonts()
    buffer = BytesIO()
    with override(certificate.locale):
        canvas = Canvas(buffer, pagesize=(_WIDTH, _HEIGHT), invariant=True, lang=certificate.locale)
        canvas.setTitle(gettext("Certificate: {exam}").format(exam=certificate.exam))
        canvas.setAuthor(certificate.academy_name)
        _draw(canvas, certificate)
        canvas.save()
    return buffer.getvalue()


def address_of(certificate: Certificate) -> str:
    """The page that verifies it."""
    return f"{settings.SITE_URL}/certificates/{written(certificate.code)}"


def _draw(canvas: Canvas, certificate: Certificate) -> None:
    canvas.setFillColor(HexColor(certificate.academy.colour))
    canvas.rect(0, _HEIGHT - _BAND, _WIDTH, _BAND, stroke=0, fill=1)
    # Text, colour, font, size, lines at most, space above.
    rows = (
        (certificate.academy_name, _QUIET, BOLD, 16, 2, 44),
        (gettext("Certificate"), _INK, BOLD, 40, 1, 20),
        (gettext("This certifies that"), _QUIET, PLAIN, 14, 1, 36),
        (certificate.name, _INK, BOLD, 30, 2, 14),
        (gettext("passed the exam"), _QUIET, PLAIN, 14, 1, 26),
        (certificate.exam, _INK, BOLD, 22, 3, 14),
    )
    y = _HEIGHT - _BAND
    for text, colour, font, size, most, space in rows:
        canvas.setFillColor(colour)
        y = _write(canvas, text, font, size, most=most, y=y - space)
    _draw_foot(canvas, certificate)


def _draw_foot(canvas: Canvas, certificate: Certificate) -> None:
    """Score, date and code, beside the square that leads to the verification."""
    lines = (
        gettext("Score: {score}").format(score=certificate.score),
        gettext("Passed on {date}").format(date=date_format(certificate.passed_date, "DATE_FORMAT")),
        gettext("Code: {code}").format(code=written(certificate.code)),
        gettext("Verify at {address}").format(address=f"{settings.SITE_URL}/certificates"),
    )
    canvas.setFillColor(_INK)
    canvas.setFont(PLAIN, _SMALLEST)
    for number, line in enumerate(reversed(lines)):
        shown = _cut(line, PLAIN, _SMALLEST, _WIDTH - 3 * _MARGIN - _QR)
        canvas.drawString(_MARGIN, _MARGIN + number * 20, shown)
    widget = QrCodeWidget(address_of(certificate), barWidth=_QR, barHeight=_QR, barBorder=0)
    square = Drawing(_QR, _QR)
    square.add(widget)
    renderPDF.draw(square, canvas, _WIDTH - _MARGIN - _QR, _MARGIN)


def _write(canvas: Canvas, text: str, font: str, size: int, *, most: int, y: float) -> float:
    """Write a text below `y`, as large as it fits into so many lines; returns where it ends."""
    size, lines = _fitted(text, font, size, most=most)
    canvas.setFont(font, size)
    y -= size * _RISE
    for number, line in enumerate(lines):
        canvas.drawString(_MARGIN, y - number * size * _LEADING, line)
    return y - (len(lines) - 1) * size * _LEADING


def _fitted(text: str, font: str, size: int, *, most: int) -> tuple[int, list[str]]:
    """The largest size at which a text fits into so many lines, and these; at the smallest one it is cut."""
    width = _WIDTH - 2 * _MARGIN
    lines = simpleSplit(text, font, size, width)
    while size > _SMALLEST and (len(lines) > most or max(_wide(each, font, size) for each in lines) > width):
        size -= 1
        lines = simpleSplit(text, font, size, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return size, [_cut(line, font, size, width) for line in lines]


def _cut(line: str, font: str, size: int, width: float) -> str:
    """What fits of a line, with a sign that there is more."""
    if _wide(line, font, size) <= width:
        return line
    while _wide(f"{line}…", font, size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _wide(line: str, font: str, size: int) -> float:
    found: float = pdfmetrics.stringWidth(line, font, size)
    return found
