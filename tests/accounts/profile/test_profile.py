"""What people tell about themselves, and the first steps that ask for it."""

import pytest

from accounts.journal.models import JournalEntry
from accounts.models import Profile

URL = "/api/v1/me/profile/"
STEPS = "/api/v1/me/onboarding/"
TOLD = {
    "phone": "+420 601 234 567",
    "postal_address": "Dlouhá 1, Praha",
    "birth_date": "1994-03-02",
    "languages": ["python", "sql"],
    "level": "intermediate",
    "goals": ["pass_exam"],
    "target_exam": "Security Foundations",
    "target_date": "2027-03-01",
    "time_factor_wanted": 1.25,
    "text_size": 2,
    "reduced_motion": True,
    "high_contrast": True,
    "unwanted_mail": ["news"],
}


def test_reading_makes_nothing(cast, api):
    answer = api(cast.harbour.learner).get(URL)
    assert answer.status_code == 200
    assert answer.json()["time_factor_wanted"] == 1
    assert not Profile.objects.exists()


def test_what_was_told_is_there(cast, api):
    client = api(cast.harbour.learner)
    answer = client.patch(URL, TOLD)
    assert answer.status_code == 200, answer.content
    assert client.get(URL).json() == TOLD
    (entry,) = JournalEntry.objects.filter(kind="accounts.profile_changed")
    assert set(entry.payload["fields"]) == set(TOLD)
    assert TOLD["phone"] not in str(entry.payload), "what was told stays out of the journal"


def test_a_changed_phone_is_found_and_the_former_one_is_not(cast, api):
    client = api(cast.harbour.learner)
    client.patch(URL, {"phone": "111 222"})
    client.patch(URL, {"phone": "333 444"})
    assert Profile.objects.filter(phone_index="333444").exists()
    assert not Profile.objects.filter(phone_index="111222").exists()


def test_saying_the_same_again_changes_nothing(cast, api):
    client = api(cast.harbour.learner)
    client.patch(URL, {"level": "basic"})
    client.patch(URL, {"level": "basic"})
    assert JournalEntry.objects.filter(kind="accounts.profile_changed").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phone": "call me"}, "phone"),
        ({"phone": "1" * 41}, "phone"),
        ({"birth_date": "2999-01-01"}, "birth_date"),
        ({"birth_date": "0001-01-01"}, "birth_date"),
        ({"birth_date": "soon"}, "birth_date"),
        ({"languages": ["python", "cobol"]}, "languages.1"),
        ({"languages": "python"}, "languages"),
        ({"level": "wizard"}, "level"),
        ({"time_factor_wanted": 0.5}, "time_factor_wanted"),
        ({"time_factor_wanted": 3.5}, "time_factor_wanted"),
        ({"time_factor_wanted": "NaN"}, "time_factor_wanted"),
        ({"text_size": 9}, "text_size"),
        ({"unwanted_mail": ["security"]}, "unwanted_mail.0"),
        ({"staff_notes": "nice"}, "staff_notes"),
        ({"user": 1}, "user"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, api, changes, field):
    answer = api(cast.harbour.learner).patch(URL, changes)
    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert not Profile.objects.exists()


def test_steps_are_skipped_and_gone_on_with_elsewhere(cast, api):
    first, second = api(cast.harbour.learner), api(cast.harbour.learner)
    assert first.get(STEPS).json()["next_step"] == "about"
    first.patch(STEPS, {"step": "about", "state": "done"})
    first.patch(STEPS, {"step": "skills", "state": "skipped"})
    shown = second.get(STEPS).json()
    assert shown["next_step"] == "goals"
    assert [step["state"] for step in shown["steps"]] == ["done", "skipped", "open", "open"]
    assert shown["completed_at"] is None
    second.patch(STEPS, {"step": "goals", "state": "done"})
    shown = second.patch(STEPS, {"step": "needs", "state": "done"}).json()
    assert shown["next_step"] is None
    assert shown["completed_at"] is not None


def test_who_does_not_want_to_be_asked_is_not(cast, api):
    client = api(cast.harbour.learner)
    dismissed = client.patch(STEPS, {"dismissed": True}).json()["dismissed_at"]
    assert dismissed is not None
    assert client.patch(STEPS, {"dismissed": True}).json()["dismissed_at"] == dismissed


@pytest.mark.parametrize(
    "body", [{"step": "about"}, {"state": "done"}, {"step": "fly", "state": "done"}, {"dismissed": "perhaps"}]
)
def test_a_step_that_makes_no_sense_is_refused(cast, api, body):
    assert api(cast.harbour.learner).patch(STEPS, body).status_code == 400


def test_staff_see_it_find_it_by_phone_and_take_notes(cast, api):
    learner = cast.harbour.learner.account
    api(cast.harbour.learner).patch(URL, TOLD)
    staff = api(cast.staff)
    assert b"learner@harbour.example" in staff.get("/admin/accounts/user/", {"q": "+420 601234567"}).content
    assert b"learner@harbour.example" not in staff.get("/admin/accounts/user/", {"q": "601234"}).content
    page = f"/admin/accounts/user/{learner.pk}/change/"
    assert "Dlouhá" in staff.get(page).content.decode()
    form = {
        "email": learner.email,
        "name": learner.name,
        "locale": "en",
        "time_zone": "Europe/Prague",
        "is_active": "on",
        "profile-TOTAL_FORMS": "1",
        "profile-INITIAL_FORMS": "1",
        "profile-0-user": str(learner.pk),
        "profile-0-staff_notes": "Prefers letters.",
    }
    answer = staff.post(page, form, format="multipart")
    assert answer.status_code == 302, answer.content
    noted = JournalEntry.objects.filter(kind="accounts.profile_changed").latest("id")
    assert (noted.actor, noted.payload["fields"]) == (cast.staff.account, ["staff_notes"])
    profile = Profile.objects.get(user=learner)
    assert (profile.staff_notes, profile.phone) == ("Prefers letters.", TOLD["phone"])
    assert "Prefers" not in api(cast.harbour.learner).get(URL).content.decode()


def test_the_academys_staff_see_who_asks_for_time(cast, api):
    api(cast.harbour.learner).patch(URL, {"time_factor_wanted": 1.25})
    page = api(cast.staff).get("/admin/academies/membership/", {"time_wanted": "yes"}).content.decode()
    assert "× 1.25" in page
    assert "manager@harbour.example" not in page
