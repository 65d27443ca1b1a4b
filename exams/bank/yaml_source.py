"""Items as YAML text: read within limits from what somebody typed, and written so that people can read it.

What an item must be is not decided here but by `exams.bank.content`.
"""

import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

import yaml

from config.kernel.errors import FieldError
from exams.bank.content import InvalidItem

MAX_BYTES = 100_000
# Items are two levels deep. The library walks a document by recursion, which a deep one would crash.
_MAX_DEPTH = 20
_FIRST = ("code", "domain", "skill", "tags", "type", "difficulty", "stimulus", "points", "scoring", "stem")
_LAST = ("explanation",)


class OnceLoader(yaml.CSafeLoader):
    """A safe loader that refuses a key that stands twice in a mapping, which YAML forbids and the library overlooks."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """The mapping of a node."""
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} stands twice in one mapping", key.start_mark
                    )
                seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True, kw_only=True)
class ItemText:
    """What was typed: its fields, for `parse_item`, and where each of them stands."""

    fields: dict[str, Any]
    root: yaml.Node

    def line_of(self, path: str) -> int:
        """The line, from 1, of a dotted path (`options.2.why`), or of what is nearest above it."""
        node, line = self.root, 1
        for part in path.split(".") if path else ():
            found = _child(node, part)
            if found is None:
                break
            line, node = found
        return line


def read_item_text(text: str) -> ItemText:
    """The mapping that the text is. Raises InvalidItem; the field of each error is the line (`line 3`)."""
    try:
        if len(text.encode()) > MAX_BYTES:
            _refuse(0, f"The text is too long: an item has at most {MAX_BYTES // 1000} kB.")
        _check_events(text)
        loader = OnceLoader(text)
        try:
            root = loader.get_single_node()
            fields = None if root is None else loader.construct_document(root)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        words = ", ".join(part for part in (error.context, error.problem) if part)
        _refuse(
            mark.line + 1 if mark else 0, f"This is not YAML: {words}. Text with : # * & or quotes goes in a block."
        )
    except yaml.YAMLError as error:
        _refuse(0, f"This is not YAML: {' '.join(str(error).split())}")
    except (ValueError, OverflowError) as error:
        # A date that no calendar has, a number without end.
        _refuse(0, f"A value cannot be read ({error}). Put it in quotes.")
    if root is None or not isinstance(fields, dict):
        _refuse(0, "There is nothing here yet." if fields is None else "An item is a mapping: `field: value` per line.")
    return ItemText(fields=fields, root=root)


def item_text(source: Mapping[str, Any]) -> str:
    """An item in the pack format as YAML that `read_item_text` reads back; long texts stand in blocks."""
    rest = [name for name in source if name not in _FIRST + _LAST]
    ordered = {name: source[name] for name in (*_FIRST, *rest, *_LAST) if name in source}
    # Lines are as long as they are: the place where they are typed wraps them.
    return yaml.dump(ordered, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000_000)


class _Dumper(yaml.SafeDumper):
    """Texts of several lines as blocks, lists set in from their names."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without indent, whatever the kind of the list."""
        super().increase_indent(flow=flow, indentless=False)


def _text_node(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text_node)


def _check_events(text: str) -> None:
    """Refuse what no item needs: aliases, which can grow without end, tags, which make other types, and depth."""
    depth = 0
    for event in _events(text):
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            _refuse(line, "YAML anchors and aliases are not used here: put text with * or & in quotes or in a block.")
        if getattr(event, "tag", None):
            _refuse(line, "YAML tags are not used here: put text with ! in quotes or in a block.")
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            _refuse(line, "This is nested too deeply.")


def _events(text: str) -> Iterator[yaml.Event]:
    events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.CSafeLoader)
    return events


def _child(node: yaml.Node, part: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and re.fullmatch(r"[0-9]{1,6}", part) and int(part) < len(node.value):
        value = node.value[int(part)]
        return value.start_mark.line + 1, value
    return None


def _refuse(line: int, detail: str) -> NoReturn:
    where = f"line {line}" if line else ""
    raise InvalidItem("The text is not right.", errors=(FieldError(field=where, code="not_yaml", detail=detail),))
