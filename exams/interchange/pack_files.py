"""Content packs as files: read, checked to the last item, and not yet loaded. No database here.

The format is described in `exams/packs/README.md`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import yaml
from pydantic import AfterValidator, Field, StringConstraints, ValidationError, model_validator

from config.kernel.errors import FieldError, Invalid
from exams.bank.authored import Authored, AuthoredItem
from exams.bank.content import AuthoredStimulus, InvalidItem, parse_item, parse_stimulus
from exams.bank.fields import Explanation, GroupCode, ItemCode, Number, Title, check_distinct, fault
from exams.bank.yaml_source import OnceLoader

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*\z", max_length=80)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class InvalidPack(Invalid):
    """A content pack is not right; each error's field names the file, and the item where there is one."""

    code = "invalid_pack"
    title = "The content pack is not right"
    default_detail = "The content pack is not right."


class PackSkill(Authored):
    """A skill of a domain."""

    code: GroupCode
    title: Title


class PackDomain(Authored):
    """A domain with its share of the exam in percent."""

    code: GroupCode
    title: Title
    weight: int = Field(ge=0, le=100)
    skills: list[PackSkill] = Field(default_factory=list, max_length=50)


class PackConversion(Authored):
    """What a raw score means; see `ScoreConversion`."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=150)]
    kind: Literal["linear", "table"]
    label: Annotated[str, StringConstraints(min_length=1, max_length=40)] = "Score"
    scale_min: Number
    scale_max: Number
    step: Number = Decimal(1)
    table: list[tuple[Number, Number]] = Field(default_factory=list, max_length=500)
    cut_score: Number | None = None

    @model_validator(mode="before")
    @classmethod
    def _rows(cls, value: Any) -> Any:
        # YAML has no tuples, and strict parsing takes nothing else.
        if isinstance(value, Mapping) and isinstance(value.get("table"), list):
            rows = [tuple(row) if isinstance(row, list) else row for row in value["table"]]
            return {**value, "table": rows}
        return value

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.scale_min >= self.scale_max:
            raise fault("scale", "scale_min must be below scale_max.")
        if self.step <= 0:
            raise fault("step", "step must be above 0.")
        if bool(self.table) != (self.kind == "table"):
            raise fault("table", "A table conversion needs its table, and a linear one has none.")
        for (low, scaled), (next_low, next_scaled) in zip(self.table, self.table[1:], strict=False):
            if not (low < next_low and scaled < next_scaled):
                raise fault("table", f"The table must rise: {next_low}, {next_scaled} stands after {low}, {scaled}.")
        for low, scaled in self.table:
            if not (0 <= low <= 100 and self.scale_min <= scaled <= self.scale_max):
                raise fault("table", f"The pair {low}, {scaled} is outside 0–100 percent or the scale.")
        if self.cut_score is not None and not self.scale_min <= self.cut_score <= self.scale_max:
            raise fault("cut_score", "cut_score is outside the scale.")
        return self


class PackCell(Authored):
    """So many items of a domain, of any difficulty and type unless they are named."""

    domain: GroupCode
    difficulty: Literal["", "easy", "medium", "hard"] = ""
    type: Literal[
        "",
        "single_choice",
        "multiple_choice",
        "true_false_not_given",
        "matching",
        "ordering",
        "gap_fill",
        "short_text",
        "numeric",
    ] = ""
    count: int = Field(ge=1, le=500)


class PackBlueprintSection(Authored):
    """A section that every form of the blueprint has."""

    title: Title
    instructions: Explanation = ""
    time_limit_minutes: Minutes | None = None
    cells: list[PackCell] = Field(min_length=1, max_length=200)

    @model_validator(mode="after")
    def _once(self) -> Self:
        check_distinct(((cell.domain, cell.difficulty, cell.type) for cell in self.cells), "cell")
        return self


class PackBlueprint(Authored):
    """What forms must contain and how they are sat."""

    slug: Slug
    title: Title
    description: Explanation = ""
    instructions: Explanation = ""
    conversion: str
    time_limit_minutes: Minutes | None = None
    navigation: Literal["free", "linear"] = "free"
    display: Literal["item", "section"] = "item"
    sections: list[PackBlueprintSection] = Field(min_length=1, max_length=20)


class PackFormSection(Authored):
    """A section of a fixed form: codes of items in the order in which they are asked."""

    title: Title
    instructions: Explanation = ""
    time_limit_minutes: Minutes | None = None
    items: list[ItemCode] = Field(min_length=1, max_length=500)


class PackForm(Authored):
    """A form put together by hand."""

    code: Slug
    title: Title
    conversion: str
    time_limit_minutes: Minutes | None = None
    sections: list[PackFormSection] = Field(min_length=1, max_length=20)


def _whole(domains: list[PackDomain]) -> list[PackDomain]:
    check_distinct((domain.code for domain in domains), "domain code")
    check_distinct((skill.code for domain in domains for skill in domain.skills), "skill code")
    if (total := sum(domain.weight for domain in domains)) != 100:
        raise fault("weights", f"The weights of the domains sum to {total}, not to 100.")
    return domains


class PackSheet(Authored):
    """`pack.yaml`."""

    slug: Slug
    title: Title
    description: Explanation = ""
    language: Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(?:-[A-Z]{2})?\z")] = "en"
    open_to_practice: bool = False
    domains: Annotated[list[PackDomain], AfterValidator(_whole)] = Field(min_length=1, max_length=50)
    stimuli: list[AuthoredStimulus] = Field(default_factory=list, max_length=500)
    conversions: list[PackConversion] = Field(default_factory=list, max_length=20)
    blueprints: list[PackBlueprint] = Field(default_factory=list, max_length=20)
    forms: list[PackForm] = Field(default_factory=list, max_length=50)


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A pack whose every part has been checked."""

    name: str
    folder: Path
    sheet: PackSheet
    stimuli: tuple[AuthoredStimulus, ...]
    items: tuple[AuthoredItem, ...]


def read_pack(folder: Path) -> Pack:
    """The pack in a folder. Raises InvalidPack, which lists every fault with its file and item."""
    faults: list[FieldError] = []
    sheet = _sheet(folder / "pack.yaml", faults)
    stimuli = list(sheet.stimuli) if sheet else []
    places: dict[str, str] = {f"stimulus {stimulus.code}": "pack.yaml" for stimulus in stimuli}
    items: list[AuthoredItem] = []
    for path in sorted(folder.glob("stimuli*.yaml")):
        for source in _entries(path, folder, faults):
            try:
                stimulus = parse_stimulus(source)
            except InvalidItem as error:
                faults += _placed(path, folder, source, error)
            else:
                faults += _twice(places, f"stimulus {stimulus.code}", str(path.relative_to(folder)))
                stimuli.append(stimulus)
    for path in sorted((folder / "items").glob("*.yaml")):
        for source in _entries(path, folder, faults):
            try:
                item = parse_item(source)
            except InvalidItem as error:
                faults += _placed(path, folder, source, error)
            else:
                name = str(path.relative_to(folder))
                faults += _twice(places, item.code, name)
                faults += [_fault(f"{name} {item.code}", f"{part} is missing.") for part in item.unexplained()]
                items.append(item)
    if sheet:
        faults += _loose_ends(sheet, stimuli, items, places, folder)
    if faults or sheet is None:
        raise InvalidPack(f"The pack {folder.name} is not right.", errors=tuple(faults))
    return Pack(name=folder.name, folder=folder, sheet=sheet, stimuli=tuple(stimuli), items=tuple(items))


def _sheet(path: Path, faults: list[FieldError]) -> PackSheet | None:
    source = _yaml(path, path.parent, faults)
    if source is None:
        return None
    try:
        return PackSheet.model_validate(source)
    except ValidationError as error:
        faults += [
            _fault(f"pack.yaml {'.'.join(map(str, each['loc']))}".strip(), each["msg"])
            for each in error.errors(include_url=False, include_input=False)
        ]
    return None


def _entries(path: Path, folder: Path, faults: list[FieldError]) -> Iterator[Mapping[str, Any]]:
    source = _yaml(path, folder, faults)
    if source is None:
        return
    if not isinstance(source, list):
        faults.append(_fault(str(path.relative_to(folder)), "This file must be a list."))
        return
    yield from source


def _yaml(path: Path, folder: Path, faults: list[FieldError]) -> Any:
    name = str(path.relative_to(folder))
    try:
        # A safe loader: it makes plain values only.
        source = yaml.load(path.read_bytes(), Loader=OnceLoader)  # noqa: S506
    except OSError as error:
        faults.append(_fault(name, f"The file cannot be read: {error.strerror}."))
        return None
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        faults.append(_fault(name, f"This is not YAML: {' '.join(str(error).split())}"))
        return None
    if source is None:
        faults.append(_fault(name, "The file is empty."))
    return source


def _placed(path: Path, folder: Path, source: object, error: InvalidItem) -> Iterator[FieldError]:
    name = str(path.relative_to(folder))
    code = source.get("code", "(no code)") if isinstance(source, Mapping) else "(no code)"
    if not error.errors:
        yield _fault(f"{name} {code}", error.detail)
    for each in error.errors:
        yield FieldError(field=f"{name} {code} {each.field}".strip(), code=each.code, detail=each.detail)


def _twice(places: dict[str, str], code: str, name: str) -> list[FieldError]:
    if code in places:
        return [_fault(f"{name} {code}", f"The code is used twice; it is also in {places[code]}.")]
    places[code] = name
    return []


def _loose_ends(
    sheet: PackSheet,
    stimuli: list[AuthoredStimulus],
    items: list[AuthoredItem],
    places: Mapping[str, str],
    folder: Path,
) -> Iterator[FieldError]:
    """Names in one part of the pack that no other part has."""
    skills = {domain.code: {skill.code for skill in domain.skills} for domain in sheet.domains}
    known = {stimulus.code for stimulus in stimuli}
    conversions = {conversion.name for conversion in sheet.conversions}
    codes = {item.code for item in items}
    for item in items:
        place = f"{places[item.code]} {item.code}"
        if item.domain not in skills:
            yield _fault(f"{place} domain", f"The pack has no domain {item.domain!r}.")
        elif item.skill is not None and item.skill not in skills[item.domain]:
            yield _fault(f"{place} skill", f"Domain {item.domain!r} has no skill {item.skill!r}.")
        if item.stimulus is not None and item.stimulus not in known:
            yield _fault(f"{place} stimulus", f"The pack has no stimulus {item.stimulus!r}.")
    for stimulus in stimuli:
        if stimulus.file and not _inside(folder, stimulus.file):
            yield _fault(f"stimulus {stimulus.code} file", f"The pack has no file {stimulus.file!r}.")
    for index, blueprint in enumerate(sheet.blueprints):
        place = f"pack.yaml blueprints.{index}"
        if blueprint.conversion not in conversions:
            yield _fault(f"{place}.conversion", f"The pack has no conversion {blueprint.conversion!r}.")
        for cell in (cell for section in blueprint.sections for cell in section.cells):
            if cell.domain not in skills:
                yield _fault(f"{place}.sections", f"The pack has no domain {cell.domain!r}.")
    for index, form in enumerate(sheet.forms):
        place = f"pack.yaml forms.{index}"
        if form.conversion not in conversions:
            yield _fault(f"{place}.conversion", f"The pack has no conversion {form.conversion!r}.")
        asked = [code for section in form.sections for code in section.items]
        for code in dict.fromkeys(asked):
            if code not in codes:
                yield _fault(f"{place}.sections", f"The pack has no item {code!r}.")
            elif asked.count(code) > 1:
                yield _fault(f"{place}.sections", f"The item {code!r} is asked twice.")


def _inside(folder: Path, name: str) -> bool:
    path = (folder / name).resolve()
    return path.is_relative_to(folder.resolve()) and path.is_file()


def _fault(field: str, detail: str) -> FieldError:
    return FieldError(field=field, code="invalid_pack", detail=detail)
