"""Reports of questions: flagged by three learners, upheld with a corrected version, or dismissed with a reply."""

from functools import partial

import pytest
from django.db import connection

from accounts.models import JournalEntry
from exams.bank.actions import move_version, save_item
from exams.bank.models import ItemVersion
from exams.marking.models import MarkedAnswer, Score
from exams.practice.reports.actions import report_item
from exams.practice.reports.errors import AlreadyDecided, AlreadyReported, NotCorrected
from exams.practice.reports.models import ItemReport, ReportCase
from exams.practice.reports.triage import dismiss_reports, take_up, uphold_reports
from tests.exams.threads import all_at_once
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, OPTIONS, make_bank, make_delivery, make_form_of, make_item, minutes, sit, start
from tests.factories.practice import marked

PRACTICE = "/api/v1/academies/harbour/practice/"
LATER = NOW + minutes(90)

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(cast):
    return cast.harbour.learner


@pytest.fixture
def bank(cast):
    """A bank that every academy may practise from."""
    return make_bank(cast.house, slug="shared", is_shared=True, is_open_to_practice=True)


@pytest.fixture
def version(bank):
    """A question whose key is a."""
    return make_item(bank, "R-1")


def report(version, member, reason="incorrect", comment="It is b."):
    return report_item(item=version.item_id, reason=reason, comment=comment, actor=member, now=NOW)


def by_three(version, cast):
    """Reported by learners of two academies."""
    members = (cast.harbour.learner, cast.harbour.other_learner, cast.meridian.learner)
    return [report(version, person.membership) for person in members]


def case_of(version):
    return ReportCase.objects.get(item_version=version)


def correct(version, *, to="approved"):
    """Another version whose key is b."""
    options = [{name: value for name, value in option.items() if name != "correct"} for option in OPTIONS]
    options[1]["correct"] = True
    source = {**version.source, "code": version.item.code, "domain": "1", "options": options}
    better = save_item(bank=version.item.bank, source=source, actor=None, now=NOW)
    for state in ("in_review", "approved", "live"):
        better = move_version(version=better, to=state, actor=None, now=NOW)
        if state == to:
            break
    return better


def kinds(prefix="exams.item_report"):
    return list(JournalEntry.objects.filter(kind__startswith=prefix).order_by("pk").values_list("kind", flat=True))


def state_of(version):
    return ItemVersion.objects.get(pk=version.pk).state


# Learners


def test_a_report_is_made_and_found_among_ones_own(api, cast, learner, version):
    client = api(learner)
    response = client.post(f"{PRACTICE}items/{version.item_id}/reports/", {"reason": "typo", "comment": "Teh"})
    assert response.status_code == 201
    assert response.json()["state"] == "open"
    (row,) = client.get(f"{PRACTICE}reports/").json()["results"]
    assert (row["reason"], row["comment"], row["reply"], row["question"]["id"]) == (
        "typo",
        "Teh",
        "",
        str(version.item_id),
    )
    assert len(client.get(f"{PRACTICE}items/{version.item_id}/").json()["reports"]) == 1
    assert api(cast.harbour.other_learner).get(f"{PRACTICE}reports/").json()["results"] == []
    assert kinds() == ["exams.item_reported"]


def test_one_report_waits_at_a_time(api, learner, version):
    report(version, learner.membership)
    response = api(learner).post(f"{PRACTICE}items/{version.item_id}/reports/", {"reason": "typo"})
    assert (response.status_code, response.json()["code"]) == (409, "already_reported")
    dismiss_reports(case=case_of(version).pk, reply="It is right.", actor=learner.account, now=NOW)
    assert report(version, learner.membership).case.state == "open"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"reason": "other"}, "comment"),
        ({"reason": "boring"}, "reason"),
        ({}, "reason"),
        ({"reason": "typo", "comment": "x" * 2001}, "comment"),
    ],
)
def test_bad_reports_are_refused_by_the_field(api, learner, version, body, field):
    response = api(learner).post(f"{PRACTICE}items/{version.item_id}/reports/", body)
    assert response.status_code == 400
    assert [error["field"] for error in response.json()["errors"]] == [field]
    assert not ReportCase.objects.exists()


def test_the_version_is_the_one_that_the_learner_saw(learner, version):
    marked(learner.membership, [version])
    correct(version, to="live")
    assert report(version, learner.membership).case.item_version == version


# Flagged


def test_three_learners_of_any_academies_flag_a_question(cast, version):
    reports = by_three(version, cast)
    assert reports[0].case_id == reports[2].case_id
    case = case_of(version)
    assert (case.reporters, case.flagged_at, case.has_quarantined) == (3, NOW, True)
    version.item.refresh_from_db()
    assert (state_of(version), version.item.live_version) == ("quarantined", None)
    report(version, MembershipFactory(academy=cast.harbour.academy))
    assert case_of(version).flagged_at == NOW


def test_two_learners_and_one_who_is_in_two_academies_do_not(cast, version):
    report(version, cast.harbour.learner.membership)
    report(version, cast.harbour.other_learner.membership)
    again = MembershipFactory(academy=cast.meridian.academy, user=cast.harbour.other_learner.account)
    with pytest.raises(AlreadyReported):
        report(version, again)
    assert state_of(version) == "live"


def test_an_old_version_is_flagged_without_touching_the_live_one(cast, version):
    members = (cast.harbour.learner, cast.harbour.other_learner, cast.meridian.learner)
    for person in members:
        marked(person.membership, [version])
    better = correct(version, to="live")
    by_three(version, cast)
    assert (case_of(version).has_quarantined, state_of(better)) == (False, "live")


def test_attempts_that_run_keep_a_flagged_question(cast, version):
    attempt = start(
        make_delivery(make_form_of([version]), academy=cast.harbour.academy), cast.harbour.learner.membership
    )
    by_three(version, cast)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.slot_order) == ("in_progress", [1])


@pytest.mark.django_db(transaction=True)
def test_reports_at_the_same_time_quarantine_once(cast, version):
    members = [MembershipFactory(academy=cast.harbour.academy) for _ in range(5)]
    results = all_at_once([partial(report, version, member) for member in members])
    assert [result for result in results if isinstance(result, Exception)] == []
    case = case_of(version)
    assert (case.reporters, case.has_quarantined) == (5, True)
    moves = JournalEntry.objects.filter(kind="exams.item_version_moved", payload__after="quarantined")
    assert moves.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_learner_at_the_same_time_reports_once(cast, version):
    results = all_at_once([partial(report, version, cast.harbour.learner.membership)] * 4)
    assert sorted(type(result).__name__ for result in results) == ["AlreadyReported"] * 3 + ["ItemReport"]
    assert case_of(version).reporters == 1


# Decided


def test_a_dismissal_answers_the_reporters_and_puts_the_question_back(api, cast, learner, version):
    by_three(version, cast)
    case = case_of(version)
    take_up(case=case.pk, actor=cast.staff.account, now=LATER)
    assert case_of(version).state == "triaged"
    dismiss_reports(case=case.pk, reply="The key is right.", actor=cast.staff.account, now=LATER)
    assert state_of(version) == "live"
    assert kinds()[3:] == ["exams.item_report_dismissed"] * 3
    (row,) = api(learner).get(f"{PRACTICE}reports/").json()["results"]
    assert (row["state"], row["reply"]) == ("dismissed", "The key is right.")
    for decide in (dismiss_reports, partial(uphold_reports, policy="replace")):
        with pytest.raises(AlreadyDecided):
            decide(case=case.pk, reply="", actor=cast.staff.account, now=LATER)


def test_a_dismissal_leaves_what_staff_have_taken_out(cast, version):
    report(version, cast.harbour.learner.membership)
    move_version(version=version, to="quarantined", actor=None, now=NOW)
    dismiss_reports(case=case_of(version).pk, reply="No.", actor=cast.staff.account, now=LATER)
    assert state_of(version) == "quarantined"


def test_reports_are_upheld_with_a_corrected_version_alone(cast, version):
    report(version, cast.harbour.learner.membership)
    with pytest.raises(NotCorrected):
        uphold_reports(case=case_of(version).pk, policy="never_lower", reply="", actor=cast.staff.account, now=LATER)
    assert case_of(version).state == "open"


@pytest.fixture
def answered(cast, version):
    """In two academies a chose a, b chose b; and so they practised."""
    attempts = []
    for academy in (cast.harbour, cast.meridian):
        delivery = make_delivery(make_form_of([version], title=academy.academy.slug), academy=academy.academy)
        people = [MembershipFactory(academy=academy.academy) for _ in range(2)]
        attempts += [
            sit(delivery, member, {1: {"choice": answer}}) for member, answer in zip(people, "ab", strict=True)
        ]
        for member, answer, fraction in zip(people, "ab", (1, 0), strict=True):
            marked(member, [version], fractions=[fraction], answer={"choice": answer})
    return attempts


def worth(source):
    rows = MarkedAnswer.objects.filter(source=source).order_by("id")
    return [(row.answer["choice"], int(row.fraction)) for row in rows]


@pytest.mark.parametrize(
    ("policy", "scores", "answers"),
    [("never_lower", 2, [("a", 1), ("b", 1)] * 2), ("replace", 4, [("a", 0), ("b", 1)] * 2)],
)
def test_upholding_marks_again_in_every_academy_and_in_practice(cast, version, answered, policy, scores, answers):
    by_three(version, cast)
    better = correct(version)
    uphold = partial(
        uphold_reports, case=case_of(version).pk, policy=policy, reply="Thank you.", actor=cast.staff.account, now=LATER
    )
    before = worth("practice")
    entries = JournalEntry.objects.count()
    preview = uphold(is_dry_run=True)
    # A dry run says what would happen and leaves no trace.
    assert (worth("practice"), state_of(better), state_of(version), JournalEntry.objects.count()) == (
        before,
        "approved",
        "quarantined",
        entries,
    )
    effect = uphold()
    assert (preview.changed_scores, preview.changed_answers) == (effect.changed_scores, effect.changed_answers)
    assert (effect.academies, effect.attempts, effect.changed_scores) == (2, 4, scores)
    assert worth("practice") == answers
    assert effect.changed_answers == sum(old != new for old, new in zip(before, answers, strict=True))
    assert (state_of(better), state_of(version)) == ("live", "retired")
    assert Score.objects.filter(number=2, is_current=True).count() == scores
    assert kinds()[3:] == ["exams.item_report_upheld"] * 3


def test_answers_that_are_marked_again_are_written_anew(cast, version, answered):
    report(version, cast.harbour.learner.membership)
    correct(version)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE exams_markedanswer SET written_in = '3'")
    uphold_reports(case=case_of(version).pk, policy="never_lower", reply="", actor=cast.staff.account, now=LATER)
    renewed = MarkedAnswer.objects.exclude(written_in="3")
    assert {row.answer["choice"] for row in renewed} == {"b"}


def test_reports_are_facts_that_outlive_their_writer(cast, learner, version):
    from accounts.privacy.registry import holdings

    report(version, learner.membership)
    for holding in holdings():
        if holding.model is ItemReport:
            assert next(holding.values(learner.account))["comment"] == "It is b."
            holding.erase(learner.account, now=LATER)
    assert ItemReport.objects.get().comment == ""
