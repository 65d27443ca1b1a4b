"""The routes of signing up and of invitations: who gets what, and how their lists grow."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from academies.models import Invitation
from academies.roster.querysets import digest_of
from academies.tenancy.powers import Role
from accounts.identity.verification import verification_link
from tests.architecture.access import Access, Given, access, everybody, members_only
from tests.cast import Cast

TOKEN = "the-token-of-a-letter"


def a_letters_link(cast: Cast) -> Given:
    """The key of a link that was sent to the outsider."""
    return Given(body={"key": verification_link(cast.outsider.account).rpartition("/")[2]})


def an_invitation(cast: Cast) -> Given:
    """The outsider is invited to Harbour."""
    made = invited(cast, cast.outsider.account.email, TOKEN)
    return Given(path={"slug": "harbour", "invitation": made.pk, "token": TOKEN})


def somebody_new(cast: Cast) -> Given:
    """What inviting takes."""
    return Given(path={"slug": "harbour"}, body={"address": "new@example.org", "role": "instructor"})


def invited(cast: Cast, address: str, token: str) -> Invitation:
    """An invitation to Harbour."""
    now = timezone.now()
    made: Invitation = Invitation.objects.create(
        academy=cast.harbour.academy,
        address=address,
        role=Role.LEARNER,
        token_digest=digest_of(token),
        invited_by=cast.harbour.owner.account,
        created_at=now,
        expires_at=now + timedelta(days=14),
    )
    return made


_INVITATIONS = "/api/v1/academies/{slug}/invitations/"

TABLE: dict[str, Access] = {
    "POST /api/v1/verification/": everybody(204, anonymous=204, given=a_letters_link),
    f"GET {_INVITATIONS}": members_only(instructor=403, learner=403),
    f"POST {_INVITATIONS}": members_only(owner=201, manager=201, instructor=403, learner=403, given=somebody_new),
    f"DELETE {_INVITATIONS}{{invitation}}/": members_only(
        owner=204, manager=204, instructor=403, learner=403, given=an_invitation
    ),
    f"POST {_INVITATIONS}{{invitation}}/resend/": members_only(instructor=403, learner=403, given=an_invitation),
    "GET /api/v1/invitations/{token}/": everybody(anonymous=200, given=an_invitation),
    "POST /api/v1/invitations/{token}/": access(
        owner=409,
        manager=409,
        instructor=409,
        learner=409,
        foreign_owner=409,
        outsider=200,
        staff=409,
        anonymous=401,
        given=an_invitation,
    ),
}


def more_invitations(cast: Cast, count: int) -> None:
    """Invitations to addresses that nobody has."""
    for number in range(Invitation.objects.count(), Invitation.objects.count() + count):
        invited(cast, f"invited{number}@example.org", f"token {number}")


LISTS: dict[str, Callable[[Cast, int], None]] = {f"GET {_INVITATIONS}": more_invitations}
