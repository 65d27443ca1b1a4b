"""Cards are made from every answer once, whoever crashes and however many read; none is due behind an exam."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.journal.models import JournalEntry
from accounts.profile.models import Profile
from exams.events import ReviewsDone
from exams.marking.fields import CurrentTransaction
from exams.marking.models import MarkedAnswer
from exams.practice.repetition import cards
from exams.practice.repetition.actions import change_settings, check_review, grade_review
from exams.practice.repetition.cards import draw_in, make_own_cards, read_answers
from exams.practice.repetition.models import CardWatermark, ReviewCard, ReviewLog
from exams.practice.repetition.runs import finish_left_runs
from exams.practice.repetition.terms import terms_of
from exams.practice.saved.models import Bookmark
from tests.cast import Cast, make_cast
from tests.exams.threads import all_at_once
from tests.factories.exams import NOW, minutes
from tests.factories.practice import make_practice_bank, marked, right_answer, versions_of
from tests.factories.reviews import grade, make_cards

RATINGS = ["again", "hard", "good", "easy"]


def read_all() -> None:
    while read_answers(now=NOW):
        pass


def codes() -> list[str]:
    return sorted(ReviewCard.objects.values_list("item__code", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_reader_goes_on_from_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "STEP", 2)
    learner = make_cast().harbour.learner.membership
    versions = versions_of(make_practice_bank(learner, items=9))
    for version in versions[:3]:
        marked(learner, [version], fractions=[0])
    marked(learner, versions[3:8], fractions=[0] * 5)
    read_all()
    assert codes() == [version.item.code for version in versions[:8]]
    MarkedAnswer.objects.filter(item=versions[0].item_id).update(is_counted=False, written_in=CurrentTransaction())
    Bookmark.objects.create(
        academy=learner.academy, learner=learner.user, item=versions[8].item, created_at=NOW - minutes(1)
    )
    read_all()
    assert codes() == [version.item.code for version in versions]


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_late_is_not_passed_over() -> None:
    """A transaction that began before the reader came and ends after it."""
    learner = make_cast().harbour.learner.membership
    early, late = versions_of(make_practice_bank(learner, items=2))

    def other() -> None:
        try:
            read_all()
        finally:
            connections.close_all()

    with transaction.atomic():
        marked(learner, [late], fractions=[0])
        assert all_at_once([lambda: marked(learner, [early], fractions=[0]), other])[1] is None
        assert all_at_once([other]) == [None]
    read_all()
    assert codes() == [early.item.code, late.item.code]


@pytest.mark.django_db(transaction=True)
def test_a_crash_leaves_the_watermark_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    learner = make_cast().harbour.learner.membership
    versions = versions_of(make_practice_bank(learner, items=3))
    marked(learner, versions, fractions=[0, 0, 0])

    def crash(*_: Any, **__: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(CardWatermark, "save", crash)
        with pytest.raises(MemoryError):
            read_answers(now=NOW)
    assert codes() == []
    read_all()
    assert len(codes()) == 3


@pytest.mark.django_db(transaction=True)
def test_many_readers_make_each_card_once() -> None:
    learner = make_cast().harbour.learner.membership
    versions = versions_of(make_practice_bank(learner, items=40))
    marked(learner, versions, fractions=[0] * 40)
    calls = [*[read_all] * 3, *[lambda: make_own_cards(actor=learner, now=NOW)] * 2]
    assert all_at_once(calls) == [None] * 5
    assert len(codes()) == 40


@pytest.mark.django_db(transaction=True)
def test_grades_that_are_sent_at_once_count_once() -> None:
    learner = make_cast().harbour.learner.membership
    (card,) = make_cards(learner, 1)
    check_review(card=card.pk, answer=right_answer(), seconds=9, actor=learner, now=NOW)

    def send() -> object:
        return grade_review(card=card.pk, sequence=1, rating="easy", actor=learner, now=NOW).log.pk

    results = all_at_once([send] * 5)
    assert len(set(results)) == 1
    card.refresh_from_db()
    assert (card.reviews, ReviewLog.objects.count(), MarkedAnswer.objects.filter(source="review").count()) == (1, 1, 1)
    assert JournalEntry.objects.filter(kind=ReviewsDone.kind).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_run_is_told_of_once_however_many_sweep() -> None:
    learner = make_cast().harbour.learner.membership
    for card in make_cards(learner, 3)[:2]:
        grade(card, "easy", actor=learner)
    told = all_at_once([lambda: finish_left_runs(now=NOW + minutes(40))] * 4)
    assert sorted(told) == [0, 0, 0, 1]
    assert JournalEntry.objects.get(kind=ReviewsDone.kind).payload["answered"] == 2


@pytest.fixture
def card(db: None) -> tuple[Cast, ReviewCard]:
    cast = make_cast()
    (made,) = make_cards(cast.harbour.learner.membership, 1)
    return cast, made


@settings(max_examples=30)
@given(
    ratings=st.lists(st.sampled_from(RATINGS), min_size=1, max_size=12),
    days=st.integers(1, 90),
    zone=st.sampled_from(["UTC", "Pacific/Kiritimati", "America/Los_Angeles", "Europe/Madrid"]),
)
def test_no_interval_leads_past_the_exam(
    card: tuple[Cast, ReviewCard], ratings: list[str], days: int, zone: str
) -> None:
    cast, made = card
    learner = cast.harbour.learner.membership
    with transaction.atomic():
        learner.user.time_zone = zone
        exam = NOW.date() + timedelta(days=days + 1)
        change_settings(changes={"target_date": exam}, actor=learner)
        at = NOW
        for rating in ratings:
            grade(made, rating, actor=learner, now=at)
            terms = terms_of(learner, now=at)
            if terms.days_left is None:
                break
            assert made.due_at.astimezone(terms.zone).date() <= exam
            at = max(at + timedelta(minutes=1), made.due_at)
        transaction.set_rollback(True)
    made.refresh_from_db()


@pytest.mark.django_db
def test_what_is_due_behind_a_new_exam_is_drawn_in_evenly(cast: Cast) -> None:
    learner = cast.harbour.learner.membership
    made = make_cards(learner, 12)
    for each in made:
        each.state, each.stability, each.difficulty, each.reviewed_on = "review", 80.0, 5.0, NOW.date()
        each.due_at = NOW + timedelta(days=60)
    ReviewCard.objects.bulk_update(made, ["state", "stability", "difficulty", "reviewed_on", "due_at"])
    assert draw_in(actor=learner, terms=terms_of(learner, now=NOW)) == 0
    Profile.objects.create(user=learner.user, target_date=NOW.date() + timedelta(days=7))
    terms = terms_of(learner, now=NOW)
    assert (terms.days_left, terms.furthest) == (7, 6)
    assert draw_in(actor=learner, terms=terms) == 12
    assert ReviewCard.objects.all().due_by_day(terms, first=1, last=60) == dict.fromkeys(range(1, 7), 2)
    assert draw_in(actor=learner, terms=terms) == 0


@pytest.mark.django_db
def test_reviews_are_spread_over_quiet_days(cast: Cast) -> None:
    """Thirty cards of the same age, graded the same on the same day."""
    learner = cast.harbour.learner.membership
    for each in make_cards(learner, 30):
        grade(each, "easy", actor=learner)
    load = ReviewCard.objects.all().due_by_day(terms_of(learner, now=NOW), first=1, last=40)
    assert load == {6: 6, 7: 6, 8: 6, 9: 6, 10: 6}


@pytest.mark.django_db
def test_a_card_is_due_from_the_learners_midnight_on(cast: Cast) -> None:
    """Over the night in which the clocks go forward: 29 March 2026, in Madrid."""
    learner = cast.harbour.learner.membership
    learner.user.time_zone = "Europe/Madrid"
    (made,) = make_cards(learner, 1)
    evening = NOW.replace(month=3, day=28, hour=22)
    for wait in (0, 10):
        grade(made, "good", actor=learner, now=evening + minutes(wait))
    assert (made.reviewed_on, made.due_at.isoformat()) == (date(2026, 3, 28), "2026-03-29T22:00:00+00:00")
    grade(made, "good", actor=learner, now=made.due_at)
    assert made.reviewed_on == date(2026, 3, 30)


def test_the_oldest_running_transaction_is_a_number(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    assert cards._oldest_running().isdigit()
