"""Markdown of authors → HTML for readers: once, on the server, when a version is made.

CommonMark with tables; HTML in the source is text. What comes out is cleaned again against a short allow-list, so that
neither a fault of the parser nor one of these rules alone lets anything through. No styles, no scripts, no images but
those under `/media/`.
"""

import re
from collections.abc import MutableMapping, Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

# One line of letters and the plainest punctuation is a paragraph whatever the rules of Markdown: most options are.
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,;%()/’‘“”–—×€£$=+-]|[.?](?![.?]))*(?<! )")
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)
_GAP = re.compile(r"\{\{([A-Za-z0-9_-]{1,16})\}\}")
_MEDIA = re.compile(r"/media/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_LANGUAGE = re.compile(r"language-[A-Za-z0-9+#-]{1,30}")
_ELSEWHERE = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)

_TAGS = frozenset(
    [
        "p",
        "br",
        "hr",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "span",
    ]
)
_ALIGNED = {"align": {"left", "center", "right"}}


def render_markdown(text: str) -> str:
    """A text as HTML blocks."""
    if _PLAIN.fullmatch(text):
        return f"<p>{text}</p>\n"
    return _CLEANER.clean(_MARKDOWN.render(text))


def render_phrase(text: str) -> str:
    """A short text (an option, a reason) as HTML, without the paragraph around it where there is only one."""
    if _PLAIN.fullmatch(text):
        return text
    html = render_markdown(text).strip()
    single = _ONE_PARAGRAPH.fullmatch(html)
    return single[1] if single else html


def render_gaps(text: str) -> str:
    """A text with gaps `{{1}}` as HTML blocks with `<span data-gap="1"></span>` where each gap stands, also in code."""
    return _CLEANER.clean(_GAPPED.render(text))


def gaps_in(html: str) -> list[str]:
    """The ids of the gaps that `render_gaps` left in the HTML, in order."""
    return re.findall(r'<span data-gap="([A-Za-z0-9_-]+)"></span>', html)


def _kept(tag: str, attribute: str, value: str) -> str | None:
    if tag == "a" and attribute == "href":
        return value if _ELSEWHERE.match(value) else None
    if tag == "img" and attribute == "src":
        return value if _MEDIA.fullmatch(value) else None
    if tag == "code" and attribute == "class":
        return value if _LANGUAGE.fullmatch(value) else None
    return value


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={"a": {"href"}, "img": {"src", "alt"}, "ol": {"start"}, "code": {"class"}, "span": {"data-gap"}},
    tag_attribute_values={"th": _ALIGNED, "td": _ALIGNED},
    # A learner who follows a link must not lose the page with the exam.
    set_tag_attribute_values={"a": {"target": "_blank"}},
    attribute_filter=_kept,
    url_schemes={"http", "https", "mailto"},
    link_rel="noopener noreferrer nofollow",
)


class _Renderer(RendererHTML):
    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        """An image of our own; of any other, the words that describe it."""
        if _MEDIA.fullmatch(str(tokens[idx].attrs.get("src", ""))):
            return super().image(tokens, idx, options, env)
        return escapeHtml(self.renderInlineAsText(tokens[idx].children, options, env))

    def _cell(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        style = str(tokens[idx].attrs.pop("style", ""))
        if style.startswith("text-align:"):
            tokens[idx].attrs["align"] = style.removeprefix("text-align:")
        return self.renderToken(tokens, idx, options, env)

    th_open = _cell
    td_open = _cell


class _GapRenderer(_Renderer):
    def gap(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return _with_gaps(tokens[idx].content)

    def code_inline(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        return _with_gaps(super().code_inline(tokens, idx, options, env))

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        return _with_gaps(super().code_block(tokens, idx, options, env))

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]) -> str:
        tokens[idx].info = _GAP.sub("", tokens[idx].info)
        return _with_gaps(super().fence(tokens, idx, options, env))


def _gap(state: StateInline, silent: bool) -> bool:
    """An inline rule: a gap is one thing, whatever its id would mean in Markdown."""
    found = _GAP.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("gap", "", 0).content = found[0]
    state.pos = found.end()
    return True


def _with_gaps(html: str) -> str:
    return _GAP.sub(r'<span data-gap="\1"></span>', html)


def _parser(renderer: type[RendererHTML]) -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=renderer).enable(["table", "strikethrough"])


_MARKDOWN = _parser(_Renderer)
_GAPPED = _parser(_GapRenderer)
_GAPPED.inline.ruler.after("backticks", "gap", _gap)
