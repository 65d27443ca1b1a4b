"""New, late and changed answers reach every table, by the fold and by a rebuild, and only once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from academies.models import CohortMember
from academies.roster.actions import add_to_cohort, delete_cohort, remove_from_cohort
from accounts.journal.relay import deliver_due
from analytics.models import AcademyActivity, CohortActivity, DirtyCohort, LearnerDay, RebuildRun, Watermark
from analytics.rollups import folding, rebuilding
from analytics.rollups.folding import compare_cohorts, count_again, fold
from analytics.rollups.rebuilding import rebuild
from exams.marking.fields import CurrentTransaction
from exams.models import MarkedAnswer
from tests.analytics.recounted import held, recounted
from tests.factories.exams import NOW
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def learner(cast):
    # Its cohort was made without a word.
    compare_cohorts()
    return cast.harbour.learner.membership


@pytest.fixture
def bank(learner):
    return make_practice_bank(learner)


def change(rows, **fields):
    rows.update(**fields, written_in=CurrentTransaction())


def test_new_answers_are_counted_by_day_domain_and_source(cast, learner, bank):
    marked(learner, versions_of(bank), fractions=[1, 0, 0.5])
    marked(learner, versions_of(bank)[:2], source="study", now=NOW + timedelta(days=1))
    marked(cast.harbour.other_learner.membership, versions_of(bank)[:3])
    assert fold(now=NOW) == 17
    assert held() == recounted()
    assert AcademyActivity.objects.get(local_date=NOW.date()).learners == 2
    assert sum(LearnerDay.objects.filter(learner=learner.user).values_list("answers", flat=True)) == 14


def test_folding_again_reads_nothing_and_changes_nothing(learner, bank):
    marked(learner, versions_of(bank))
    fold(now=NOW)
    before = held()
    assert fold(now=NOW) == 0
    assert held() == before


def test_a_regrade_and_an_answer_that_counts_no_more_take_their_share_away(learner, bank):
    rows = marked(learner, versions_of(bank), fractions=[0] * 12)
    fold(now=NOW)
    change(MarkedAnswer.objects.filter(pk=rows[0].pk), fraction=Decimal("0.3333"))
    change(MarkedAnswer.objects.filter(pk=rows[1].pk), is_counted=False)
    change(MarkedAnswer.objects.filter(pk=rows[2].pk), shows_domain=False)
    assert fold(now=NOW) == 3
    assert held() == recounted()


def test_what_has_no_answer_left_has_no_row(learner, bank):
    marked(learner, versions_of(bank))
    fold(now=NOW)
    change(MarkedAnswer.objects.all(), is_counted=False)
    fold(now=NOW)
    assert all(table == {} for table in held().values())


def test_small_batches_come_to_the_same(learner, bank):
    marked(learner, versions_of(bank))
    assert fold(now=NOW, size=5, batches=1) == 5
    assert fold(now=NOW, size=5) == 7
    assert held() == recounted()


def test_an_answer_of_a_transaction_that_ends_late_is_not_passed_by(learner, bank):
    versions = versions_of(bank)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            # Its number is older than everything that follows.
            cursor.execute("SELECT pg_current_xact_id()")
            marked(learner, versions[:3])
            assert fold(now=NOW) == 0
            assert Watermark.objects.get().as_of is None
            cursor.execute("COMMIT")
        assert fold(now=NOW) == 3
    finally:
        other.close()
    assert held() == recounted()
    assert Watermark.objects.get().as_of == NOW


def test_as_of_is_a_moment_by_which_everything_is_counted_though_somebody_writes_for_long(learner, bank):
    fold(now=NOW)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT pg_current_xact_id()")
            fold(now=NOW + timedelta(seconds=10))
            marked(learner, versions_of(bank))
            for seconds in (20, 30, 40):
                assert fold(now=NOW + timedelta(seconds=seconds)) == 0
            assert Watermark.objects.get().as_of == NOW + timedelta(seconds=10)
            cursor.execute("COMMIT")
        assert fold(now=NOW + timedelta(seconds=50)) == 12
        assert Watermark.objects.get().as_of >= NOW + timedelta(seconds=20)
    finally:
        other.close()


def test_a_cohort_has_the_days_of_those_who_are_in_it_now(cast, learner, bank):
    marked(learner, versions_of(bank))
    fold(now=NOW)
    cohort, other = cast.harbour.cohort, cast.harbour.other_learner.membership
    owner = cast.harbour.owner.account
    marked(other, versions_of(bank)[:4])
    remove_from_cohort(cohort=cohort, members=[learner], actor=owner, now=NOW)
    deliver_due(now=NOW)
    fold(now=NOW)
    assert held() == recounted()
    assert CohortActivity.objects.get().learners == 1
    add_to_cohort(cohort=cohort, members=[learner], actor=owner, now=NOW)
    deliver_due(now=NOW)
    fold(now=NOW)
    assert held() == recounted()
    assert CohortActivity.objects.get().answers == 16
    delete_cohort(cohort=cohort.pk, actor=owner, now=NOW)
    deliver_due(now=NOW)
    fold(now=NOW)
    assert held() == recounted()
    assert (CohortActivity.objects.count(), DirtyCohort.objects.count()) == (0, 0)


def test_a_member_who_is_gone_without_a_word_is_noticed(learner, bank):
    marked(learner, versions_of(bank))
    fold(now=NOW)
    CohortMember.objects.filter(member=learner).delete()
    compare_cohorts()
    fold(now=NOW)
    assert held() == recounted()
    compare_cohorts()
    assert DirtyCohort.objects.count() == 0


def test_a_dirty_day_is_counted_again(learner, bank):
    marked(learner, versions_of(bank))
    fold(now=NOW)
    # Whoever changes a fact by hand forgets to say so.
    MarkedAnswer.objects.filter(slot=1).update(seconds=99)
    assert fold(now=NOW) == 0
    assert held() != recounted()
    count_again(academy=learner.academy_id, learner=learner.user_id, local_date=NOW.date())
    fold(now=NOW)
    assert held() == recounted()


def test_a_rebuild_counts_everything_again(learner, bank, capsys):
    marked(learner, versions_of(bank))
    marked(learner, versions_of(bank), now=NOW + timedelta(days=3))
    call_command("rebuild_rollups", academy="harbour")
    assert held() == recounted()
    assert "harbour: 2 days of learners counted again." in capsys.readouterr().out
    fold(now=NOW)
    assert held() == recounted()


def test_a_rebuild_mends_what_is_wrong_and_forgets_what_has_no_facts(learner, bank):
    marked(learner, versions_of(bank))
    marked(learner, versions_of(bank), now=NOW + timedelta(days=1))
    fold(now=NOW)
    AcademyActivity.objects.update(learners=7)
    LearnerDay.objects.filter(local_date=NOW.date()).update(answers=70)
    MarkedAnswer.objects.filter(local_date=NOW.date()).delete()
    call_command("rebuild_rollups", verbosity=0)
    assert held() == recounted()
    assert not RebuildRun.objects.filter(finished_at=None).exists()


def test_a_rebuild_of_some_days_leaves_the_others(learner, bank):
    marked(learner, versions_of(bank))
    marked(learner, versions_of(bank), now=NOW + timedelta(days=1))
    list(rebuild(academy=learner.academy, first=date(2026, 3, 3), last=date(2026, 3, 3), clock=lambda: NOW))
    assert set(LearnerDay.objects.values_list("local_date", flat=True)) == {date(2026, 3, 3)}


def test_a_rebuild_goes_on_where_it_was_interrupted(learner, bank, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 1)
    for day in range(4):
        marked(learner, versions_of(bank), now=NOW + timedelta(days=day))
    started = rebuild(academy=learner.academy, first=None, last=None, clock=lambda: NOW)
    while next(started) == 0:
        pass
    assert next(started) == 1
    started.close()
    assert RebuildRun.objects.get().days == 2
    assert sum(rebuild(academy=learner.academy, first=None, last=None, clock=lambda: NOW)) == 2
    assert held() == recounted()


def test_a_batch_that_fails_leaves_no_trace(learner, bank, monkeypatch):
    marked(learner, versions_of(bank))

    def crash(**_):
        raise IntegrityError

    with monkeypatch.context() as patch:
        patch.setattr(folding, "_fold_dirty_days", crash)
        with pytest.raises(IntegrityError):
            fold(now=NOW)
    assert all(table == {} for table in held().values())
    fold(now=NOW)
    assert held() == recounted()


def test_the_sums_of_a_day_are_never_seen_half(learner, bank):
    """Whoever reads in between sees the state before, of every table."""
    marked(learner, versions_of(bank))
    other = connection.copy()
    try:
        with transaction.atomic():
            fold(now=NOW)
            with other.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM analytics_learnerday")
                assert cursor.fetchone() == (0,)
    finally:
        other.close()
