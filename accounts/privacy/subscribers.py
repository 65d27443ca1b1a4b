"""What privacy does when something happens elsewhere."""

from contextlib import suppress

from accounts.identity.events import SignedUp
from accounts.identity.models import User
from accounts.journal.models import JournalEntry
from accounts.journal.subscriptions import subscribe
from accounts.privacy.consents import accept_terms
from accounts.privacy.errors import NotTheCurrentTerms
from accounts.privacy.models import Consent

_TERMS = f"{Consent.Topic.TERMS}@"


@subscribe(SignedUp, name="accounts.terms_at_sign_up")
def keep_acceptance(event: SignedUp, entry: JournalEntry) -> None:
    """Who signs up accepts the terms that the page named. Of terms that have changed meanwhile they are asked again."""
    for said in event.consents:
        version = said.removeprefix(_TERMS)
        if said.startswith(_TERMS) and version.isdecimal():
            with suppress(NotTheCurrentTerms):
                accept_terms(
                    user=User.objects.get(pk=event.user_id),
                    version=int(version),
                    source=Consent.Source.SIGN_UP,
                    now=entry.occurred_at,
                )
