"""Certificates in JSON."""

from typing import Any

from rest_framework import serializers

from gamification.certificates.codes import written
from gamification.certificates.document import address_of
from gamification.certificates.models import Certificate


class CertificateOut(serializers.ModelSerializer[Certificate]):
    """One of my certificates."""

    code = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField(help_text="The page that verifies it, for everybody.")
    state = serializers.ChoiceField(choices=["valid", "revoked", "withdrawn"], read_only=True)

    class Meta:
        model = Certificate
        fields = (
            "id",
            "code",
            "address",
            "state",
            "name",
            "exam",
            "academy_name",
            "score",
            "passed_date",
            "issued_at",
            "revoked_at",
        )

    def get_code(self, certificate: Certificate) -> str:
        """In groups of four."""
        return written(certificate.code)

    def get_address(self, certificate: Certificate) -> str:
        """In full."""
        return address_of(certificate)


class VerifiedOut(serializers.Serializer[Any]):
    """What everybody who has the code may know. Of a certificate whose person was erased that it is not public."""

    state = serializers.ChoiceField(choices=["valid", "revoked", "withdrawn"])
    code = serializers.CharField()
    name = serializers.CharField(allow_null=True)
    exam = serializers.CharField(allow_null=True)
    academy = serializers.CharField(allow_null=True)
    passed_date = serializers.DateField(allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)

    def to_representation(self, certificate: Certificate) -> dict[str, Any]:
        """Nothing of somebody who was erased."""
        is_public = certificate.state != "withdrawn"
        shown = {
            "name": certificate.name,
            "exam": certificate.exam,
            "academy": certificate.academy_name,
            "passed_date": certificate.passed_date,
            "revoked_at": certificate.revoked_at,
        }
        values = shown if is_public else dict.fromkeys(shown)
        return {"state": certificate.state, "code": written(certificate.code), **values}
