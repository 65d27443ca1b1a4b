"""What accounts hold about people."""

import secrets
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from axes.models import AccessAttempt
from django.db.models import Q
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.encryption.models import KeyProof
from accounts.factors.models import Passkey, RecoveryCode
from accounts.idempotency.models import IdempotencyKey
from accounts.identity.models import User
from accounts.impersonation.models import Impersonation
from accounts.journal.models import Delivery, JournalEntry, Seal
from accounts.mail.models import OutgoingMail
from accounts.privacy.exports import forget_export
from accounts.privacy.models import Consent, DataExport, Erasure, LegalDocument
from accounts.privacy.registry import hold, nothing_about_people
from accounts.profile.models import Profile
from accounts.security.models import Alert
from accounts.sessions.models import KnownDevice, UserSession
from accounts.violations.models import PolicyViolation

ERASED_NAME = "Erased person"
WHO_DID_IT = "Says who did it. The id stays, the name went with the person."


def _anonymise(user: User, _now: datetime) -> None:
    """Leave a person without a name, whom nobody can be or write to (RFC 2606: .invalid is never routed)."""
    person = User.objects.select_for_update().get(pk=user.pk)
    person.email = f"erased-{secrets.token_hex(12)}@erased.invalid"
    person.name = ERASED_NAME
    person.locale, person.time_zone = User.Locale.EN, "UTC"
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = person.erasure_due_at = person.factors_changed_at = None
    person.has_factor = False
    # Ends every session too: they are bound to the password.
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()


def _forget_files(user: User, _now: datetime) -> None:
    """Also those that are being made: nobody will come for them."""
    for export in DataExport.objects.filter(user=user, state__in=(*DataExport.OPEN, DataExport.State.READY)):
        forget_export(export)


hold(
    "account",
    User,
    owner="pk",
    exported=(
        "id",
        "email",
        "name",
        "locale",
        "time_zone",
        "is_staff",
        "is_active",
        "created_at",
        "last_login",
        "erasure_due_at",
        "factors_changed_at",
    ),
    step=_anonymise,
    kept={"password": "Replaced by one that never fits.", "created_at": "When a row was made says nothing alone."},
)
hold(
    "profile",
    Profile,
    owner="pk",
    exported=(
        "phone",
        "postal_address",
        "birth_date",
        "languages",
        "level",
        "goals",
        "target_exam",
        "target_date",
        "time_factor_wanted",
        "text_size",
        "reduced_motion",
        "high_contrast",
        "unwanted_mail",
        "staff_notes",
        "steps",
        "onboarded_at",
        "dismissed_at",
    ),
    is_deleted=True,
)
hold(
    "consents",
    Consent,
    owner="user",
    exported=("topic", "document__title", "document__version", "is_given", "source", "decided_at"),
    kept={"user": "Proves what was agreed to, by somebody without a name."},
)
hold(
    "exports",
    DataExport,
    owner="user",
    exported=("state", "asked_at", "ready_at", "expires_at", "size"),
    step=_forget_files,
    kept={"user": "Says that the file was handed over.", "due_at": "For the worker."},
)
hold(
    "erasures",
    Erasure,
    owner="user",
    exported=("state", "asked_at", "due_at", "closed_at"),
    kept={
        "user": "Proves that the wish was carried out.",
        "asked_by": WHO_DID_IT,
        "reason": "Staff's ground for the erasure; encrypted.",
    },
)
hold(
    "letters",
    OutgoingMail,
    rows=lambda user: OutgoingMail.objects.filter(Q(user=user) | Q(address=user.email)),
    exported=("kind", "address", "locale", "state", "created_at", "sent_at"),
    is_deleted=True,
)
hold(
    "journal",
    JournalEntry,
    rows=lambda user: JournalEntry.objects.filter(Q(actor=user) | Q(subject_id=str(user.pk))),
    exported=("occurred_at", "kind", "payload", "place", "device"),
    kept={
        "actor": WHO_DID_IT,
        "payload": "Entries hold ids, never names or addresses; a changed one would break the chain.",
        "kind": "Says what happened.",
        "subject_id": "An id.",
        "request_id": "An id.",
        "place": "A truncated address, of security events alone.",
        "device": "A browser and a system by name, of security events alone.",
        "occurred_at": "Says when.",
    },
)
hold("repeated_requests", IdempotencyKey, owner="user", is_deleted=True)
hold("addresses", EmailAddress, owner="user", exported=("email", "verified", "primary"), is_deleted=True)
hold(
    "failed_sign_ins",
    AccessAttempt,
    rows=lambda user: AccessAttempt.objects.filter(username=user.email),
    is_deleted=True,
)
hold("authenticators", TOTPDevice, owner="user", exported=("name", "confirmed"), is_deleted=True)
hold("passkeys", Passkey, owner="user", exported=("name", "created_at", "last_used_at"), is_deleted=True)
hold("recovery_codes", RecoveryCode, owner="user", exported=("created_at", "used_at"), is_deleted=True)
hold("linked_accounts", SocialAccount, owner="user", exported=("provider", "uid", "date_joined"), is_deleted=True)
hold(
    "sessions",
    UserSession,
    owner="user",
    exported=("browser", "system", "address", "signed_in_at", "last_used_at"),
    is_deleted=True,
)
hold(
    "seen_by_staff",
    Impersonation,
    owner="user",
    exported=("reason", "started_at", "ended_at", "why_ended"),
    is_deleted=True,
    kept={"staff": WHO_DID_IT},
)
hold("devices", KnownDevice, owner="user", exported=("first_seen_at", "last_seen_at"), is_deleted=True)

nothing_about_people(Seal, because="The chain over the journal: positions and digests.")
nothing_about_people(Delivery, because="A journal entry on its way to a subscriber.")
nothing_about_people(LegalDocument, because="A text that everybody reads.")
nothing_about_people(KeyProof, because="A word that everybody knows.")
nothing_about_people(PolicyViolation, because="A directive, an origin and the shape of a path: who met it is not kept.")
nothing_about_people(Alert, because="A rule and the id of a journal entry: what staff were told of.")
