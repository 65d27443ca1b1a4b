"""Banks, forms, deliveries and attempts for tests: one item of each type, or as many plain ones as a test wants."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from academies.models import Academy, Membership
from exams.bank.actions import move_version, save_item, save_stimulus
from exams.bank.models import Domain, Item, ItemBank, ItemVersion, Stimulus
from exams.delivery.actions import start_attempt
from exams.delivery.autosave import save_response
from exams.delivery.models import Attempt, Delivery
from exams.delivery.paper import paper_of
from exams.delivery.tokens import AttemptClaim, issue_token
from exams.formats.assembly import SectionPlan, make_form
from exams.formats.models import Blueprint, BlueprintCell, BlueprintSection, Form, ScoreConversion
from exams.marking.actions import submit_and_mark

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OPTIONS = [
    {"id": "a", "text": "The first", "correct": True, "why": "It is."},
    {"id": "b", "text": "The second", "why": "It is not."},
    {"id": "c", "text": "The third", "why": "It is not either."},
]

# One item of each type, and a right answer to each.
ONE_OF_EACH: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"type": "single_choice", "options": OPTIONS}, {"choice": "a"}),
    (
        {
            "type": "multiple_choice",
            "scoring": "partial",
            "select": 2,
            "options": [*OPTIONS, {"id": "d", "text": "The fourth", "correct": True, "why": "It is, too."}],
        },
        {"choices": ["a", "d"]},
    ),
    (
        {
            "type": "true_false_not_given",
            "labels": "true_false",
            "answer": "not_given",
            "why": {"true": "No.", "false": "No.", "not_given": "Nothing is said of it."},
        },
        {"choice": "not_given"},
    ),
    (
        {
            "type": "matching",
            "scoring": "partial",
            "prompts": [
                {"id": "1", "text": "One", "answer": "x", "why": "One is x."},
                {"id": "2", "text": "Two", "answer": "y", "why": "Two is y."},
            ],
            "options": [{"id": "x", "text": "Ex"}, {"id": "y", "text": "Why"}, {"id": "z", "text": "Zed"}],
        },
        {"pairs": {"1": "x", "2": "y"}},
    ),
    (
        {
            "type": "ordering",
            "scoring": "partial",
            "options": [
                {"id": "a", "text": "Start", "why": "It comes first."},
                {"id": "b", "text": "Middle", "why": "It comes next."},
                {"id": "c", "text": "End", "why": "It comes last."},
            ],
        },
        {"order": ["a", "b", "c"]},
    ),
    (
        {
            "type": "gap_fill",
            "scoring": "partial",
            "text": "The {{1}} is {{2}}.",
            "gaps": [
                {"id": "1", "accepted": ["sky"], "max_words": 1, "why": "Look up."},
                {"id": "2", "accepted": ["blue", "grey"], "max_words": 1, "why": "It depends."},
            ],
        },
        {"gaps": {"1": "Sky", "2": "blue"}},
    ),
    (
        {"type": "short_text", "accepted": ["least privilege"], "max_words": 3, "why": "That is its name."},
        {"text": "Least privilege"},
    ),
    (
        {
            "type": "numeric",
            "answer": 2.5,
            "tolerance": 0.1,
            "tolerance_kind": "absolute",
            "unit": "GB",
            "units": {"GB": 1, "MB": 0.001},
            "why": "Divide.",
        },
        {"number": "2500", "unit": "MB"},
    ),
]


def make_bank(academy: Academy, *, slug: str = "bank", domains: int = 2, **fields: Any) -> ItemBank:
    """An empty bank with domains `1`, `2`, …; `fields` are further columns (`is_shared`, `is_open_to_practice`)."""
    bank = ItemBank.objects.create(academy=academy, title=slug.title(), slug=slug, **fields)
    for number in range(1, domains + 1):
        Domain.objects.create(
            academy=academy, bank=bank, code=str(number), title=f"Domain {number}", weight=100 // domains
        )
    return bank


def make_item(bank: ItemBank, code: str, **fields: Any) -> ItemVersion:
    """A live item, single choice unless `fields` says otherwise."""
    source = {
        "code": code,
        "domain": "1",
        "difficulty": "medium",
        "type": "single_choice",
        "stem": f"What does {code} ask?",
        "explanation": "Because it is so.",
        **fields,
    }
    if source["type"] == "single_choice":
        source.setdefault("options", OPTIONS)
    version = save_item(bank=bank, source=source, actor=None, now=NOW)
    for state in ("in_review", "approved", "live"):
        version = move_version(version=version, to=state, actor=None, now=NOW)
    return version


def make_stimulus(bank: ItemBank, code: str, *, body: str = "A passage to read.") -> Stimulus:
    """A passage that items may name as their `stimulus`."""
    return save_stimulus(bank=bank, source={"code": code, "kind": "passage", "body": body}, now=NOW)


def make_plain_items(bank: ItemBank, count: int, *, prefix: str = "Q") -> list[ItemVersion]:
    """Many live items of single choice in three statements, spread evenly over domains and difficulties."""
    domains = list(bank.domains.all())
    pattern = make_item(bank, f"{prefix}-0")
    items = [
        Item(academy=bank.academy, bank=bank, code=f"{prefix}-{number}", domain=domains[number % len(domains)])
        for number in range(1, count)
    ]
    Item.objects.bulk_create(items)
    versions = [
        ItemVersion(
            academy=bank.academy,
            item=item,
            number=1,
            state="live",
            type="single_choice",
            difficulty=("easy", "medium", "hard")[number % 3],
            stem=f"Stem {item.code}",
            stem_html=f"<p>Stem {item.code}</p>",
            source=pattern.source,
            question=pattern.question,
            key=pattern.key,
            rationale=pattern.rationale,
            digest=f"{number:064d}",
        )
        for number, item in enumerate(items)
    ]
    ItemVersion.objects.bulk_create(versions)
    for item, version in zip(items, versions, strict=True):
        item.live_version = version
    Item.objects.bulk_update(items, ["live_version"])
    return [pattern, *versions]


def make_conversion(academy: Academy, **fields: Any) -> ScoreConversion:
    """100–900, passed at 700."""
    return ScoreConversion.objects.create(
        **{
            "academy": academy,
            "name": "Scale",
            "kind": "linear",
            "scale_min": Decimal(100),
            "scale_max": Decimal(900),
            "cut_score": Decimal(700),
            **fields,
        }
    )


def make_one_of_each(academy: Academy, *, sections: int = 1, section_seconds: int | None = None) -> Form:
    """A form with one item of each type, in one section or evenly in several."""
    bank = make_bank(academy, slug=f"each-{ItemBank.objects.count()}")
    versions = [
        make_item(bank, f"EACH-{number}", domain=str(number % 2 + 1), **fields)
        for number, (fields, _) in enumerate(ONE_OF_EACH)
    ]
    size = len(versions) // sections
    return make_form(
        academy=academy,
        bank=bank,
        title="One of each",
        conversion=make_conversion(academy, name=bank.slug),
        sections=[
            SectionPlan(
                title=f"Section {index + 1}",
                item_versions=versions[index * size : (index + 1) * size],
                time_limit_seconds=section_seconds,
            )
            for index in range(sections)
        ],
    )


def make_form_of(versions: Sequence[ItemVersion], *, title: str = "Form", **conversion: Any) -> Form:
    """A form of these items in one section."""
    bank = versions[0].item.bank
    return make_form(
        academy=bank.academy,
        bank=bank,
        title=title,
        conversion=make_conversion(bank.academy, **{"name": f"{bank.slug} {Form.objects.count()}", **conversion}),
        sections=[SectionPlan(title="All", item_versions=_with_items(versions))],
    )


def make_blueprint(bank: ItemBank, *sections: Sequence[tuple[str, str, str, int]], **fields: Any) -> Blueprint:
    """A blueprint of these sections; a cell is (code of the domain, difficulty, type, count)."""
    number = Blueprint.objects.count()
    blueprint = Blueprint.objects.create(
        **{
            "academy": bank.academy,
            "bank": bank,
            "title": f"Blueprint {number}",
            "slug": f"blueprint-{number}",
            "conversion": make_conversion(bank.academy, name=f"{bank.slug} of {number}"),
            **fields,
        }
    )
    domains = {domain.code: domain for domain in bank.domains.all()}
    for position, cells in enumerate(sections):
        section = BlueprintSection.objects.create(
            academy=bank.academy, blueprint=blueprint, position=position, title=f"Part {position + 1}"
        )
        for domain, difficulty, kind, count in cells:
            BlueprintCell.objects.create(
                academy=bank.academy,
                section=section,
                domain=domains[domain],
                difficulty=difficulty,
                type=kind,
                count=count,
            )
    return blueprint


def make_plain_form(academy: Academy, count: int, *, slug: str = "") -> Form:
    """A form of `count` items of single choice in one section."""
    bank = make_bank(academy, slug=slug or f"plain-{ItemBank.objects.count()}")
    return make_form(
        academy=academy,
        bank=bank,
        title=f"{count} items",
        conversion=make_conversion(academy, name=bank.slug),
        sections=[SectionPlan(title="All", item_versions=_with_items(make_plain_items(bank, count)))],
    )


def make_delivery(form: Form, **fields: Any) -> Delivery:
    """The form offered to everybody in its academy, an hour long, items and options in the form's own order."""
    return Delivery.objects.create(
        **{
            "academy": form.academy,
            "title": "Mock exam",
            "form": form,
            "attempts_allowed": 3,
            "time_limit_seconds": 3600,
            "shuffle_items": False,
            "shuffle_options": False,
            **fields,
        }
    )


def claim_of(attempt: Attempt) -> AttemptClaim:
    """What the learner's token says."""
    return AttemptClaim(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id)


def token_of(attempt: Attempt) -> dict[str, str]:
    """The header that authorises a sitting, as the test client takes it."""
    token = issue_token(attempt=attempt.pk, learner=attempt.learner_id, form=attempt.form_id)
    return {"HTTP_AUTHORIZATION": f"Attempt {token}"}


def start(delivery: Delivery, learner: Membership, *, now: datetime = NOW) -> Attempt:
    """An attempt that runs."""
    return start_attempt(delivery=delivery.pk, actor=learner, now=now).attempt


def answer(
    attempt: Attempt, slot: int, given: Any, *, sequence: int = 1, seconds: int = 0, now: datetime = NOW
) -> None:
    """Save an answer by the action."""
    save_response(
        claim=claim_of(attempt), slot=slot, sequence=sequence, answer=given, flagged=False, seconds=seconds, now=now
    )


def hand_in(attempt: Attempt, *, now: datetime = NOW) -> Attempt:
    """Submit and mark by the action."""
    return submit_and_mark(claim=claim_of(attempt), now=now)


def sit(delivery: Delivery, learner: Membership, answers: dict[int, Any], *, now: datetime = NOW) -> Attempt:
    """An attempt with these answers, handed in and marked."""
    attempt = start(delivery, learner, now=now)
    for slot, given in answers.items():
        answer(attempt, slot, given, now=now)
    return hand_in(attempt, now=now)


def right_answers(form: Form) -> dict[int, dict[str, Any]]:
    """A right answer for each slot of `make_one_of_each`."""
    answers = {slot: answer for slot, (_, answer) in enumerate(ONE_OF_EACH, start=1)}
    # Steps to be ordered have ids that give nothing away, so only the key knows them.
    for slot in paper_of(form.pk).slots:
        if slot.type == "ordering":
            answers[slot.number] = {"order": list(slot.key["order"])}
    return answers


def minutes(count: float) -> timedelta:
    """For arithmetic with NOW."""
    return timedelta(minutes=count)


def _with_items(versions: Sequence[ItemVersion]) -> list[ItemVersion]:
    found = ItemVersion.objects.select_related("item").in_bulk([version.pk for version in versions])
    return [found[version.pk] for version in versions]
