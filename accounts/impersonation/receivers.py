"""Ends what runs in a session when its owner signs out, whichever door they leave by."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.impersonation.actions import Ending, end_impersonation
from accounts.impersonation.middleware import KEY
from accounts.impersonation.models import Impersonation


@receiver(user_logged_out, dispatch_uid="accounts.impersonation_ends")
def end_with_sign_out(*, request: HttpRequest, user: Any, **_: Any) -> None:
    """The session knows what runs in it."""
    if KEY in request.session:
        for running in Impersonation.objects.running().filter(pk=request.session[KEY]):
            end_impersonation(running, why=Ending.SIGN_OUT, actor=user, now=timezone.now())
