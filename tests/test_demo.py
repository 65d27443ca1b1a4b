"""The demonstration: made once, and everybody who is announced can sign in."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from academies.models import Academy, CohortMember, Membership
from accounts.models import User
from config import demo


@pytest.fixture
def academies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the exams, which have tests of their own."""
    monkeypatch.setattr("config.management.commands.seed_demo.seed_exams", lambda **_: None)


def counts() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for label in ("accounts", "academies")
        for model in apps.get_app_config(label).get_models()
    }


@pytest.mark.django_db
def test_everybody_who_is_announced_can_sign_in(academies_alone: None, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("seed_demo", history=False)
    said = capsys.readouterr().out
    for who, email, password in demo.sign_ins():
        assert who in said
        assert email in said
        client = Client()
        if who == "Staff":
            answer = client.post("/admin/login/", {"username": email, "password": password})
            assert answer.status_code == 302
        else:
            body = {"email": email, "password": password}
            answer = client.post("/_allauth/browser/v1/auth/login", body, content_type="application/json")
            assert answer.status_code == 200
            academies = client.get("/api/v1/me/").json()["academies"]
            assert [each["name"] for each in academies] == [who.partition(", ")[2]]


@pytest.mark.django_db
def test_running_it_again_changes_nothing(academies_alone: None) -> None:
    call_command("seed_demo", verbosity=0, history=False)
    User.objects.filter(email="owner@harbour.example").update(name="Renamed")
    before = counts()
    call_command("seed_demo", verbosity=0, history=False)
    assert counts() == before
    assert User.objects.get(email="owner@harbour.example").name == "Renamed"


@pytest.mark.django_db
def test_people_are_where_they_belong(academies_alone: None) -> None:
    call_command("seed_demo", verbosity=0, history=False)
    assert Academy.objects.get(is_house=True).slug == demo.HOUSE.slug
    assert CohortMember.objects.filter(academy__slug="harbour").count() == 2
    assert not Membership.objects.filter(user__is_staff=True).exists()
    assert User.objects.get(is_superuser=True).email == "admin@proficienthub.example"
