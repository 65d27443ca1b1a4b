"""Driving a sitting by the keyboard alone: an answer of each type, moving on, flags, the clock and what is saved."""

import re
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.visitors import Visitor

CLOCK = re.compile(r"(?:(\d+):)?(\d+):(\d\d)")
# What a busy machine may need to give an answer and hear of it.
ACTION_SECONDS = 30
Answer = Mapping[str, Any]


def question(visitor: Visitor, position: int) -> Locator:
    """One question with its controls."""
    return visitor.page.locator(f'article[data-position="{position}"]')


def at_question(visitor: Visitor, position: int) -> None:
    """Wait until a question is shown and its heading has the focus."""
    expect(question(visitor, position).get_by_role("heading", level=2)).to_be_focused()


def go_on(visitor: Visitor, *, to: int) -> None:
    """To the next question."""
    visitor.press("Alt+n")
    at_question(visitor, to)


def go_to(visitor: Visitor, position: int) -> None:
    """To any question, through the list of all."""
    visitor.press("Alt+g")
    entry = visitor.page.get_by_role("dialog").get_by_role(
        "button", name=re.compile(rf"^{re.escape(visitor.words('sitting.question', number=position))},")
    )
    visitor.tab_to(entry)
    visitor.press("Enter")
    at_question(visitor, position)


def is_saved(visitor: Visitor) -> None:
    """Wait until the page says that the server has every answer."""
    expect(visitor.says("saving.saved")).to_be_visible()


def seconds_left(visitor: Visitor) -> int:
    """What the clock shows."""
    shown = visitor.page.get_by_role("timer").locator("b").inner_text()
    found = CLOCK.fullmatch(shown)
    assert found, shown
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def notice(visitor: Visitor, kind: str, **values: object) -> Locator:
    """Something that the person is told above the question."""
    return visitor.page.get_by_role("listitem").filter(has_text=visitor.words(f"notice.{kind}", **values))


def is_given(visitor: Visitor, minutes: int, *, before: int) -> None:
    """Wait until the page says so, and until the clock, which showed `before` seconds, shows that much more."""
    expect(notice(visitor, "more_time", duration=f"{minutes} minutes")).to_be_visible()
    # The clock is drawn twice a second.
    visitor.page.wait_for_function(
        """most => {
            const shown = document.querySelector("[role=timer] b").textContent.split(":");
            return shown.reduce((sum, part) => sum * 60 + Number(part), 0) > most;
        }""",
        arg=before,
    )
    assert 0 <= before + minutes * 60 - seconds_left(visitor) <= ACTION_SECONDS


def answer_with_keys(visitor: Visitor, position: int, answer: Answer) -> None:
    """Give an answer, as the API has it, to the question that is shown."""
    item = question(visitor, position)
    for part, give in _BY_PART.items():
        if part in answer:
            give(visitor, item, answer)
            return
    raise AssertionError(f"no such answer: {answer}")


def _choose_one(visitor: Visitor, item: Locator, answer: Answer) -> None:
    wanted = item.get_by_role("radio").and_(item.locator(f'[value="{answer["choice"]}"]'))
    visitor.press(str(wanted.get_attribute("data-option")))
    expect(wanted).to_be_checked()


def _choose_several(visitor: Visitor, item: Locator, answer: Answer) -> None:
    for choice in answer["choices"]:
        box = item.get_by_role("checkbox").and_(item.locator(f'[value="{choice}"]'))
        visitor.tab_to(box)
        visitor.press("Space")
        expect(box).to_be_checked()


def _match(visitor: Visitor, item: Locator, answer: Answer) -> None:
    for row, option in enumerate(answer["pairs"].values()):
        select = item.get_by_role("combobox").nth(row)
        label = select.locator(f'option[value="{option}"]').inner_text()
        visitor.tab_to(select)
        # Lists find an entry by its first letters.
        visitor.page.keyboard.type(label[:1])
        expect(select).to_have_value(option)


def _put_in_order(visitor: Visitor, item: Locator, answer: Answer) -> None:
    is_moved = False
    for place, name in enumerate(answer["order"]):
        row = item.locator(f'[data-row="{name}"]')
        visitor.tab_to(row)
        while row.evaluate("row => [...row.parentElement.children].indexOf(row)") > place:
            visitor.press("Alt+ArrowUp")
            is_moved = True
    if not is_moved:
        visitor.tab_to(visitor.button("question.order_keep"))
        visitor.press("Enter")


def _fill_gaps(visitor: Visitor, item: Locator, answer: Answer) -> None:
    count = len(answer["gaps"])
    for number, text in enumerate(answer["gaps"].values(), start=1):
        gap = item.get_by_label(visitor.words("question.gap", number=number, count=count), exact=True)
        _type(visitor, gap, text)


def _write(visitor: Visitor, item: Locator, answer: Answer) -> None:
    _type(visitor, item.get_by_role("textbox"), answer["text"])


def _calculate(visitor: Visitor, item: Locator, answer: Answer) -> None:
    _type(visitor, item.get_by_role("textbox"), answer["number"])
    unit = item.get_by_label(visitor.words("question.unit"), exact=True)
    visitor.tab_to(unit)
    visitor.page.keyboard.type(answer["unit"])
    expect(unit).to_have_value(answer["unit"])


def _type(visitor: Visitor, field: Locator, text: str) -> None:
    visitor.tab_to(field)
    visitor.press("Control+a")
    visitor.page.keyboard.type(text)
    expect(field).to_have_value(text)


_BY_PART = {
    "choice": _choose_one,
    "choices": _choose_several,
    "pairs": _match,
    "order": _put_in_order,
    "gaps": _fill_gaps,
    "text": _write,
    "number": _calculate,
}
