"""axe-core in the page: what it finds against WCAG 2.2, levels A and AA."""

from functools import cache
from typing import Any

from tests.browser.visitors import Visitor
from tests.browser.words import LOCALES

AXE = LOCALES.parents[1] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """tags => axe.run(document, {
    runOnly: { type: "tag", values: tags }, resultTypes: ["violations"], elementRef: false,
}).then(results => results.violations)"""


# Colours on their way from one to another are nobody's choice.
AT_REST = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    const moving = document.getAnimations().filter(each => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(moving.map(each => each.finished));
}"""


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(visitor: Visitor, place: str) -> list[str]:
    """What is wrong with the page as it stands, one line for each element concerned."""
    page = visitor.page
    if not page.evaluate("'axe' in window"):
        page.evaluate(_source())
    page.evaluate(AT_REST)
    found: list[dict[str, Any]] = page.evaluate(RUN, TAGS)
    return [
        f"{place}: {rule['id']} ({rule['help']}): {node['html']} {node.get('failureSummary', '')}"
        for rule in found
        for node in rule["nodes"]
    ]
