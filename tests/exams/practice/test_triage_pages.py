"""The queue of reported questions and the figures of questions in the admin."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exams.bank.models import ItemVersion
from exams.practice.reports.actions import report_item
from exams.practice.reports.models import ReportCase
from exams.psychometrics.compute import compute_bank_statistics
from exams.psychometrics.models import ItemStatistics
from tests.cast import Cast
from tests.exams.practice.test_reports import case_of, correct
from tests.factories.academies import MembershipFactory
from tests.factories.exams import NOW, make_bank, make_delivery, make_form_of, make_item, minutes, sit
from tests.factories.practice import marked

pytestmark = pytest.mark.django_db


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(cast: Cast) -> Client:
    return signed_in(cast.staff.account)


@pytest.fixture
def bank(cast: Cast) -> Any:
    return make_bank(cast.harbour.academy, slug="reported", is_open_to_practice=True)


def reported(bank: Any, code: str, *, reporters: int) -> ItemVersion:
    version = make_item(bank, code)
    for number in range(reporters):
        member = MembershipFactory(academy=bank.academy)
        report_item(item=version.item_id, reason="incorrect", comment=f"Word {number}", actor=member, now=NOW)
    return version


def page_of(version: ItemVersion) -> str:
    return reverse("admin:exams_reportcase_change", args=[case_of(version).pk])


def decide(client: Client, version: ItemVersion, do: str, **form: str) -> Any:
    page = reverse("admin:exams_reportcase_decide", args=[case_of(version).pk])
    return client.post(page, {"do": do, **form}, follow=True)


def test_flagged_questions_come_first_then_those_that_most_reported(staff: Client, bank: Any) -> None:
    for code, reporters in (("ONE", 1), ("FOUR", 4), ("TWO", 2), ("THREE", 3)):
        reported(bank, code, reporters=reporters)
    done = reported(bank, "DONE", reporters=3)
    decide(staff, done, "dismiss", reply="It is right.")
    answer = staff.get(reverse("admin:exams_reportcase_changelist"))
    rows = [case.item.code for case in answer.context["cl"].result_list]
    assert rows == ["FOUR", "THREE", "TWO", "ONE", "DONE"]


def test_a_longer_queue_costs_no_more_statements(staff: Client, bank: Any) -> None:
    def statements() -> int:
        staff.get(reverse("admin:exams_reportcase_changelist"))
        with CaptureQueriesContext(connection) as captured:
            assert staff.get(reverse("admin:exams_reportcase_changelist")).status_code == 200
        return len(captured)

    reported(bank, "A", reporters=1)
    few = statements()
    for number in range(8):
        reported(bank, f"B-{number}", reporters=1)
    assert statements() == few


def test_one_page_shows_question_figures_and_comments(staff: Client, bank: Any) -> None:
    version = reported(bank, "A", reporters=2)
    marked(MembershipFactory(academy=bank.academy), [version])
    compute_bank_statistics(bank=bank, now=NOW + minutes(60))
    shown = staff.get(page_of(version)).content.decode()
    for words in ("Word 0", "Word 1", "What does A ask?", "Facility", "100%", "Write a corrected version".lower()):
        assert words in shown or words in shown.lower(), words


def test_reports_are_taken_up_and_dismissed_with_a_reply(staff: Client, bank: Any) -> None:
    version = reported(bank, "A", reporters=3)
    decide(staff, version, "take_up")
    assert case_of(version).state == "triaged"
    assert "Reply to the reporters" in decide(staff, version, "dismiss", reply="").content.decode()
    assert case_of(version).state == "triaged"
    decide(staff, version, "dismiss", reply="It is right.")
    case = case_of(version)
    assert (case.state, case.reply) == ("dismissed", "It is right.")
    assert "already" in decide(staff, version, "dismiss", reply="Again").content.decode()


def test_upholding_shows_first_what_it_changes(cast: Cast, staff: Client, bank: Any) -> None:
    version = reported(bank, "A", reporters=3)
    assert "corrected version" in decide(staff, version, "preview", policy="replace").content.decode()
    sit(make_delivery(make_form_of([version])), cast.harbour.learner.membership, {1: {"choice": "b"}})
    better = correct(version)
    shown = decide(staff, version, "preview", policy="replace", reply="Thank you.").content.decode()
    assert "1 in 1 academy" in shown
    assert "Nothing has been changed yet" in shown
    assert case_of(version).state == "open"
    assert "Scores that changed: 1." in decide(staff, version, "uphold", policy="replace", reply="").content.decode()
    assert case_of(version).state == "upheld"
    assert ItemVersion.objects.get(pk=better.pk).state == "live"


@pytest.mark.parametrize("form", [{"policy": "double"}, {}])
def test_a_wrong_policy_is_refused(staff: Client, bank: Any, form: dict[str, str]) -> None:
    version = reported(bank, "A", reporters=1)
    correct(version)
    assert decide(staff, version, "uphold", **form).status_code == 200
    assert case_of(version).state == "open"


def test_an_academys_own_staff_decide_about_their_own_banks_alone(cast: Cast, bank: Any) -> None:
    own = reported(bank, "OWN", reporters=1)
    foreign_bank = make_bank(cast.meridian.academy, slug="foreign", is_open_to_practice=True)
    foreign = reported(foreign_bank, "FOREIGN", reporters=1)
    owner = cast.harbour.owner.account
    owner.is_staff = True
    owner.save()
    owner.user_permissions.set(Permission.objects.filter(content_type__app_label="exams"))
    client = signed_in(owner)
    assert decide(client, own, "dismiss", reply="No.").status_code == 200
    assert decide(client, foreign, "dismiss", reply="No.").status_code == 404
    assert set(ReportCase.objects.values_list("state", flat=True)) == {"dismissed", "open"}
    count = reverse("admin:exams_itemstatistics_count")
    assert client.post(count, {"bank": foreign_bank.pk}).status_code == 404


def test_figures_are_counted_when_somebody_asks(staff: Client, bank: Any) -> None:
    version = make_item(bank, "A")
    marked(MembershipFactory(academy=bank.academy), [version])
    staff.post(reverse("admin:exams_itemstatistics_count"), {"bank": bank.pk})
    row = ItemStatistics.objects.get()
    marked(MembershipFactory(academy=bank.academy), [version], fractions=[0])
    page = reverse("admin:exams_itemstatistics_changelist")
    staff.post(page, {"action": "count_anew", "_selected_action": [row.pk]})
    row.refresh_from_db()
    assert (row.answers, row.facility) == (2, 0.5)
    assert "50%" in staff.get(page).content.decode()
    assert "Right" in staff.get(reverse("admin:exams_itemstatistics_change", args=[row.pk])).content.decode()
