"""DejaVu Sans for PDFs (`LICENSE`): Latin letters with all their diacritics, Greek and Cyrillic."""

from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"


@cache
def load_fonts() -> None:
    """Both may be named from here on."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, str(Path(__file__).parent / f"{name}.ttf")))
