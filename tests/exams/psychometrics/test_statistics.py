"""Figures of questions: by hand, and against an established package."""

import random
from decimal import Decimal

import numpy
import pytest
from django.core.management import call_command
from scipy.stats import pearsonr, pointbiserialr

from config.kernel.ids import new_id
from exams.bank.models import ItemVersion
from exams.marking.models import MarkedAnswer
from exams.psychometrics.compute import compute_all_statistics, compute_bank_statistics, compute_statistics
from exams.psychometrics.models import ItemStatistics
from tests.exams.statements import Statements
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, minutes
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db

LATER = NOW + minutes(60 * 24)


@pytest.fixture
def bank(cast):
    return make_practice_bank(cast.harbour.learner.membership, items=5)


@pytest.fixture
def versions(bank):
    return versions_of(bank)


@pytest.fixture
def members(cast):
    return [MembershipFactory(academy=cast.harbour.academy) for _ in range(8)]


def figures(version):
    return ItemStatistics.objects.get(item_version=version)


def chose(answers, letters):
    """Give the answers other choices than their right one."""
    for answer, letter in zip(answers, letters, strict=True):
        answer.answer = {"choice": letter}
    MarkedAnswer.objects.bulk_update(answers, ["answer"])


# Six learners, four questions. Rest of the first question: the mean of the other three.
TABLE = [
    # fractions    choice  rest
    ([1, 1, 1, 1], "a"),  # 1
    ([1, 1, 1, 0], "a"),  # 2/3
    ([0, 1, 1, 0], "b"),  # 2/3
    ([1, 0, 1, 0], "a"),  # 1/3
    ([0, 1, 0, 0], "b"),  # 1/3
    ([0, 0, 0, 0], "c"),  # 0
]


def test_a_table_that_was_computed_by_hand(versions, members, bank):
    for member, (fractions, letter), seconds in zip(members, TABLE, (10, 20, 30, 40, 50, 90), strict=False):
        answers = marked(member, versions[:4], fractions=fractions, seconds=seconds, is_guess=letter == "c")
        chose(answers, letter + "aaa")
    compute_bank_statistics(bank=bank, now=LATER)
    row = figures(versions[0])
    assert (row.answers, row.compared, row.facility) == (6, 6, 0.5)
    # x = 1 1 0 1 0 0, y = 3 2 2 1 1 0 (thirds): Sxy = 6 − 3·9/6 = 1.5, Sxx = 1.5, Syy = 19 − 81/6 = 5.5.
    assert row.discrimination == pytest.approx(1.5 / (1.5 * 5.5) ** 0.5)
    # 27 % of six are two: (1 + 1) / 2 against (0 + 0) / 2.
    assert row.upper_lower == 1.0
    assert (row.mean_seconds, row.median_seconds, row.guesses, row.exposure) == (40.0, 35.0, 1, 6)
    assert row.options == [
        {"id": "a", "is_key": True, "chosen": 3, "upper": 2, "lower": 0, "rest": pytest.approx(2 / 3)},
        {"id": "b", "is_key": False, "chosen": 2, "upper": 0, "lower": 1, "rest": pytest.approx(0.5)},
        {"id": "c", "is_key": False, "chosen": 1, "upper": 0, "lower": 1, "rest": 0},
    ]
    assert not row.looks_wrongly_keyed


def test_discrimination_is_that_of_scipy(cast, versions, bank):
    dice = random.Random(4)
    right, rest, seconds = [], [], []
    for number in range(60):
        member = MembershipFactory(academy=cast.harbour.academy)
        ability = dice.random()
        fractions = [int(dice.random() < ability) for _ in versions]
        seconds.append(dice.randint(5, 200))
        source = "exam" if number % 2 else "practice"
        marked(member, versions, fractions=fractions, source=source, seconds=seconds[-1])
        right.append(fractions[0])
        rest.append(sum(fractions[1:]) / 4)
    compute_bank_statistics(bank=bank, now=LATER)
    expected, found = pointbiserialr(right, rest).statistic, figures(versions[0])
    assert expected > 0.2
    assert found.discrimination == pytest.approx(expected)
    assert found.facility == pytest.approx(numpy.mean(right))
    assert (found.mean_seconds, found.median_seconds) == pytest.approx((numpy.mean(seconds), numpy.median(seconds)))


def test_with_part_credit_discrimination_is_pearsons(cast, versions, bank):
    dice = random.Random(5)
    table = [[dice.choice((0, 0.25, 0.5, 1)) for _ in versions] for _ in range(25)]
    for fractions in table:
        marked(MembershipFactory(academy=cast.harbour.academy), versions, fractions=fractions)
    compute_bank_statistics(bank=bank, now=LATER)
    scores = numpy.array(table)
    for number, version in enumerate(versions):
        rest = numpy.delete(scores, number, axis=1).mean(axis=1)
        found = figures(version)
        assert found.facility == pytest.approx(scores[:, number].mean())
        assert found.discrimination == pytest.approx(pearsonr(scores[:, number], rest).statistic)
        # 27 % of 25 are seven; of equals the earlier answers stand above.
        order = numpy.argsort(-rest, kind="stable")
        upper, lower = (scores[group, number].mean() for group in (order[:7], order[-7:]))
        assert found.upper_lower == pytest.approx(upper - lower)


def test_only_the_first_answer_of_each_learner_counts(versions, members, bank):
    marked(members[0], versions[:2], fractions=[0, 1])
    marked(members[0], versions[:2], fractions=[1, 1], now=NOW + minutes(30))
    compute_bank_statistics(bank=bank, now=LATER)
    row = figures(versions[0])
    assert (row.answers, row.facility, row.exposure) == (1, 0, 2)


def test_reviews_and_what_does_not_count_are_left_out(versions, members, bank):
    marked(members[0], versions[:1], source="review")
    marked(members[1], versions[:2], is_counted=False)
    compute_bank_statistics(bank=bank, now=LATER)
    assert not ItemStatistics.objects.exists()
    marked(members[2], versions[:1])
    compute_bank_statistics(bank=bank, now=LATER)
    row = figures(versions[0])
    # An answer that stands alone is not compared.
    assert (row.answers, row.compared, row.discrimination, row.upper_lower) == (1, 0, None, None)


def test_old_answers_are_not_exposure(versions, members, bank):
    marked(members[0], versions[:1])
    compute_bank_statistics(bank=bank, now=NOW + minutes(60 * 24 * 31))
    assert figures(versions[0]).exposure == 0


def test_where_nothing_varies_there_is_no_discrimination(versions, members, bank):
    for member in members:
        marked(member, versions)
    compute_bank_statistics(bank=bank, now=LATER)
    assert figures(versions[0]).discrimination is None


def many(cast, versions, letters, *, rest):
    """Learners who chose `letters` of the first question and had `rest` of the others right, each."""
    for letter, share in zip(letters, rest, strict=True):
        member = MembershipFactory(academy=cast.harbour.academy)
        others = [int(number < share) for number in range(4)]
        chose(marked(member, versions, fractions=[int(letter == "a"), *others]), letter + "aaaa")


def test_a_wrong_option_that_the_best_choose_looks_like_the_key(cast, versions, bank):
    many(cast, versions, "b" * 10 + "a" * 20, rest=[4] * 10 + [2, 1] * 10)
    compute_bank_statistics(bank=bank, now=LATER)
    assert figures(versions[0]).looks_wrongly_keyed
    assert ItemStatistics.objects.first().pk == versions[0].pk


def test_a_few_answers_say_nothing_about_the_key(cast, versions, bank):
    many(cast, versions, "b" * 9 + "a" * 20, rest=[4] * 9 + [2, 1] * 10)
    compute_bank_statistics(bank=bank, now=LATER)
    row = figures(versions[0])
    assert row.discrimination < 0
    assert not row.looks_wrongly_keyed


def test_an_easy_question_that_separates_nobody_is_not_suspected(cast, versions, bank):
    many(cast, versions, "ab" * 20, rest=[dice % 5 for dice in range(20) for _ in range(2)])
    compute_bank_statistics(bank=bank, now=LATER)
    row = figures(versions[0])
    assert row.discrimination == pytest.approx(0)
    assert not row.looks_wrongly_keyed


def test_questions_without_options_have_no_table(versions, members, bank):
    ItemVersion.objects.filter(pk=versions[0].pk).update(key={"accepted": ["x"]}, type="short_text")
    marked(members[0], versions[:2], answer={"text": "x"})
    compute_bank_statistics(bank=bank, now=LATER)
    assert figures(versions[0]).options == []


def test_counting_is_one_statement_and_may_be_repeated(versions, members, bank):
    for member in members:
        marked(member, versions, fractions=[Decimal("0.5"), 1, 0])
    items = [version.item_id for version in versions]
    with Statements() as statements:
        assert compute_statistics(items=items, now=LATER) == 5
    assert len(statements) == 2
    before = list(ItemStatistics.objects.values())
    compute_all_statistics(now=LATER)
    assert list(ItemStatistics.objects.values()) == before


def test_figures_go_when_nothing_counts_any_more(versions, members, bank):
    session = new_id()
    marked(members[0], versions[:1], source_id=session)
    compute_bank_statistics(bank=bank, now=LATER)
    MarkedAnswer.objects.of_source(session).update(is_counted=False)
    compute_bank_statistics(bank=bank, now=LATER + minutes(1))
    assert not ItemStatistics.objects.exists()


def test_the_command_counts_one_item_a_bank_or_all(versions, members, bank, capsys):
    marked(members[0], versions)
    for arguments, counted in (
        (["--item", versions[0].item.code], 1),
        (["--bank", bank.slug], 5),
        ([], 5),
    ):
        call_command("item_statistics", *arguments)
        assert f"{counted} versions counted." in capsys.readouterr().out
