"""Pages of analytics in the admin, for the platform's staff and for an academy's."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from analytics.readiness.actions import refit
from analytics.recommendations.actions import refresh
from analytics.recommendations.models import Recommendation
from tests.analytics.test_readiness import predictions
from tests.exams.bank.test_admin import signed_in
from tests.factories.exams import NOW, make_blueprint
from tests.factories.practice import make_practice_bank, marked, versions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def calibrated(cast, bank, exam):
    predictions(cast, exam, bank, said=[0.7] * 14 + [0.2] * 6, passed=[True] * 10 + [False] * 10)
    refit(now=NOW)
    return exam


def owner_of(academy):
    owner = academy.owner.account
    owner.is_staff = True
    owner.save()
    owner.user_permissions.set(Permission.objects.filter(content_type__app_label="analytics"))
    return signed_in(owner)


def test_calibration_is_drawn_with_its_numbers(cast, calibrated):
    client = signed_in(cast.staff.account)
    assert calibrated.title in client.get(reverse("admin:analytics_readinesscalibration_changelist")).content.decode()
    page = client.get(reverse("admin:analytics_readinesscalibration_change", args=[calibrated.pk])).content.decode()
    assert page.count("<circle") == 2
    for text in ("71.4%", "it takes 100 attempts", "0.1550 as told"):
        assert text in page


def test_recommendations_are_read_and_never_written(cast, bank):
    member = cast.harbour.learner.membership
    marked(member, versions_of(bank)[:20], fractions=[0] * 20, now=NOW - timedelta(days=1))
    refresh(academy=member.academy, members=[member], now=NOW)
    row = Recommendation.objects.filter(kind="weak_domain").first()
    client = owner_of(cast.harbour)
    assert client.get(reverse("admin:analytics_recommendation_changelist")).status_code == 200
    page = reverse("admin:analytics_recommendation_change", args=[row.pk])
    assert "You are struggling" in client.get(page).content.decode()
    assert client.post(page, {"state": "dismissed"}).status_code == 403
    assert client.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_another_academys_rows_are_not_there(cast, calibrated, bank):
    member = cast.harbour.learner.membership
    marked(member, versions_of(bank)[:20], fractions=[0] * 20, now=NOW - timedelta(days=1))
    refresh(academy=member.academy, members=[member], now=NOW)
    make_blueprint(make_practice_bank(cast.meridian.learner.membership, slug="theirs"), [("1", "", "", 1)])
    stranger = owner_of(cast.meridian)
    for name, row in (("recommendation", Recommendation.objects.first().pk), ("readinesscalibration", calibrated.pk)):
        assert str(row) not in stranger.get(reverse(f"admin:analytics_{name}_changelist")).content.decode()
        assert stranger.get(reverse(f"admin:analytics_{name}_change", args=[row])).status_code in (302, 404)
