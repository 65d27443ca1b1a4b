"""Whether an address is a person's own: proved with the code or the link of a letter, or with an invitation.

allauth keeps the answer in a row of its own (`EmailAddress`). People who are made by staff count as verified.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.dispatch import Signal

from accounts.identity.errors import LinkNotValid
from accounts.identity.events import AddressVerified
from accounts.identity.models import User
from accounts.journal.record import record

LINK_LIVES = timedelta(days=3)
PROOF_LIVES = timedelta(hours=2)
_LINK = "accounts.verification_link"
_PROOF = "accounts.address_proof"

# Sent with `user`, `by` and `now` in the transaction that verifies. For what the person's next page needs at once;
# everything else subscribes to the event.
address_verified = Signal()


def verification_link(user: User) -> str:
    """The address of the page that verifies, wherever it is opened."""
    return f"{settings.SITE_URL}/verify/{signing.dumps([str(user.pk), user.email], salt=_LINK)}"


@transaction.atomic
def verify_by_link(*, key: str, now: datetime) -> User:
    """Verify the address that the link was sent to. A second time nothing changes. Raises `LinkNotValid`."""
    try:
        pk, email = signing.loads(key, salt=_LINK, max_age=LINK_LIVES)
    except signing.BadSignature:
        raise LinkNotValid from None
    user = User.objects.filter(pk=pk, email=email, is_active=True).first()
    if user is None:
        raise LinkNotValid
    verify_address(user=user, by="link", now=now)
    return user


@transaction.atomic
def verify_address(*, user: User, by: str, now: datetime) -> bool:
    """Note that the address is the person's own. False when it was known."""
    unverified = EmailAddress.objects.filter(user=user, email=user.email, verified=False)
    if not unverified.update(verified=True, primary=True):
        return False
    record(AddressVerified(user_id=user.pk, by=by), actor=user, now=now)
    address_verified.send(User, user=user, by=by, now=now)
    return True


def address_proof(address: str) -> str:
    """What lets somebody sign up with this address without a letter: they have just shown that they read its mail."""
    return signing.dumps(address.lower(), salt=_PROOF)


def is_proved(address: str, proof: str) -> bool:
    """Whether the proof is for this address."""
    try:
        proved: object = signing.loads(proof, salt=_PROOF, max_age=PROOF_LIVES)
    except signing.BadSignature:
        return False
    return proved == address.lower()
