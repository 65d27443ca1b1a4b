"""Every row belongs to an academy, or it is said here why not."""

from django.apps import apps

OWN_APPS = ("accounts", "academies", "exams", "tutoring", "gamification", "analytics")

WITHOUT_ACADEMY = {
    "academies.Academy": "is the academy",
    "accounts.User": "a person belongs to as many academies as they have memberships",
    "accounts.Delivery": "belongs to its journal entry, which has the academy's id",
    "accounts.Seal": "belongs to its journal entry; the chain runs over all academies",
    "accounts.Passkey": "belongs to a person, wherever they are a member",
    "accounts.RecoveryCode": "belongs to a person, wherever they are a member",
    "accounts.OutgoingMail": "a letter to a person or to an address that is nobody's",
    "accounts.Alert": "is for those who watch over the whole platform",
    "accounts.UserSession": "belongs to the person who signed in",
    "accounts.KnownDevice": "belongs to the person who signs in with it",
    "accounts.Impersonation": "a member of staff sees as a person, in all of their academies",
    "accounts.IdempotencyKey": "belongs to the person who sent the request",
    "accounts.Profile": "what a person tells about themselves, wherever they learn",
    "accounts.LegalDocument": "the platform's own texts, for everybody",
    "accounts.Consent": "between a person and the platform",
    "accounts.DataExport": "everything about a person, from all of their academies",
    "accounts.Erasure": "ends a person's account, in all of their academies",
    "exams.CardWatermark": "one row: how far the answers of all academies have been read",
    "analytics.Watermark": "how far the facts of all academies are counted",
    "analytics.DomainNorm": "what everybody reaches in a domain; a shared bank is answered in many academies",
    "analytics.ReadinessCalibration": "belongs to its blueprint; predictions of every academy went into it",
    "accounts.PolicyViolation": "what browsers refused on pages of the whole platform",
    "accounts.KeyProof": "proves the keys of the whole database",
}


def own_models() -> dict[str, type]:
    """The models that are tables, without those that Django makes for many-to-many relations."""
    return {
        model._meta.label: model
        for label in OWN_APPS
        for model in apps.get_app_config(label).get_models()
        if model._meta.managed
    }


def test_every_row_belongs_to_an_academy() -> None:
    without = {
        label
        for label, model in own_models().items()
        if not {"academy", "academy_id"} & {field.name for field in model._meta.get_fields()}
    }
    assert without == set(WITHOUT_ACADEMY)


def test_uniqueness_within_an_academy_starts_with_what_belongs_to_it() -> None:
    """A name or code is unique in its academy or in its parent, never on the whole platform."""
    allowed = {"academies.Academy.slug", "accounts.User.email", "accounts.UserSession.session_key"}
    for label, model in own_models().items():
        for field in model._meta.get_fields():
            is_key = getattr(field, "primary_key", False) or getattr(field, "one_to_one", False)
            if getattr(field, "unique", False) and not is_key:
                assert f"{label}.{field.name}" in allowed
