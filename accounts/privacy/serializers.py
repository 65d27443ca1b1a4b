"""Legal texts, consents, exports and erasures in JSON."""

from typing import Any
from urllib.parse import quote

from django.urls import reverse
from rest_framework import serializers

from accounts.identity.models import User
from accounts.privacy.consents import Standing
from accounts.privacy.exports import download_token
from accounts.privacy.models import Consent, DataExport, Erasure, LegalDocument
from config.http.serializers import Input, Query


class LegalQuery(Query):
    """Which language is wanted."""

    locale = serializers.ChoiceField(choices=User.Locale.choices, default=User.Locale.EN.value)


class LegalDocumentOut(serializers.ModelSerializer[LegalDocument]):
    """A legal text in force."""

    class Meta:
        model = LegalDocument
        fields = ("kind", "locale", "version", "title", "body_html", "published_at")


class ConsentOut(serializers.ModelSerializer[Consent]):
    """What counts now of one topic."""

    version = serializers.IntegerField(source="document.version", allow_null=True, default=None)

    class Meta:
        model = Consent
        fields = ("topic", "is_given", "version", "source", "decided_at")


class ConsentsOut(serializers.Serializer[Standing]):
    """What I agreed to, and whether I am to be asked about the terms."""

    must_accept_terms = serializers.BooleanField()
    terms_version = serializers.IntegerField(source="terms.version", allow_null=True, default=None)
    consents = ConsentOut(many=True)


class ConsentIn(Input):
    """A decision. Terms are accepted in the version that was read; whoever takes them back closes the account."""

    topic = serializers.ChoiceField(choices=Consent.Topic.choices)
    is_given = serializers.BooleanField()
    version = serializers.IntegerField(min_value=1, required=False)
    source = serializers.ChoiceField(  # type: ignore[assignment]  # a field that is called so
        choices=Consent.Source.choices, default=Consent.Source.SETTINGS.value
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Terms need their version, and can only be accepted."""
        if attrs["topic"] == Consent.Topic.TERMS:
            if "version" not in attrs:
                raise serializers.ValidationError({"version": "Say which version was read."}, code="required")
            if not attrs["is_given"]:
                raise serializers.ValidationError(
                    {"is_given": "Terms are taken back by closing the account."}, code="terms_stay"
                )
        return attrs


class DataExportOut(serializers.ModelSerializer[DataExport]):
    """A file with everything about me, or the wish for one."""

    download_url = serializers.SerializerMethodField()

    class Meta:
        model = DataExport
        fields = ("id", "state", "asked_at", "ready_at", "expires_at", "size", "download_url")

    def get_download_url(self, export: DataExport) -> str | None:
        """Where the file is; only its owner gets it there, and only until it expires."""
        if export.state != DataExport.State.READY:
            return None
        return f"{reverse('export-download', args=[export.pk])}?token={quote(download_token(export))}"


class DownloadQuery(Query):
    """What makes a link valid."""

    token = serializers.CharField(max_length=500)


class ErasureOut(serializers.ModelSerializer[Erasure]):
    """An erasure that waits for its day."""

    class Meta:
        model = Erasure
        fields = ("state", "asked_at", "due_at")


class ErasureStateOut(serializers.Serializer[Any]):
    """The erasure that waits, if there is one, and how many days of grace there are."""

    erasure = ErasureOut(allow_null=True)
    grace_days = serializers.IntegerField()
