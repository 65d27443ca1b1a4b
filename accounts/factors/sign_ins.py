"""What signing in proves: it is fresh, and complete where the form has asked for the factor, too."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from accounts.factors.methods import Method
from accounts.factors.proofs import remember_proof
from accounts.identity.models import User


@receiver(user_logged_in, dispatch_uid="accounts.factors.signed_in")
def remember_sign_in(*, user: User, request: HttpRequest | None = None, **_: Any) -> None:
    """Note it in the new session."""
    if request is not None:
        remember_proof(request.session, by=getattr(user, "proved_by", Method.SIGN_IN), now=timezone.now())
