"""Who asks to be erased has time to think, and is then nobody; what rests on what they did stays whole."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from academies.models import Membership
from accounts.journal.models import JournalEntry
from accounts.journal.proof import prove_journal
from accounts.journal.seals import seal_entries
from accounts.mail.actions import send_due
from accounts.models import Erasure, OutgoingMail, Profile, User
from accounts.personal import ERASED_NAME
from accounts.privacy.erasure import LEASE, PAUSE, ask_for_erasure, erase_due, give_up_unverified
from accounts.privacy.models import GRACE
from accounts.privacy.registry import Holding
from accounts.profile.actions import change_profile
from exams.delivery.models import Accommodation, Attempt
from exams.delivery.steps import verify_steps
from exams.marking.actions import submit_and_mark
from exams.marking.models import Score
from tests.factories.academies import MembershipFactory
from tests.factories.exams import claim_of, make_delivery, make_one_of_each, start

URL = "/api/v1/me/erasure/"
LATER = GRACE + timedelta(hours=1)


def asked(person):
    return ask_for_erasure(user=person.account, reason="", actor=person.account, now=timezone.now())


def test_who_asks_is_signed_out_and_can_only_cancel(cast, api):
    client = api(cast.harbour.learner)
    answer = client.post(URL)
    assert answer.status_code == 201
    assert answer.json()["erasure"]["state"] == "waiting"
    assert client.get("/api/v1/me/").status_code == 401

    again = api(cast.harbour.learner)
    refused = again.get("/api/v1/academies/harbour/assigned/")
    assert (refused.status_code, refused.json()["code"]) == (403, "erasure_pending")
    assert again.patch("/api/v1/me/profile/", {"level": "basic"}).json()["code"] == "erasure_pending"
    assert again.get("/api/v1/me/").json()["erasure_due_at"] is not None
    assert again.delete(URL).status_code == 204
    assert again.get("/api/v1/academies/harbour/assigned/").status_code == 200
    assert again.get(URL).json() == {"erasure": None, "grace_days": 14}
    assert erase_due(now=timezone.now() + LATER) == 0
    send_due(now=timezone.now())
    subjects = [letter.subject.partition(" on ")[0] for letter in mail.outbox]
    assert [subject for subject in subjects if "sign-in" not in subject] == [
        "Your account will be erased",
        "Your account stays",
    ]


def test_asking_twice_and_cancelling_nothing_are_refused(cast, api):
    client = api(cast.harbour.learner)
    assert client.delete(URL).json()["code"] == "no_erasure_waits"
    asked(cast.harbour.learner)
    assert api(cast.harbour.learner).post(URL).json()["code"] == "erasure_waits"


def test_the_last_owner_stays(cast, api):
    answer = api(cast.harbour.owner).post(URL)
    assert (answer.status_code, answer.json()["code"]) == (409, "last_owner")
    assert not Erasure.objects.exists()
    MembershipFactory(academy=cast.harbour.academy, role="owner")
    assert api(cast.harbour.owner).post(URL).status_code == 201


def test_nothing_happens_before_the_day(cast):
    asked(cast.harbour.learner)
    assert erase_due(now=timezone.now() + GRACE - timedelta(minutes=1)) == 0


def test_afterwards_nobody_is_left_and_the_marks_are(cast, api, client):
    learner = cast.harbour.learner
    account = learner.account
    attempt = start(make_delivery(make_one_of_each(cast.harbour.academy)), learner.membership, now=timezone.now())
    submit_and_mark(claim=claim_of(attempt), now=timezone.now())
    Attempt.objects.filter(pk=attempt.pk).update(message="Lena felt ill", notes={"1": "my mother's name"})
    Accommodation.objects.create(academy=cast.harbour.academy, member=learner.membership, note="dyslexia")
    change_profile(user=account, changes={"phone": "600"}, actor=account, now=timezone.now())
    scores = list(Score.objects.values("pk", "scaled", "passed"))
    session = api(learner)
    entries = JournalEntry.objects.count()

    asked(learner)
    assert erase_due(now=timezone.now() + LATER) == 1

    erased = User.objects.get(pk=account.pk)
    assert erased.name == ERASED_NAME
    assert erased.email.endswith("@erased.invalid")
    assert (erased.is_active, erased.has_usable_password(), erased.erasure_due_at) == (False, False, None)
    assert not Profile.objects.exists()
    assert not Accommodation.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert session.get("/api/v1/me/").status_code == 401
    attempt.refresh_from_db()
    assert (attempt.learner_id, attempt.message, attempt.notes) == (account.pk, "", {})
    assert verify_steps(attempt=attempt, steps=attempt.steps.all()).is_intact
    seal_entries(now=timezone.now())
    assert prove_journal().is_intact
    assert list(Score.objects.values("pk", "scaled", "passed")) == scores
    assert Membership.objects.get(user=account).ended_at is not None
    assert JournalEntry.objects.count() > entries
    assert JournalEntry.objects.filter(kind="accounts.person_erased", subject_id=str(account.pk)).exists()
    assert not JournalEntry.objects.filter(payload__icontains="lena").exists()
    assert erase_due(now=timezone.now() + LATER * 2) == 0


def test_a_worker_that_dies_in_the_middle_is_replaced(cast, monkeypatch):
    asked(cast.harbour.learner)
    now = timezone.now() + LATER
    erased = []

    def die_at_the_fourth(self, user, *, now):
        if len(erased) == 3:
            raise KeyboardInterrupt
        erased.append(self.subject)

    with monkeypatch.context() as patch:
        patch.setattr(Holding, "erase", die_at_the_fourth)
        with pytest.raises(KeyboardInterrupt):
            erase_due(now=now)
    assert Erasure.objects.get().state == "running"
    assert erase_due(now=now) == 0
    assert erase_due(now=now + LEASE) == 1
    assert Erasure.objects.get().state == "done"


def test_one_that_is_being_carried_out_cannot_be_cancelled(cast, api):
    asked(cast.harbour.learner)
    Erasure.objects.update(state="running")
    assert api(cast.harbour.learner).delete(URL).json()["code"] == "no_erasure_waits"


def test_an_objection_on_the_day_puts_it_off(cast):
    other = MembershipFactory(academy=cast.harbour.academy, role="owner")
    asked(cast.harbour.owner)
    Membership.objects.filter(pk=other.pk).update(ended_at=timezone.now())
    now = timezone.now() + LATER
    assert erase_due(now=now) == 0
    assert Erasure.objects.get().state == "waiting"
    Membership.objects.filter(pk=other.pk).update(ended_at=None)
    assert erase_due(now=now + PAUSE) == 1


def test_staff_ask_for_somebody_with_a_reason(cast, api):
    client = api(cast.staff)
    answer = client.post(
        "/admin/accounts/erasure/add/",
        {"user": str(cast.harbour.learner.account.pk), "reason": "Asked by letter, passport seen."},
        format="multipart",
    )
    assert answer.status_code == 302, answer.content
    found = Erasure.objects.get()
    assert (found.asked_by, found.reason) == (cast.staff.account, "Asked by letter, passport seen.")
    refused = client.post(
        "/admin/accounts/erasure/add/",
        {"user": str(cast.harbour.owner.account.pk), "reason": "Wants to."},
        format="multipart",
    )
    assert b"keeps at least one owner" in refused.content
    assert Erasure.objects.count() == 1


def opened(address, *, days_ago, is_verified=False):
    user = User.objects.create_user(
        address, "quiet-orchard-at-noon", created_at=timezone.now() - timedelta(days=days_ago)
    )
    EmailAddress.objects.filter(user=user).update(verified=is_verified)
    return user


def test_an_address_that_nobody_proved_is_given_up(cast):
    forgotten = opened("forgotten@example.org", days_ago=31)
    recent = opened("recent@example.org", days_ago=29)
    proved = opened("proved@example.org", days_ago=400, is_verified=True)
    assert [give_up_unverified(now=timezone.now()) for _ in range(2)] == [1, 0]
    assert erase_due(now=timezone.now()) == 1
    for user, name in ((forgotten, ERASED_NAME), (recent, ""), (proved, "")):
        user.refresh_from_db()
        assert user.name == name
    assert not OutgoingMail.objects.filter(address="forgotten@example.org").exists()
    # Whoever the address belongs to can open an account with it.
    assert not User.objects.filter(email="forgotten@example.org").exists()
