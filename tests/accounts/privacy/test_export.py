"""A person gets everything that is held about them, and nobody else does."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.mail.actions import send_due
from accounts.models import DataExport, JournalEntry
from accounts.privacy import exports
from accounts.privacy.archive import write_archive
from accounts.privacy.exports import LEASE, MAX_TRIES, forget_old_exports, make_due_exports, private_storage
from accounts.privacy.registry import holdings
from accounts.profile.actions import change_profile
from exams.marking.actions import submit_and_mark
from tests.factories.exams import claim_of, make_delivery, make_one_of_each, start

URL = "/api/v1/me/exports/"


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


def ready_export(cast, api):
    assert api(cast.harbour.learner).post(URL).status_code == 201
    assert make_due_exports(now=timezone.now()) == 1
    return DataExport.objects.get()


def contents(answer) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def test_the_file_has_everything_from_every_app(cast, api):
    learner = cast.harbour.learner
    attempt = start(make_delivery(make_one_of_each(cast.harbour.academy)), learner.membership, now=timezone.now())
    submit_and_mark(claim=claim_of(attempt), now=timezone.now())
    changes = {"phone": "+420 601", "target_exam": "=cmd()"}
    change_profile(user=learner.account, changes=changes, actor=learner.account, now=timezone.now())
    ready_export(cast, api)
    client = api(learner)
    (shown,) = client.get(URL).json()
    assert shown["state"] == "ready"
    answer = client.get(shown["download_url"])
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"

    files = contents(answer)
    subjects = {holding.subject for holding in holdings() if holding.exported}
    assert set(files) == {"README.txt"} | {f"{subject}.{kind}" for subject in subjects for kind in ("json", "csv")}
    assert json.loads(files["account.json"])[0]["email"] == "learner@harbour.example"
    assert json.loads(files["profile.json"])[0]["phone"] == "+420 601"
    assert json.loads(files["memberships.json"])[0]["academy_name"] == "Harbour Academy"
    assert len(json.loads(files["attempts.json"])) == len(json.loads(files["scores.json"])) == 1
    (row,) = csv.DictReader(io.StringIO(files["profile.csv"]))
    assert row["target_exam"] == "'=cmd()"
    assert "learner@harbour.example" in files["README.txt"]
    assert not any("password" in text for name, text in files.items() if name != "journal.json")
    assert JournalEntry.objects.filter(kind="accounts.data_export_fetched").exists()


def test_nothing_of_anybody_else_is_in_it(cast, api):
    start(make_delivery(make_one_of_each(cast.meridian.academy)), cast.meridian.learner.membership, now=timezone.now())
    file = io.BytesIO()
    write_archive(file, user=cast.harbour.learner.account, now=timezone.now())
    with zipfile.ZipFile(file) as archive:
        assert json.loads(archive.read("attempts.json")) == []
        assert b"meridian" not in b"".join(archive.read(name) for name in archive.namelist())


def test_a_letter_says_when_it_is_ready(cast, api):
    ready_export(cast, api)
    send_due(now=timezone.now())
    (letter,) = mail.outbox
    assert letter.to == ["learner@harbour.example"]
    assert "http://testserver/settings/privacy" in letter.body


def test_who_asks_twice_gets_one(cast, api):
    client = api(cast.harbour.learner)
    first, second = client.post(URL), client.post(URL)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_only_the_owner_with_the_link_gets_it(cast, api):
    export = ready_export(cast, api)
    link = api(cast.harbour.learner).get(URL).json()[0]["download_url"]
    bare = link.partition("?")[0]
    assert api(cast.harbour.owner).get(link).status_code == 404
    assert api(cast.staff).get(link).status_code == 404
    assert api(cast.anonymous).get(link).status_code == 401
    assert api(cast.harbour.learner).get(bare).status_code == 400
    assert api(cast.harbour.learner).get(f"{bare}?token=x").status_code == 404
    assert api(cast.harbour.learner).get(f"/media/{export.file_name}").status_code == 404


def test_it_is_gone_after_its_time(cast, api):
    export = ready_export(cast, api)
    link = api(cast.harbour.learner).get(URL).json()[0]["download_url"]
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert api(cast.harbour.learner).get(link).status_code == 404
    assert forget_old_exports(now=timezone.now()) == 1
    assert not private_storage().exists(export.file_name)
    assert api(cast.harbour.learner).get(URL).json()[0]["state"] == "expired"


def test_a_worker_that_dies_is_replaced(cast, api, monkeypatch):
    api(cast.harbour.learner).post(URL)
    now = timezone.now()

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(exports, "write_archive", die)
        with pytest.raises(KeyboardInterrupt):
            make_due_exports(now=now)
    assert make_due_exports(now=now) == 0
    assert make_due_exports(now=now + LEASE) == 1


def test_what_cannot_be_made_is_given_up(cast, api, monkeypatch):
    api(cast.harbour.learner).post(URL)
    monkeypatch.setattr(exports, "write_archive", lambda *_, **__: 1 / 0)
    now = timezone.now()
    for _ in range(MAX_TRIES):
        assert make_due_exports(now=now) == 0
        now += LEASE
    assert DataExport.objects.get().state == "failed"
