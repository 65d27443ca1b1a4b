"""Certificates: issued once for a pass, taken away with it, a file, and verified by anybody with the code."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from accounts.journal.models import JournalEntry
from accounts.journal.relay import deliver_due
from accounts.privacy.registry import holdings
from exams.delivery.models import Delivery
from exams.delivery.offering import change_delivery
from exams.delivery.supervision import void_attempt
from exams.marking.marked_answers import show_results
from exams.marking.models import Score
from gamification.certificates.actions import file_of, private_storage, revoke_certificate, settle_certificate
from gamification.certificates.codes import new_code, read_code, written
from gamification.certificates.document import document_of
from gamification.certificates.models import Certificate
from gamification.events import CertificateIssued, CertificateReinstated, CertificateRevoked
from tests.exams.bank.test_admin import signed_in
from tests.factories.exams import NOW, make_delivery, make_plain_form, sit

pytestmark = pytest.mark.django_db

PATH = "/api/v1/academies/harbour/certificates/"
RIGHT, WRONG = {"choice": "a"}, {"choice": "b"}


def hear() -> None:
    """Deliver every event that has been recorded."""
    deliver_due(now=datetime.now(UTC) + timedelta(days=365))


def sat(cast, *, answer=RIGHT, **fields):
    """An attempt of Harbour's learner at an exam that certifies, shown to them."""
    form = make_plain_form(cast.harbour.academy, 1)
    delivery = make_delivery(form, **{"title": "Security Foundations", "gives_certificate": True, **fields})
    attempt = sit(delivery, cast.harbour.learner.membership, {1: answer})
    show_results(now=NOW)
    hear()
    return attempt


def rescored(attempt, *, passed: bool) -> None:
    """What a regrade leaves: the next score, shown."""
    last = Score.objects.get(attempt=attempt, is_current=True)
    Score.objects.filter(pk=last.pk).update(is_current=False)
    last.pk, last.number, last.passed, last.shown_at = None, last.number + 1, passed, None
    last._state.adding = True
    last.id = type(last)._meta.get_field("id").get_default()
    last.save()
    show_results(now=NOW)
    hear()


def kinds() -> list[str]:
    wanted = (CertificateIssued, CertificateRevoked, CertificateReinstated)
    rows = JournalEntry.objects.filter(kind__in=[each.kind for each in wanted]).order_by("id")
    return [kind.rpartition("_")[2] for kind in rows.values_list("kind", flat=True)]


def test_who_passes_gets_one_once_the_result_is_shown(cast, api):
    attempt = sat(cast)
    settle_certificate(attempt=attempt.pk, now=NOW)
    held = Certificate.objects.get()
    assert (held.name, held.exam, held.academy_name) == ("Lena Novak", "Security Foundations", "Harbour Academy")
    assert (held.score, held.passed_date.isoformat(), held.state) == ("900 / 900", "2026-03-02", "valid")
    assert kinds() == ["issued"]
    (row,) = api(cast.harbour.learner).get(PATH).json()["results"]
    assert row["address"] == f"http://testserver/certificates/{written(held.code)}"
    assert api(cast.harbour.other_learner).get(PATH).json()["results"] == []


@pytest.mark.parametrize(
    "case",
    [
        {"answer": WRONG},
        {"gives_certificate": False},
        {"review_when": Delivery.ReviewWhen.ON_RELEASE},
    ],
)
def test_nobody_else_gets_one(cast, case):
    sat(cast, **case)
    assert not Certificate.objects.exists()


def test_a_regrade_takes_it_away_and_gives_it_back(cast):
    attempt = sat(cast)
    code = Certificate.objects.get().code
    rescored(attempt, passed=False)
    assert (Certificate.objects.get().state, Certificate.objects.get().revoked_because) == ("revoked", "regrade")
    rescored(attempt, passed=True)
    assert (Certificate.objects.get().state, Certificate.objects.get().code) == ("valid", code)
    assert kinds() == ["issued", "revoked", "reinstated"]


def test_a_regrade_from_failed_to_passed_issues_one(cast):
    attempt = sat(cast, answer=WRONG)
    rescored(attempt, passed=True)
    assert kinds() == ["issued"]


def test_a_voided_attempt_certifies_nothing_whatever_comes_later(cast):
    attempt = sat(cast)
    void_attempt(attempt=attempt.pk, reason="Somebody else sat it.", actor=cast.staff.account, now=NOW)
    hear()
    settle_certificate(attempt=attempt.pk, now=NOW)
    assert Certificate.objects.get().revoked_because == "voided"
    assert kinds() == ["issued", "revoked"]


def test_what_staff_revoked_no_regrade_gives_back(cast):
    attempt = sat(cast)
    revoke = {"certificate": Certificate.objects.get().pk, "note": "Fraud", "actor": cast.staff.account, "now": NOW}
    assert revoke_certificate(**revoke)
    assert not revoke_certificate(**revoke)
    rescored(attempt, passed=True)
    assert (Certificate.objects.get().revoked_because, Certificate.objects.get().revoke_note) == ("staff", "Fraud")


def test_switching_it_on_later_certifies_results_that_are_shown_from_then_on(cast, api):
    sat(cast, gives_certificate=False)
    delivery = Delivery.objects.get()
    path = f"/api/v1/academies/harbour/deliveries/{delivery.pk}/"
    assert api(cast.harbour.owner).patch(path, {"gives_certificate": True}).json()["gives_certificate"]
    hear()
    assert not Certificate.objects.exists()
    sit(delivery, cast.harbour.learner.membership, {1: RIGHT})
    show_results(now=NOW)
    hear()
    assert Certificate.objects.count() == 1
    change_delivery(
        delivery=delivery.pk, changes={"gives_certificate": False}, actor=cast.harbour.owner.membership, now=NOW
    )


def test_the_file_is_the_same_each_time_and_is_made_once(cast, api):
    sat(cast)
    held = Certificate.objects.select_related("academy").get()
    assert document_of(held) == document_of(held)
    private_storage().delete(held.file_name)
    answer = api(cast.harbour.learner).get(f"{PATH}{held.pk}/file/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert answer.content == file_of(held) == document_of(held)
    assert f"certificate-{written(held.code)}.pdf" in answer.headers["Content-Disposition"]
    assert b"DejaVuSans-Bold" in answer.content
    assert api(cast.harbour.other_learner).get(f"{PATH}{held.pk}/file/").status_code == 404
    private_storage().delete(held.file_name)


def test_half_a_file_is_made_again(cast):
    sat(cast)
    held = Certificate.objects.select_related("academy").get()
    whole = file_of(held)
    with private_storage().open(held.file_name, "wb") as file:
        file.write(whole[:100])
    assert file_of(held) == whole
    private_storage().delete(held.file_name)


@pytest.mark.parametrize("name", ["Žofia Łukasiewicz-Ðorđević", "Nguyễn Thị Ánh", "Иван Петров", "X" * 150, "Ωμέγα"])
@pytest.mark.parametrize("locale", ["en", "es"])
def test_any_name_fits(cast, name, locale, monkeypatch):
    sat(cast)
    held = Certificate.objects.select_related("academy").get()
    held.name, held.exam, held.locale = name, ("A very long title of an exam " * 7)[:200], locale
    held.academy_name, held.score = "Academy of everything " * 6, "9" * 40
    drawn, draw = [], Canvas.drawString

    def watched(canvas, x, y, text):
        drawn.append((text, y, x + canvas.stringWidth(text, canvas._fontname, canvas._fontsize)))
        draw(canvas, x, y, text)

    monkeypatch.setattr(Canvas, "drawString", watched)
    assert document_of(held).startswith(b"%PDF")
    texts, heights, ends = zip(*drawn, strict=True)
    assert max(ends) <= landscape(A4)[0] - 64
    # One below the other, and the foot, of four lines, below everything.
    above, foot = heights[:-4], heights[-4:]
    assert list(above) == sorted(above, reverse=True)
    assert min(above) > max(foot) + 20
    # Only a word that is longer than the page is wide is cut.
    assert held.exam.split() == " ".join(texts[:-4]).split()[-len(held.exam.split()) :]
    assert ("…" in "".join(texts)) == (name == "X" * 150)


def test_a_revoked_one_has_no_file(cast, api):
    sat(cast)
    held = Certificate.objects.get()
    file_of(held)
    revoke_certificate(certificate=held.pk, note="Fraud", actor=cast.staff.account, now=NOW)
    answer = api(cast.harbour.learner).get(f"{PATH}{held.pk}/file/")
    assert (answer.status_code, answer.json()["code"]) == (409, "certificate_revoked")


def test_a_revoked_one_leaves_no_file_behind(cast, django_capture_on_commit_callbacks):
    sat(cast)
    held = Certificate.objects.select_related("academy").get()
    file_of(held)
    with django_capture_on_commit_callbacks(execute=True):
        revoke_certificate(certificate=held.pk, note="Fraud", actor=cast.staff.account, now=NOW)
    assert not private_storage().exists(held.file_name)


def test_anybody_with_the_code_verifies_it_however_they_type_it(cast, api):
    sat(cast)
    held = Certificate.objects.get()
    client = api(cast.anonymous)
    for typed in (held.code, written(held.code), written(held.code).lower().replace("-", " ")):
        answer = client.get(f"/api/v1/certificates/{typed}/").json()
        assert answer == {
            "state": "valid",
            "code": written(held.code),
            "name": "Lena Novak",
            "exam": "Security Foundations",
            "academy": "Harbour Academy",
            "passed_date": "2026-03-02",
            "revoked_at": None,
        }
    for unknown in (new_code(), "x", "a/b", "%00", "🙂" * 12):
        assert client.get(f"/api/v1/certificates/{unknown}/").status_code == 404
    revoke_certificate(certificate=held.pk, note="Fraud", actor=cast.staff.account, now=NOW)
    revoked = client.get(f"/api/v1/certificates/{held.code}/").json()
    assert (revoked["state"], "Fraud" in str(revoked)) == ("revoked", False)


def test_of_somebody_who_was_erased_it_says_that_it_is_not_public(cast, api):
    sat(cast)
    held = Certificate.objects.select_related("academy").get()
    file_of(held)
    (holding,) = (each for each in holdings() if each.model is Certificate)
    holding.erase(cast.harbour.learner.account, now=NOW)
    answer = api(cast.anonymous).get(f"/api/v1/certificates/{held.code}/").json()
    assert (answer["state"], answer["name"], answer["exam"]) == ("withdrawn", None, None)
    assert not private_storage().exists(held.file_name)


def test_codes_are_typed_from_paper():
    code = new_code()
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{12}", code)
    assert read_code(" o0il-1111–1111 ") == "001111111111"
    assert read_code("U" * 12) is read_code("1234") is None


def test_staff_revoke_with_a_reason(cast):
    sat(cast)
    held = Certificate.objects.get()
    page = reverse("admin:gamification_certificate_change", args=[held.pk])
    client = signed_in(cast.staff.account)
    assert (
        client.get(reverse("admin:gamification_certificate_changelist"), {"q": written(held.code)}).status_code == 200
    )
    assert b"for good" in client.get(page).content
    client.post(page, {"revoke_note": ""})
    assert Certificate.objects.get().state == "valid"
    client.post(page, {"revoke_note": "Fraud"})
    assert Certificate.objects.get().revoke_note == "Fraud"
    assert client.get(page).status_code == 200


def test_staff_of_another_academy_find_nothing(cast):
    sat(cast)
    page = reverse("admin:gamification_certificate_change", args=[Certificate.objects.get().pk])
    owner = cast.meridian.owner.account
    owner.is_staff = True
    owner.save()
    assert signed_in(owner).get(page).status_code in (302, 403, 404)
