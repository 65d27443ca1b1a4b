"""Which questions a session gets, and what a learner is offered."""

import pytest

from exams.bank.models import Domain, Item, Skill
from exams.practice.repetition.models import ReviewCard
from exams.practice.saved.models import Bookmark
from exams.practice.sessions.actions import Choice, start_session
from exams.practice.sessions.choosing import counts_of, practisable
from tests.exams.practice.practising import PRACTICE, Practising
from tests.exams.statements import Statements
from tests.factories.exams import NOW, make_bank, make_plain_items, minutes
from tests.factories.practice import make_practice_bank, marked, versions_of
from tests.http.problem import problem


@pytest.fixture
def learner(cast):
    return cast.harbour.learner.membership


@pytest.fixture
def bank(learner):
    return make_practice_bank(learner, items=12)


def drawn(learner, bank, **chosen):
    session = start_session(
        mode="study", choice=Choice(bank=bank.pk, **{"count": 100, **chosen}), actor=learner, now=NOW + minutes(600)
    )
    return session.versions


def card(learner, version, **fields):
    return ReviewCard.objects.create(
        **{
            "academy": learner.academy,
            "learner": learner.user,
            "item": version.item,
            "reason": "missed",
            "due_at": NOW,
            **fields,
        }
    )


def ids(versions):
    return {version.pk for version in versions}


def test_the_latest_answer_that_the_learner_knows_of_says_what_is_wrong_and_what_is_not_seen(learner, bank):
    versions = versions_of(bank)
    marked(learner, versions[:3], fractions=[0, 0, 0.5])
    marked(learner, versions[:1], now=NOW + minutes(60))
    # An exam that has not shown this, and one that was voided.
    marked(learner, versions[3:4], fractions=[0], is_open=False)
    marked(learner, versions[4:5], fractions=[0], is_counted=False)
    assert set(drawn(learner, bank, only="wrong")) == ids(versions[1:3])
    assert set(drawn(learner, bank, only="not_seen")) == ids(versions[3:])


def test_bookmarked_and_due(cast, learner, bank):
    versions = versions_of(bank)
    Bookmark.objects.create(academy=learner.academy, learner=learner.user, item=versions[0].item)
    other = cast.harbour.other_learner.membership
    Bookmark.objects.create(academy=other.academy, learner=other.user, item=versions[1].item)
    card(learner, versions[2])
    card(learner, versions[3], due_at=NOW + minutes(10_000))
    card(learner, versions[4], suspended_at=NOW)
    assert drawn(learner, bank, only="bookmarked") == [versions[0].pk]
    assert drawn(learner, bank, only="due") == [versions[2].pk]


def test_domains_skills_and_difficulties_narrow_together(learner, bank):
    domain = bank.domains.get(code="2")
    skill = Skill.objects.create(academy=bank.academy, domain=domain, code="2.1", title="Routing")
    Item.objects.filter(bank=bank, domain=domain, live_version__difficulty="hard").update(skill=skill)
    hard = [version for version in versions_of(bank) if version.difficulty == "hard"]
    assert set(drawn(learner, bank, difficulties=("hard",))) == ids(hard)
    expected = ids(version for version in hard if version.item.domain_id == domain.pk)
    assert set(drawn(learner, bank, domains=(domain.pk,), difficulties=("hard",))) == expected
    assert set(drawn(learner, bank, skills=(skill.pk,))) == expected


def test_what_was_not_seen_comes_first_and_domains_take_turns(learner, bank):
    versions = versions_of(bank)
    marked(learner, versions[:4])
    order = drawn(learner, bank)
    assert len(order) == 12
    assert set(order[:8]) == ids(versions[4:])
    domains = {version.pk: version.item.domain_id for version in versions}
    assert len({domains[version] for version in order[:2]}) == 2
    assert drawn(learner, bank) != order or drawn(learner, bank) != order


def test_nothing_that_fits_says_which_filter_to_leave_out(cast, api, learner, bank):
    client, empty = (
        api(cast.harbour.learner),
        Domain.objects.create(academy=bank.academy, bank=bank, code="9", title="Nothing yet"),
    )
    wanted = {"mode": "study", "bank": str(bank.pk)}

    def loosen(**chosen):
        return problem(client.post(f"{PRACTICE}/sessions/", wanted | chosen), 409, "nothing_to_practise")["loosen"]

    assert loosen(only="wrong") == ["only"]
    assert loosen(domains=[str(empty.pk)], difficulties=["easy"]) == ["domains"]
    assert loosen(domains=[str(empty.pk)], only="due") == ["domains", "only"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mode", "exam"),
        ("count", 0),
        ("count", 101),
        ("only", "hard"),
        ("domains", ["x"]),
        ("difficulties", ["easy", "impossible"]),
        ("time_limit_seconds", 1),
        ("bank", "00000000-0000-0000-0000-000000000000"),
        ("xp", 1000),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(cast, api, bank, field, value):
    body = {"mode": "practice", "bank": str(bank.pk), field: value}
    refused = problem(api(cast.harbour.learner).post(f"{PRACTICE}/sessions/", body), 400, "validation_error")
    assert refused["errors"][0]["field"].startswith(field)


def test_only_banks_that_are_open_to_practice_are_offered_and_drawn_from(cast, api, learner, bank):
    closed = make_bank(cast.harbour.academy, slug="closed")
    foreign = make_bank(cast.meridian.academy, slug="foreign", is_open_to_practice=True)
    for each in (closed, foreign):
        make_plain_items(each, 2)
    client = api(cast.harbour.learner)
    assert [row["id"] for row in client.get(f"{PRACTICE}/banks/").json()["results"]] == [str(bank.pk)]
    for each in (closed, foreign):
        refused = client.post(f"{PRACTICE}/sessions/", {"mode": "study", "bank": str(each.pk)})
        assert problem(refused, 400, "validation_error")["errors"][0]["field"] == "bank"


def test_a_shared_bank_of_the_house_is_practised_in_every_academy(cast, api, learner):
    shared = make_bank(cast.house, slug="shared", is_shared=True, is_open_to_practice=True)
    make_plain_items(shared, 3)
    started = Practising.start(cast.harbour.learner, mode="practice", bank=str(shared.pk))
    assert len(started.body["items"]) == 3


def test_banks_say_how_far_the_learner_is_with_each_part(cast, api, learner, bank):
    versions = versions_of(bank)
    marked(learner, versions[:3], fractions=[1, 0, 0])
    marked(cast.harbour.other_learner.membership, versions, fractions=[0] * 12)
    Bookmark.objects.create(academy=learner.academy, learner=learner.user, item=versions[0].item)
    card(learner, versions[1])
    (row,) = api(cast.harbour.learner).get(f"{PRACTICE}/banks/").json()["results"]
    counts = ("items", "seen", "wrong", "bookmarked", "due")
    assert [row[name] for name in counts] == [12, 3, 2, 1, 1]
    for name in counts:
        assert sum(domain[name] for domain in row["domains"]) == row[name]
    assert sum(each["items"] for each in row["difficulties"]) == 12


def test_counts_and_draws_agree(learner, bank):
    versions = versions_of(bank)
    marked(learner, versions[:7], fractions=[1, 0, 0.5, 1, 0, 1, 0])
    rows = counts_of(practisable(member=learner, now=NOW).filter(bank=bank))
    assert sum(row["wrong"] for row in rows) == len(drawn(learner, bank, only="wrong"))
    assert sum(row["items"] - row["seen"] for row in rows) == len(drawn(learner, bank, only="not_seen"))


def test_starting_takes_as_many_statements_for_a_large_bank(learner):
    counts = []
    for size in (5, 200):
        bank = make_practice_bank(learner, items=size, slug=f"size-{size}")
        with Statements() as statements:
            drawn(learner, bank)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 6


def test_own_sessions_are_listed_by_mode_and_state(cast, api, learner, bank):
    study = Practising.start(cast.harbour.learner, mode="study", bank=str(bank.pk))
    Practising.start(cast.harbour.learner, mode="practice", bank=str(bank.pk))
    Practising.start(cast.harbour.other_learner, mode="study", bank=str(bank.pk))
    study.finish()
    client = api(cast.harbour.learner)

    def modes(query):
        return [row["mode"] for row in client.get(f"{PRACTICE}/sessions/{query}").json()["results"]]

    assert modes("") == ["practice", "study"]
    assert modes("?mode=study") == ["study"]
    assert modes("?state=open") == ["practice"]
    problem(client.get(f"{PRACTICE}/sessions/?state=lost"), 400, "validation_error")
