"""The routes of profiles and privacy: who gets what, and how their lists grow."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from accounts.models import DataExport, Erasure, LegalDocument, User
from accounts.privacy.documents import publish
from accounts.privacy.exports import download_token
from accounts.privacy.models import GRACE
from tests.architecture.access import Access, Given, access, everybody
from tests.cast import Cast


def given(body: object = None, **path: object) -> Callable[[Cast], Given]:
    """What the request takes."""
    return lambda cast: Given(path=path, body=body)


def terms_in_force(cast: Cast) -> Given:
    """Published terms, to be read or accepted."""
    draft = LegalDocument(kind="terms", locale="en", title="Terms", body="Be kind.")
    draft.save()
    publish(document=draft, actor=None, now=timezone.now())
    return Given(path={"kind": "terms"}, body={"topic": "terms", "is_given": True, "version": 1})


def somebody_elses_export(cast: Cast) -> Given:
    """An export that is ready, of a person who is nobody in the table."""
    export = make_export(cast.meridian.learner.account)
    return Given(path={"export": export.pk}, body={"token": download_token(export)})


def erasures_that_wait(cast: Cast) -> Given:
    """Everybody but owners has asked to be erased, and has signed in again."""
    now = timezone.now()
    for person in cast.everybody().values():
        if isinstance(person.user, User) and not person.key.endswith("owner"):
            Erasure.objects.create(user=person.user, asked_by=person.user, asked_at=now, due_at=now + GRACE)
            User.objects.filter(pk=person.user.pk).update(erasure_due_at=now + GRACE)
    return Given()


def make_export(user: User) -> DataExport:
    """A row that says that a file is ready."""
    now = timezone.now()
    export: DataExport = DataExport.objects.create(
        user=user, state=DataExport.State.READY, due_at=now, ready_at=now, expires_at=now + timedelta(days=7)
    )
    return export


TABLE: dict[str, Access] = {
    "GET /api/v1/me/profile/": everybody(),
    "PATCH /api/v1/me/profile/": everybody(given=given({"level": "expert"})),
    "GET /api/v1/me/onboarding/": everybody(),
    "PATCH /api/v1/me/onboarding/": everybody(given=given({"step": "about", "state": "done"})),
    "GET /api/v1/legal/{kind}/": everybody(anonymous=200, given=terms_in_force),
    "GET /api/v1/me/consents/": everybody(),
    "POST /api/v1/me/consents/": everybody(given=terms_in_force),
    "GET /api/v1/me/exports/": everybody(),
    "POST /api/v1/me/exports/": everybody(201),
    "GET /api/v1/me/exports/{export}/download/": everybody(404, given=somebody_elses_export),
    "GET /api/v1/me/erasure/": everybody(),
    # The only owner of an academy stays until there is another.
    "POST /api/v1/me/erasure/": access(
        owner=409,
        manager=201,
        instructor=201,
        learner=201,
        foreign_owner=409,
        outsider=201,
        staff=201,
        anonymous=401,
        given=given(),
    ),
    "DELETE /api/v1/me/erasure/": access(
        owner=404,
        manager=204,
        instructor=204,
        learner=204,
        foreign_owner=404,
        outsider=204,
        staff=204,
        anonymous=401,
        given=erasures_that_wait,
    ),
}


def more_exports(cast: Cast, count: int) -> None:
    """Exports of Harbour's owner."""
    for _ in range(count):
        make_export(cast.harbour.owner.account)


LISTS: dict[str, Callable[[Cast, int], None]] = {"GET /api/v1/me/exports/": more_exports}
