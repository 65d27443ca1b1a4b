"""Links, tables and times in the read-only fields of the admin, so that they look the same everywhere."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


def link(page: str, text: object) -> SafeString:
    """A link to another page."""
    return format_html('<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', page, text)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> SafeString:
    """A table; texts are escaped."""
    head = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in heads))
    cells = (format_html_join("", "<td>{}</td>", ((cell,) for cell in row)) for row in rows)
    body = format_html_join("", "<tr>{}</tr>", ((row,) for row in cells))
    return format_html(
        '<div class="ph-box"><table class="ph-table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        body,
    )


def minutes(seconds: int | None) -> str:
    """A limit of time in words."""
    if not seconds:
        return "None"
    whole, rest = divmod(seconds, 60)
    return f"{whole} min {rest} s" if rest else f"{whole} min"
