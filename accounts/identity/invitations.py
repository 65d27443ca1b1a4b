"""How a member of staff comes to be: without a password, and with a link to choose one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts.events import UserChanged
from accounts.identity.actions import create_user
from accounts.identity.models import User
from accounts.journal.record import record
from accounts.mail.actions import post_letter


@transaction.atomic
def invite_staff(
    *, email: str, name: str, groups: Iterable[Group], by_letter: bool, actor: User | None, now: datetime
) -> str:
    """A new member of staff in these groups; the link with which they choose a password, also as a letter if wanted."""
    user = create_user(email=email, name=name, password=None, is_staff=True, actor=actor, now=now)
    user.groups.set(groups)
    record(UserChanged(user_id=user.pk, fields=["is_staff", "groups"]), actor=actor, now=now)
    link = password_link(user)
    if by_letter:
        hours = timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT) // timedelta(hours=1)
        post_letter(kind="staff_invitation", to=user, context={"url": link, "hours": hours}, now=now)
    return link


def password_link(user: User) -> str:
    """Where the person chooses a password; good once, and for `PASSWORD_RESET_TIMEOUT` seconds."""
    key = urlsafe_base64_encode(force_bytes(user.pk))
    path = reverse("admin:choose_password", args=[key, default_token_generator.make_token(user)])
    return f"{settings.SITE_URL}{path}"
