"""A certificate as a PDF: A4 across, the same bytes for the same certificate.

Set in DejaVu Sans (`fonts/LICENSE`), which has Latin letters with all their diacritics, Greek and Cyrillic.
"""

from functools import cache
from io import BytesIO
from pathlib import Path

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
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from gamification.certificates.codes import written
from gamification.certificates.models import Certificate

_FONTS = Path(__file__).parent / "fonts"
_PLAIN, _BOLD = "DejaVuSans", "DejaVuSans-Bold"
_WIDTH, _HEIGHT = landscape(A4)
_MARGIN = 64
_QR = 96
_INK, _QUIET = HexColor("#1c2430"), HexColor("#4a5565")
_SMALLEST = 12
_LINES = 2


def document_of(certificate: Certificate) -> bytes:
    """The file, in the language of the day on which it was issued."""
    _load_fonts()
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
    canvas.rect(0, _HEIGHT - 18, _WIDTH, 18, stroke=0, fill=1)
    canvas.setFillColor(_QUIET)
    y = _text(canvas, certificate.academy_name, _BOLD, 16, y=_HEIGHT - 76)
    canvas.setFillColor(_INK)
    y = _text(canvas, gettext("Certificate"), _BOLD, 40, y=y - 44)
    canvas.setFillColor(_QUIET)
    y = _text(canvas, gettext("This certifies that"), _PLAIN, 14, y=y - 38)
    canvas.setFillColor(_INK)
    y = _text(canvas, certificate.name, _BOLD, 30, y=y - 30)
    canvas.setFillColor(_QUIET)
    y = _text(canvas, gettext("passed the exam"), _PLAIN, 14, y=y - 30)
    canvas.setFillColor(_INK)
    _text(canvas, certificate.exam, _BOLD, 22, y=y - 26)
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
    for number, line in enumerate(reversed(lines)):
        canvas.setFont(_PLAIN, 12)
        canvas.drawString(_MARGIN, _MARGIN + number * 20, line)
    widget = QrCodeWidget(address_of(certificate), barWidth=_QR, barHeight=_QR, barBorder=0)
    square = Drawing(_QR, _QR)
    square.add(widget)
    renderPDF.draw(square, canvas, _WIDTH - _MARGIN - _QR, _MARGIN)


def _text(canvas: Canvas, text: str, font: str, size: int, *, y: float) -> float:
    """Write a text as large as it fits, in two lines at most; returns the base line of the last."""
    width = _WIDTH - 2 * _MARGIN
    lines = simpleSplit(text, font, size, width)
    while size > _SMALLEST and (
        len(lines) > _LINES or max(canvas.stringWidth(each, font, size) for each in lines) > width
    ):
        size -= 1
        lines = simpleSplit(text, font, size, width)
    canvas.setFont(font, size)
    for number, line in enumerate(lines[:_LINES]):
        canvas.drawString(_MARGIN, y - number * size * 1.25, _cut(line, font, size, width))
    return y - (min(len(lines), _LINES) - 1) * size * 1.25


def _cut(line: str, font: str, size: int, width: float) -> str:
    """What fits of a word that is longer than the page is wide."""
    while pdfmetrics.stringWidth(line, font, size) > width:
        line = line[:-1]
    return line


@cache
def _load_fonts() -> None:
    for name in (_PLAIN, _BOLD):
        pdfmetrics.registerFont(TTFont(name, str(_FONTS / f"{name}.ttf")))
