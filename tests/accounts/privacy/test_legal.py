"""Legal texts never change once they are published, and people are asked about new terms."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.journal.models import JournalEntry
from accounts.journal.querysets import AppendOnly
from accounts.models import Consent, LegalDocument
from accounts.privacy.documents import publish
from accounts.privacy.errors import DocumentPublished

CONSENTS = "/api/v1/me/consents/"
TERMS = "/api/v1/legal/terms/"


def draft(**changes) -> LegalDocument:
    document = LegalDocument(**{"kind": "terms", "locale": "en", "title": "Terms", "body": "Be **kind**."} | changes)
    document.save()
    return document


def in_force(**changes) -> LegalDocument:
    return publish(document=draft(**changes), actor=None, now=timezone.now())


@pytest.mark.django_db
def test_the_texts_that_ship_are_there_in_both_languages(client):
    call_command("load_legal_texts")
    call_command("load_legal_texts")
    assert LegalDocument.objects.count() == 6
    for kind in ("privacy", "terms", "cookies"):
        for locale in ("en", "es"):
            shown = client.get(f"/api/v1/legal/{kind}/", {"locale": locale}).json()
            assert (shown["locale"], shown["version"]) == (locale, 1)
            assert "<h2>" in shown["body_html"]


@pytest.mark.django_db
def test_a_draft_is_nobodys_to_read_and_english_stands_in(client):
    in_force()
    draft(locale="es")
    assert client.get(TERMS, {"locale": "es"}).json()["locale"] == "en"
    assert client.get(TERMS, {"locale": "xx"}).status_code == 400
    assert client.get("/api/v1/legal/cookies/").status_code == 404
    assert client.get("/api/v1/legal/imprint/").status_code == 404


@pytest.mark.django_db
def test_scripts_in_a_text_are_text(client):
    in_force(body="<script>alert(1)</script> [x](javascript:alert(1))")
    html = client.get(TERMS).json()["body_html"]
    assert "<script" not in html
    assert "href" not in html


@pytest.mark.django_db
def test_a_published_version_never_changes():
    document = in_force()
    document.body = "Be unkind."
    with pytest.raises(DocumentPublished):
        document.save()
    assert draft().version == 2
    assert JournalEntry.objects.filter(kind="accounts.legal_document_published").count() == 1


def test_new_terms_are_asked_about_once(cast, api):
    client = api(cast.harbour.learner)
    in_force()
    assert client.get(CONSENTS).json()["must_accept_terms"] is False
    in_force(needs_acceptance=True)
    shown = client.get(CONSENTS).json()
    assert (shown["must_accept_terms"], shown["terms_version"]) == (True, 2)
    decision = {"topic": "terms", "is_given": True, "source": "prompt"}
    assert client.post(CONSENTS, {**decision, "version": 1}).json()["code"] == "not_the_current_terms"
    assert client.post(CONSENTS, {**decision, "version": 2}).json()["must_accept_terms"] is False
    client.post(CONSENTS, {**decision, "version": 2})
    (consent,) = Consent.objects.all()
    assert (consent.topic, consent.source, consent.document.version) == ("terms", "prompt", 2)
    assert JournalEntry.objects.filter(kind="accounts.consent_changed").count() == 1


def test_optional_cookies_are_given_and_withdrawn(cast, api):
    client = api(cast.harbour.learner)
    for is_given in (True, False):
        shown = client.post(CONSENTS, {"topic": "statistics", "is_given": is_given}).json()
        assert [(each["topic"], each["is_given"]) for each in shown["consents"]] == [("statistics", is_given)]
    assert Consent.objects.count() == 2
    with pytest.raises(AppendOnly):
        Consent.objects.first().save()


@pytest.mark.parametrize(
    "body",
    [
        {"topic": "terms", "is_given": True},
        {"topic": "terms", "is_given": False, "version": 1},
        {"topic": "soul", "is_given": True},
        {"topic": "statistics"},
        {"topic": "statistics", "is_given": True, "source": "dream"},
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(cast, api, body):
    assert api(cast.harbour.learner).post(CONSENTS, body).status_code == 400
    assert not Consent.objects.exists()
