"""Markdown to HTML: what is shown, and what never gets through."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.kernel import markdown
from config.kernel.markdown import gaps_in, render_gaps, render_markdown, render_phrase


@given(text=st.text(alphabet="AbcZ09 ,;%()/’$=+-.?–é", min_size=1))
def test_the_short_way_for_plain_sentences_leads_to_the_same_place(text: str) -> None:
    long_way = markdown._CLEANER.clean(markdown._MARKDOWN.render(text))
    assert render_markdown(text) == long_way


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**a** *b* ~~c~~ `d`", "<p><strong>a</strong> <em>b</em> <s>c</s> <code>d</code></p>\n"),
        ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1\n</code></pre>\n'),
        ("a\\\nb", "<p>a<br>\nb</p>\n"),
        ("{{1}}", "<p>{{1}}</p>\n"),
        (
            "[a](https://example.com)",
            '<p><a href="https://example.com" target="_blank" rel="noopener noreferrer nofollow">a</a></p>\n',
        ),
        ("![b](/media/stimuli/b.png)", '<p><img src="/media/stimuli/b.png" alt="b"></p>\n'),
        ("![words instead](https://example.com/b.png)", "<p>words instead</p>\n"),
        ("![words instead](/media/../b.png)", "<p>words instead</p>\n"),
    ],
)
def test_what_is_shown(text: str, html: str) -> None:
    assert render_markdown(text) == html


def test_columns_of_tables_are_aligned_without_styles() -> None:
    html = render_markdown("| a | b |\n|:--|--:|\n| 1 | 2 |")
    assert '<td align="right">2</td>' in html
    assert "style" not in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt&#58;alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "![x](javascript:alert(1))",
        "![x](//evil.example/x.png)",
        '![x](/media/a.png"onerror="alert(1))',
        "<a href='javascript:alert(1)'>x</a>",
        '```"><script>alert(1)</script>\nx\n```',
        "[x]: javascript:alert(1)\n\n[x]",
        "<javascript:alert(1)>",
        "[x](/admin/logout)",
        "[x](//evil.example)",
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    for html in (render_markdown(text), render_phrase(text), render_gaps(text)):
        assert not re.search(r"<(?:script|iframe|svg|style|object)", html)
        for tag in re.findall(r"<[^>]*>", html):
            assert "javascript" not in tag.lower()
            assert " on" not in tag
            assert "style=" not in tag
            assert not re.search(r'(?:src|href)="(?!https?://|mailto:|/media/)', tag)


@given(text=st.text(alphabet="<>[](){}!\"'&;:/=`*_#|~\\\n 1ascriptjvonerh.-", max_size=80))
def test_only_known_tags_come_out(text: str) -> None:
    for html in (render_markdown(text), render_gaps(text)):
        assert set(re.findall(r"</?([a-z0-9]+)", html)) <= markdown._TAGS


def test_a_single_paragraph_loses_its_frame_in_a_phrase() -> None:
    assert render_phrase("a *b*") == "a <em>b</em>"
    assert render_phrase("a\n\nb") == "<p>a</p>\n<p>b</p>"
    assert render_phrase("- a") == "<ul>\n<li>a</li>\n</ul>"


@pytest.mark.parametrize(
    "text", ["{{1}}", "*{{1}}*", "`{{1}}`", "    {{1}}", "```\n{{1}}\n```", "| a |\n|-|\n| {{1}} |"]
)
def test_a_gap_stands_wherever_text_stands(text: str) -> None:
    assert gaps_in(render_gaps(text)) == ["1"]


@pytest.mark.parametrize("text", ["{{_a_}} and {{__}}", "{{a-_}} x {{_b}}"])
def test_the_id_of_a_gap_is_no_markdown(text: str) -> None:
    assert len(gaps_in(render_gaps(text))) == 2


@pytest.mark.parametrize("text", ['[a](https://e.example "{{1}}")', "![{{1}}](/media/x.png)", "```{{1}}\nx\n```"])
def test_no_gap_hides_in_an_attribute(text: str) -> None:
    assert gaps_in(render_gaps(text)) == []
