"""What is kept of failed sign-ins, and for how long."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.identity.failures import forget_failures
from config.demo import DEMO_PASSWORD
from tests.accounts.challenges.solving import solved
from tests.cast import Cast

pytestmark = pytest.mark.django_db

LOGIN = "/_allauth/browser/v1/auth/login"


def fails(email: str, *, times: int = 1, **headers: str) -> int:
    body = {"email": email, "password": "not-the-password"}
    answers = [Client().post(LOGIN, body, content_type="application/json", **headers) for _ in range(times)]
    return answers[-1].status_code


def test_failures_of_one_network_say_nothing_about_another(cast: Cast) -> None:
    email = cast.harbour.learner.account.email
    assert fails(email, times=settings.AXES_FAILURE_LIMIT, REMOTE_ADDR="2001:db8::7") == 429
    assert fails(email, REMOTE_ADDR="198.51.100.9") == 400
    assert fails(cast.harbour.owner.account.email, REMOTE_ADDR="2001:db8::7") == 400


def test_what_has_run_out_is_forgotten_by_the_task_alone(cast: Cast) -> None:
    fails(cast.harbour.learner.account.email)
    fails(cast.harbour.owner.account.email)
    late = timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1)
    AccessAttempt.objects.filter(username=cast.harbour.owner.account.email).update(attempt_time=late)
    assert forget_failures(now=timezone.now()) == 1
    assert AccessAttempt.objects.get().username == cast.harbour.learner.account.email


def test_a_sign_in_forgets_also_what_has_run_out(cast: Cast) -> None:
    email = cast.harbour.learner.account.email
    assert fails(email, times=settings.AXES_FAILURE_LIMIT - 1) == 400
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME - timedelta(seconds=1))
    body = {"email": email, "password": DEMO_PASSWORD}
    assert Client(HTTP_X_CHALLENGE=solved()).post(LOGIN, body, content_type="application/json").status_code == 200
    assert not AccessAttempt.objects.exists()
    assert fails(email, HTTP_X_CHALLENGE=solved()) == 400
