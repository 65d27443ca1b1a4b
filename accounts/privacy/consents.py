"""Consent: what a person agreed to, and what they still have to be asked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.identity.models import User
from accounts.journal.record import record
from accounts.privacy.errors import NotTheCurrentTerms
from accounts.privacy.events import ConsentChanged
from accounts.privacy.models import Consent, LegalDocument


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a person stands: the terms in force, whether they must accept them, and the newest of each topic."""

    terms: LegalDocument | None
    must_accept_terms: bool
    consents: list[Consent]


def standing_of(user: User) -> Standing:
    """Where the person stands now."""
    latest = Consent.objects.newest_of(user)
    terms: LegalDocument | None = LegalDocument.objects.in_force(LegalDocument.Kind.TERMS, user.locale)
    accepted = latest.get(Consent.Topic.TERMS)
    accepted_version = accepted.document.version if accepted and accepted.document else 0
    return Standing(
        terms=terms,
        must_accept_terms=terms is not None and terms.needs_acceptance and accepted_version < terms.version,
        consents=sorted(latest.values(), key=lambda consent: consent.topic),
    )


@transaction.atomic
def accept_terms(*, user: User, version: int, source: str, now: datetime) -> Consent:
    """The person accepts the terms in force; accepting twice is once. Raises `NotTheCurrentTerms`."""
    User.objects.select_for_update().get(pk=user.pk)
    terms: LegalDocument | None = LegalDocument.objects.in_force(LegalDocument.Kind.TERMS, user.locale)
    if terms is None or terms.version != version:
        raise NotTheCurrentTerms
    return _decide(user=user, topic=Consent.Topic.TERMS, document=terms, is_given=True, source=source, now=now)


@transaction.atomic
def choose(*, user: User, topic: str, is_given: bool, source: str, now: datetime) -> Consent:
    """The person gives or withdraws a consent that is theirs to choose."""
    User.objects.select_for_update().get(pk=user.pk)
    cookies = LegalDocument.objects.in_force(LegalDocument.Kind.COOKIES, user.locale)
    return _decide(user=user, topic=topic, document=cookies, is_given=is_given, source=source, now=now)


def _decide(
    *, user: User, topic: str, document: LegalDocument | None, is_given: bool, source: str, now: datetime
) -> Consent:
    last: Consent | None = Consent.objects.newest_of(user).get(topic)
    if last is not None and (last.is_given, last.document_id) == (is_given, document.pk if document else None):
        return last
    consent: Consent = Consent.objects.create(
        user=user, topic=topic, document=document, is_given=is_given, source=source, decided_at=now
    )
    record(ConsentChanged(user_id=user.pk, topic=topic, is_given=is_given), actor=user, now=now)
    return consent
